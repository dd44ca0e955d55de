/**
 * Marks that only colour a letter (accents, Arabic and Hebrew vowel points), and characters without
 * a shape (joiners, marks of direction). Vowel signs, as Devanagari has them, are letters.
 */
const ignored =
  /[[\p{M}&&[\p{Diacritic}\p{Script=Inherited}\p{Script=Arabic}\p{Script=Hebrew}]]\p{Default_Ignorable_Code_Point}]/gv;

/** Letters that Unicode doesn't decompose and signs with a twin, each before its plain form. */
const plainForms = new Map(
  (
    'ßss æae œoe þth øo łl đd ðd ħh ŧt ıi ŋn əe ɛe ɔo ɵo ɨi ɩi ʉu ʊu ʋv ɓb ƀb ɖd ɗd ɣg ǥg ƙk ƚl ' +
    "ƒf ƴy ɏy ƶz ɍr ȼc ɇe ɉj ⱥa ⱦt ςσ ’' ‘' ʼ' ʻ' ʿ' ʾ' ‐- –- —- −-"
  )
    .split(' ')
    .map((pair) => [pair.charAt(0), pair.slice(1)]),
);

const withPlainForm = new RegExp(`[${[...plainForms.keys()].join('')}]`, 'gu');
const plain = /^[ -~]*$/;
const blank = /[\s\p{Cc}]/gu;

/**
 * Text as it is compared in a search: without accents and case, compatible characters as one (full
 * width, ligatures), letters such as ł and ß in plain ones, each blank and control character a
 * space. What is folded stays as it is when it is folded again.
 */
export function fold(text: string): string {
  if (plain.test(text)) return text.toLowerCase();
  return text
    .toWellFormed()
    .replaceAll('´', "'")
    .normalize('NFKD')
    .replace(ignored, '')
    .toLowerCase()
    .replace(withPlainForm, (letter) => plainForms.get(letter) ?? letter)
    .normalize('NFKD')
    .replace(blank, ' ');
}
