import type { ServerOptions } from '../test/server/server.ts';
import type { SampleUser } from '../src/sample/people.ts';
import { personAt } from '../src/sample/people.ts';

const day = 24 * 3600_000;

/** What the services hold while pictures are taken. All of it is invented. */
export function picturedData(): Pick<ServerOptions, 'accounts' | 'users'> {
  const accounts = [
    account('studio@example.com', { executing: 2, days: 41 }),
    account('render.queue@example.org', { executing: 4, days: 12 }),
    account('trailer@example.com', { executing: 1, days: 3 }),
    account('posters@example.net', { executing: 0, days: 27, error: 'Out of credits' }),
    account('archive@example.net', { executing: 0, days: -3 }),
  ];
  return { accounts: new Map(accounts.map((one) => [one.email, one])), users: picturedUsers };
}

interface AccountState {
  executing: number;
  /** Until its session ends. */
  days: number;
  error?: string;
}

/** Half a day more than the whole days, so that the words are the same whenever they are read. */
function account(email: string, { executing, days, error }: AccountState) {
  const expires = new Date(Date.now() + (days + Math.sign(days) / 2) * day).toISOString();
  return {
    account: email,
    email,
    concurrency: 4,
    executing,
    luma_session_expires: `${expires.slice(0, 19).replace('T', ' ')} UTC`,
    ...(error !== undefined && { error }),
  };
}

/** Users whose whole names have letters that every machine's fonts can draw. */
const picturedUsers = Array.from({ length: 20_000 }, (_, index) => personAt(index))
  .filter(({ first_name, last_name }) => [first_name, last_name].every(isLatin))
  .slice(0, 12_480);

function isLatin(name: string): boolean {
  return /^\p{Script=Latin}+$/u.test(name);
}

/** The IDs of those of the first users who are called so. */
function idOf(name: string): string {
  const isMeant = (user: SampleUser) => `${user.first_name} ${user.last_name}` === name;
  const user = picturedUsers.slice(0, 100).find(isMeant);
  if (user === undefined) throw new Error(`None of the first users is called ${name}.`);
  return user.id;
}

/** An ID that the picture of a hover shows. */
export const hovered = idOf('Oscar Fletcher');

/** The files that stand in the editor, by their names. */
export const picturedFiles = {
  'beta.py': `"""Opens the beta to its first testers."""

from accounts import grant

TESTERS = [
    "${idOf('Chloé Moreau')}",
    "${idOf('Meera Banerjee')}",
    "${idOf('Tunde Eze')}",
    "${idOf('Hana Kobayashi')}",
]

for tester in TESTERS:
    grant(tester, "beta")
`,
  'credits.sql': `-- Credits for those who reported the outage.
INSERT INTO credits (user_id, amount) VALUES
  ('${hovered}', 20),
  ('${idOf('Layla Nasser')}', 20),
  ('${idOf('Håkon Sjöberg')}', 35),
  ('${idOf('Imogen Quill')}', 20),
  ('${idOf('Ruth Marsh')}', 50),
  ('${idOf('Yuki Fujimoto')}', 20);
`,
  'features.yaml': `# Who sees the new editor first.
new-editor:
  enabled: true
  users:
    - ${idOf('Amina Rahmani')}
    - ${idOf('Lucía Muñoz')}
    - 
`,
};
