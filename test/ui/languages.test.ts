import assert from 'node:assert/strict';
import { Walkthrough } from '../hosts/walkthrough.ts';
import { useWorkbench } from './fixture.ts';
import { walkthroughListed } from './walkthroughListed.ts';

interface Words {
  language: string;
  name: string;
  sample: string;
  welcome: RegExp;
  tour: string;
  steps: string[];
  luma: string;
  accounts: string;
  idle: RegExp;
  busy: RegExp;
  expired: RegExp;
  spoken: RegExp;
  fields: [string, RegExp][];
  tenant: string;
  users: string;
  page: string;
  spokenPage: RegExp;
  menu: string[];
  commands: string[];
  copyId: string;
  copied: string;
  lookUp: string;
  selectFirst: string;
  connect: string;
  token: string;
  noToken: string;
  find: string;
  loaded: string;
}

const german: Words = {
  language: 'de',
  name: 'German',
  sample: 'Beispieldaten erkunden',
  welcome: /^Hier sehen Sie Ihre Luma-Konten/,
  tour: 'Erste Schritte',
  steps: [
    'Eine Verbindung herstellen',
    'Konten und Benutzer durchsehen',
    'Jeden Benutzer finden',
    'IDs in den Code bringen',
    'Wissen, welches Konto frei ist',
  ],
  luma: 'Luma: Beispieldaten',
  accounts: '1 auffällig · 4 Slots frei · 3 Konten',
  idle: /^frei · 0\/4 · Sitzung endet in \d+ (Tagen|Monat)/,
  busy: /^ausgelastet · 4\/4/,
  expired: /^abgelaufen vor 3 Tagen/,
  spoken:
    /^Luma-Konto archive@example\.net hat keine gültige Sitzung: Sie ist vor 3 Tagen abgelaufen\./,
  fields: [
    ['Guthaben', /von .* verbraucht \(\d+\s?%\)/],
    ['Sitzung gültig', /^ja$/],
  ],
  tenant: 'Luminary: Beispieldaten',
  users: '2.500 Benutzer',
  page: 'Benutzer 1–100',
  spokenPage: /^Benutzer 1–100 ist Seite 1 von 25\.$/,
  menu: ['Aktualisieren', 'ID kopieren', 'Kopieren als…', 'ID am Cursor einfügen', 'Anheften'],
  commands: ['Benutzer suchen…', 'Gehe zu Benutzer per ID…', 'Netzwerkdiagnose anzeigen'],
  copyId: 'ID kopieren',
  copied: 'ID kopiert',
  lookUp: 'Auswahl nachschlagen',
  selectFirst: 'Markieren Sie zuerst die ID oder die E-Mail eines Benutzers oder eines Kontos.',
  connect: 'Luma verbinden…',
  token: 'Luma-API-Token aus Ihrem Konto bei useapi.net',
  noToken: 'Geben Sie das Token ein.',
  find: 'Benutzer suchen…',
  loaded: '100 von 2.500 Benutzern geladen',
};

const japanese: Words = {
  language: 'ja',
  name: 'Japanese',
  sample: 'サンプル データを見る',
  welcome: /^ここに Luma アカウントと Luminary テナントのユーザーが表示されます。/,
  tour: '使い方の紹介',
  steps: [
    '接続する',
    'アカウントとユーザーを見る',
    'ユーザーを見つける',
    'ID をコードに取り込む',
    '空いているアカウントを知る',
  ],
  luma: 'Luma: サンプル データ',
  accounts: '1 個は要注意 · 空きスロット 4 個 · 3 個のアカウント',
  idle: /^待機中 · 0\/4 · セッションは \d+ (日|か月)後に終了/,
  busy: /^空きなし · 4\/4/,
  expired: /^期限切れ \(3 日前\)/,
  spoken: /^Luma アカウント archive@example\.net に有効なセッションがありません。3 日前に期限切れ/,
  fields: [
    ['クレジット', /のうち .* を使用済み \(\d+%\)/],
    ['セッション有効', /^はい$/],
  ],
  tenant: 'Luminary: サンプル データ',
  users: '2,500 人のユーザー',
  page: 'ユーザー 1–100',
  spokenPage: /^ユーザー 1–100 は 25 ページ中 1 ページ目です。$/,
  menu: [
    '最新の情報に更新',
    'ID のコピー',
    '形式を指定してコピー…',
    'カーソル位置に ID を挿入',
    'ピン留め',
  ],
  commands: ['ユーザーの検索…', 'ID でユーザーに移動…', 'ネットワーク診断の表示'],
  copyId: 'ID のコピー',
  copied: 'ID をコピーしました',
  lookUp: '選択範囲を照会',
  selectFirst: '先に、ユーザーまたはアカウントの ID かメールを選択してください。',
  connect: 'Luma に接続…',
  token: 'Luma API トークン (useapi.net のアカウントから入手)',
  noToken: 'トークンを入力してください。',
  find: 'ユーザーの検索…',
  loaded: '100/2,500 人のユーザーを読み込み済み',
};

