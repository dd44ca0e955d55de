/** Given and family names that are common together, each list in one string. */
const cultures: readonly (readonly [given: string, family: string])[] = [
  [
    'Ava Caleb Grace Henry Imogen Jane Miles Nora Oscar Ruth',
    'Archer Bell Carter Doe Fletcher Hughes Marsh Quill Sutton Whitlock',
  ],
  ['Łukasz Małgorzata Zbigniew Agnieszka Paweł Żaneta', 'Wójcik Kowalczyk Sokół Pająk Gołąb'],
  ['Jürgen Käthe Lars Mareike Sören Uwe', 'Straße Müller Groß Schäfer Weiß Jäger'],
  ['Amélie Benoît Chloé Étienne François Zoé', 'Lefèvre Garçon Moreau Béranger Dubois'],
  ['Álvaro Begoña Íñigo Lucía Núria Sebastián', 'Muñoz Ibáñez Peña Serrano Güell'],
  ['Åse Bjørn Freja Håkon Søren Þóra', 'Ødegård Lindqvist Æbeltoft Sjöberg Jónsdóttir'],
  ['Aylin Çağla Emre İpek Oğuz Şule', 'Yıldız Öztürk Çelik Gündoğdu Şahin'],
  ['Adaeze Chinedu Folasade Ngozi Tunde', 'Okonkwo Adébáyò Eze Balogun Nwosu'],
  ['Aarav Divya Ishaan Kavya Meera Rohan', 'Iyer Banerjee Chaudhary Kulkarni Patel'],
  ['Hana Haruto Mei Ren Yuki', 'Tanaka Satō Ōkubo Kobayashi Fujimoto'],
  ['Linh Đức Hương Minh Tuấn', 'Nguyễn Trần Phạm Đặng Võ'],
  ['Amina Farid Karim Layla Yusuf Zaynab', 'Haddad Mansour Nasser Rahmani Said'],
  ['Алёна Дмитрий Ольга Тарас', 'Коваленко Бондар Шевчук Мельник'],
  ['明美 大輔 伟 秀英', '田中 佐藤 王 李'],
];

/** Names that break what a program likes to believe about names. */
const unusual: readonly (readonly [given: string, family: string])[] = [
  ['', ''],
  ['Cher-Ami', ''],
  ['', 'Björnsson'],
  ['Siobhán', 'O’Dálaigh-Ní Bhriain'],
  ['María de los Ángeles', 'de la Cruz y Vázquez'],
  ['X', 'Æ'],
  ['Jennifer', 'Null'],
  ['Keola', 'Keihanaikukauakahihuliheekahaunaele'],
  ['ليلى', 'حدّاد'],
  ['Ng', 'Ng'],
  ['Robin 🦊', 'van der Berg'],
  ['Zoë  Marie', 'St. John'],
];

const unusualEvery = 41;

let lists: readonly (readonly [given: readonly string[], family: readonly string[]])[] | undefined;

/** An invented person's given and family name; both may be empty. The seed decides. */
export function nameFor(index: number, seed: number): readonly [given: string, family: string] {
  if (index % unusualEvery === 3) {
    return pick(unusual, Math.floor(index / unusualEvery));
  }
  lists ??= cultures.map(([given, family]) => [given.split(' '), family.split(' ')]);
  const [given, family] = pick(lists, seed);
  return [pick(given, seed >>> 5), pick(family, seed >>> 11)];
}

/** The element at a position that starts again at the end of the list. */
function pick<T>(list: readonly T[], position: number): T {
  return list[position % list.length] as T;
}
