import { changeJson } from '../test/server/faults.ts';
import { paths } from '../test/server/services.ts';
import type { TestServer } from '../test/server/server.ts';
import { startServer } from '../test/server/server.ts';
import type { SampleUser } from '../src/sample/people.ts';
import { personAt } from '../src/sample/people.ts';

const day = 24 * 3600_000;

interface Account {
  email: string;
  executing: number;
  /** Until its session ends. */
  days: number;
  /** How many of its credits. */
  used?: number;
  error?: string;
}

const accounts: readonly Account[] = [
  { email: 'studio@example.com', executing: 2, days: 41, used: 1840 },
  { email: 'render@example.org', executing: 4, days: 12, used: 2710 },
  { email: 'trailer@example.com', executing: 1, days: 3, used: 655 },
  { email: 'posters@example.net', executing: 0, days: 27, used: 3200, error: 'Out of credits' },
  { email: 'archive@example.net', executing: 0, days: -3 },
];

/** Starts both services with what the pictures show. All of it is invented. */
export async function startPictured(): Promise<TestServer> {
  const server = await startServer({
    accounts: new Map(accounts.map((one) => [one.email, received(one)])),
    users: picturedUsers,
  });
  for (const { email, used } of accounts) {
    if (used === undefined) continue;
    server.fault({
      path: `${paths.accounts}/${encodeURIComponent(email)}`,
      fault: changeJson((json) => ({ ...(json as object), credits: { usage: used, limit: 3200 } })),
    });
  }
  return server;
}

/** Half a day more than the whole days, so that the words are the same whenever they are read. */
function received({ email, executing, days, error }: Account) {
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
