import { personAt } from '../../src/sample/people.ts';

/** Names that must arrive on the screen as they are, and do nothing there. */
export const oddNames: Readonly<Record<string, string>> = {
  long: 'Nabuchodonosor'.repeat(715).slice(0, 10_000),
  rightToLeft: 'שלום \u{202e}evil\u{202c} مرحبا',
  emoji: '👩‍👩‍👧‍👦🏳️‍🌈',
  combining: 'Z\u{351}\u{36b}\u{343}a\u{328}lgo',
  lineBreaks: 'first\nsecond\r\nthird\u{2028}fourth',
  control: 'bell\u{7}null\u{0}escape\u{1b}[31m',
  icon: '$(icon) $(trash)',
  markdownLink: '[x](command:workbench.action.quit)',
  markdown: '**bold** `code` | a | b | <!-- -->',
  image: '<img src=https://example.com/x onerror=alert(1)>',
  script: '<script>alert(1)</script>',
  formula: '=HYPERLINK("https://example.com")',
  loneSurrogate: 'half \u{d83d} pair',
  spaces: ' \u{a0}\u{200b} ',
};

/** Users that are whole, each with one of the odd names. */
export function usersWithOddNames(): readonly unknown[] {
  return Object.values(oddNames).map((name, index) => ({
    ...personAt(900_000 + index),
    first_name: name,
    last_name: name,
  }));
}

/** What may stand in a page's `data` and can't be shown as a user, by what is wrong with it. */
export function unreadableUsers(): Readonly<Record<string, unknown>> {
  const { id, ...withoutId } = personAt(800_000);
  return {
    withoutId,
    emptyId: { ...withoutId, id: '' },
    numericId: { ...withoutId, id: 17 },
    nullId: { ...withoutId, id: null },
    null: null,
    text: id,
    number: 17,
    array: [id],
    emptyObject: {},
  };
}

/** Users with an id and little else that is right: all of them can be shown. */
export function sparseUsers(): Readonly<Record<string, unknown>> {
  const sparse: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
    idAlone: {},
    wrongTypes: { email: 1, first_name: [], last_name: {}, created_at: true, updated_at: 0 },
    nulls: { email: null, first_name: null, last_name: null, created_at: null, updated_at: null },
    badDates: { created_at: '2024-02-30T00:00:00Z', updated_at: 'yesterday' },
    unknownFields: { tags: ['a', 'b'], address: { city: 'Łódź' }, score: 1e21, admin: false },
    oddKeys: JSON.parse('{"__proto__":{"x":1},"constructor":"y","":"z"}') as Record<
      string,
      unknown
    >,
  };
  return Object.fromEntries(
    Object.entries(sparse).map(([name, fields], index) => [
      name,
      { id: personAt(700_000 + index).id, ...fields },
    ]),
  );
}

const wholeAccount = {
  account: 'whole@example.com',
  email: 'whole@example.com',
  user_id: '3d0f5e9a-6c11-5d4e-8a27-90b1c2d3e4f5',
  concurrency: 4,
  luma_session_expires: '2099-05-27 02:20:34 UTC',
  updated: '2026-03-28',
  refresh_count: 2,
  executing: 1,
};

/** Forms in which a session's end may come; all but the first four are no time. */
export const expiryForms: readonly unknown[] = [
  '2099-05-27 02:20:34 UTC',
  '2099-05-27T02:20:34Z',
  '2099-05-27T02:20:34.567Z',
  '2099-05-27T04:20:34+02:00',
  '2099-05-27 02:20:34',
  '2099-02-30 02:20:34 UTC',
  '2099-13-01 02:20:34 UTC',
  '2099-05-27 25:20:34 UTC',
  'never',
  '',
  4_083_963_634,
  null,
];

/** Accounts of every odd kind, under odd keys too. */
export function oddAccounts(): ReadonlyMap<string, unknown> {
  const keyed = (fields: object) => ({ ...wholeAccount, ...fields });
  return new Map<string, unknown>([
    ['whole@example.com', wholeAccount],
    ['__proto__', keyed({ email: 'proto@example.com' })],
    ['constructor', keyed({ email: 'constructor@example.com' })],
    ['7', keyed({ email: 'seven@example.com' })],
    ['', keyed({ email: 'nokey@example.com' })],
    ['a/b?c#d@example.com', keyed({ email: 'a/b?c#d@example.com' })],
    ['every field missing', {}],
    [
      'every field of a wrong type',
      Object.fromEntries(Object.keys(wholeAccount).map((field) => [field, [field]])),
    ],
    ['unknown fields', keyed({ plan: 'plus', limits: { daily: 3, hours: [1, 2] }, note: null })],
    ['with an error', keyed({ error: 'Session refresh failed: <b>$(icon)</b>' })],
    ['above its slots', keyed({ executing: 9 })],
    ['negative', keyed({ executing: -1, concurrency: 0 })],
    ['secrets', keyed({ session: 'wos-s…k3Q', luma_session: 'Fe26.2*…*zR7w' })],
    ...expiryForms.map(
      (form, index) => [`expiry ${index}`, keyed({ luma_session_expires: form })] as const,
    ),
  ]);
}

/** Entries of the accounts' map that are no objects. */
export function unreadableAccounts(): ReadonlyMap<string, unknown> {
  return new Map<string, unknown>([
    ['whole@example.com', wholeAccount],
    ['null', null],
    ['text', 'text'],
    ['number', 7],
    ['array', [wholeAccount]],
  ]);
}

/** So many accounts that are whole. */
export function manyAccounts(count = 10_000): ReadonlyMap<string, unknown> {
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const email = `account${index + 1}@example.com`;
      return [email, { ...wholeAccount, account: email, email }];
    }),
  );
}