for (const words of [german, japanese]) {
  describe(`In ${words.name}`, function () {
    this.timeout(60_000);
    const person = useWorkbench({ language: words.language });

    it('welcomes whoever has no connection', async () => {
      const { explorer, workbench } = person();
      await explorer.open();
      assert.match(await explorer.welcome(), words.welcome);
      await workbench.picture(`${words.language} welcome`);
    });

    it('leads through itself', async () => {
      const { explorer, page, workbench } = person();
      await page.setViewportSize({ width: 1700, height: 900 });
      await explorer.open();
      await walkthroughListed(person());
      await explorer.press(words.tour);
      const walkthrough = new Walkthrough(page);
      const titles = (await walkthrough.steps()).map(({ title }) => title);
      assert.deepEqual(titles, words.steps);
      for (const [index, id] of ['connect', 'browse', 'find', 'code', 'watch'].entries()) {
        await walkthrough.open(titles[index] ?? '');
        await walkthrough.picture(id).waitFor();
        await workbench.picture(`${words.language} walkthrough ${id}`);
      }
      await person().run('View: Close All Editors');
      await page.setViewportSize({ width: 1280, height: 800 });
      await explorer.press(words.sample);
    });

    it('says how accounts are, and when, as the language does', async () => {
      const { explorer } = person();
      await explorer.row(
        ({ label, description }) => label === words.luma && description === words.accounts,
      );
      assert.match((await explorer.row('studio@example.com')).description, words.idle);
      assert.match((await explorer.row('render.queue@example.org')).description, words.busy);
      const expired = await explorer.row('archive@example.net');
      assert.match(expired.description, words.expired);
      assert.match(expired.ariaLabel, words.spoken);
    });

    it('names fields and values', async () => {
      const { explorer, workbench } = person();
      await explorer.expand('studio@example.com');
      for (const [label, value] of words.fields) {
        assert.match((await explorer.row(label)).description, value);
      }
      await workbench.picture(`${words.language} account`);
      await explorer.collapse('studio@example.com');
    });

    it('counts users', async () => {
      const { explorer, workbench } = person();
      await explorer.expand(words.tenant);
      assert.match((await explorer.row(words.page)).ariaLabel, words.spokenPage);
      await explorer.row(
        ({ label, description }) => label === words.tenant && description === words.users,
      );
      await workbench.picture(`${words.language} users`);
    });

    it('names the commands in menus and in the palette', async () => {
      const { explorer, quickInput } = person();
      const menu = await explorer.menuOf('studio@example.com');
      assert.deepEqual(
        words.menu.filter((item) => !menu.includes(item)),
        [],
      );
      for (const command of words.commands) {
        const found = await quickInput.commands(command);
        assert.ok(found.includes(`Luma & Luminary: ${command}`), found.join('\n'));
      }
    });

    it('says what it has done, and what it can’t do', async () => {
      const { explorer, messages, workbench } = person();
      await person().saying(words.copied, () =>
        explorer.chooseFromMenu('studio@example.com', words.copyId),
      );
      await person().run(words.lookUp);
      assert.equal(await messages.notification(words.selectFirst), words.selectFirst);
      await workbench.picture(`${words.language} message`);
    });

    it('asks for a token', async () => {
      const { quickInput, workbench } = person();
      await person().run(words.connect);
      await quickInput.question(words.token);
      await quickInput.accept();
      await quickInput.question(words.noToken);
      await workbench.picture(`${words.language} token`);
      await quickInput.cancel();
    });

    it('finds a user', async () => {
      const { quickInput, workbench } = person();
      await person().run(words.find);
      await quickInput.question(words.loaded);
      await workbench.picture(`${words.language} find`);
      await quickInput.cancel();
    });
  });
}
