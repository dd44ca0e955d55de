import { type SampleAnswer, decodePathPart, jsonAnswer } from './answer.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** Accounts by key, in the order in which the service lists them. */
export type Accounts = ReadonlyMap<string, unknown>;

/** What Luma says to a wrong token. */
export const lumaUnauthorized: SampleAnswer = jsonAnswer(401, { error: 'Unauthorized' });

/** One account that is idle, one whose slots are all used, one whose session ended three days ago. */
export function sampleAccounts(now: number): Accounts {
  const summaries = [
    {
      ...summary('studio@example.com', '7f1c9a52-0d7e-5b1f-8c34-5a9be2d10c61', now + 41 * day),
      updated: date(now - 12 * day),
      refresh_last: utc(now - 2 * day - 37 * minute),
      refresh_count: 6,
      executing: 0,
      plan: { name: 'unlimited', seats: 1 },
    },
    {
      ...summary(
        'render.queue@example.org',
        'c2b80e3d-93a4-5e66-b0f1-4d27c8a5f913',
        now + 12 * day,
      ),
      updated: date(now - 48 * day),
      refresh_last: utc(now - 95 * minute),
      refresh_count: 31,
      executing: 4,
    },
    {
      ...summary('archive@example.net', '18d4f6b7-2e0c-5a93-9d75-e63b0f81a2c4', now - 3 * day),
      updated: date(now - 73 * day),
      refresh_count: 0,
      executing: 0,
    },
  ];
  return new Map(summaries.map((account) => [account.email, account]));
}

/**
 * Luma's answer to a GET on a path below its address, such as `/accounts`.
 *
 * @param now the time in ms against which sessions are judged.
 */
export function lumaAnswer(accounts: Accounts, path: string, now: number): SampleAnswer {
  if (path === '/accounts') {
    return accounts.size === 0 ? { status: 404, body: '' } : listOf(accounts);
  }
  const part = /^\/accounts\/([^/]+)$/.exec(path)?.[1];
  if (part === undefined) {
    return jsonAnswer(404, { error: 'Not Found' });
  }
  const key = decodePathPart(part);
  if (key === undefined) {
    return jsonAnswer(400, { error: 'Malformed account' });
  }
  const account = accounts.get(key);
  return account === undefined
    ? { status: 404, body: '' }
    : jsonAnswer(200, withLiveDetails(account, now));
}

/** Written key by key: an object would lose the order of numeric keys. */
function listOf(accounts: Accounts): SampleAnswer {
  const members = [...accounts].map(
    ([key, account]) => `${JSON.stringify(key)}:${JSON.stringify(account)}`,
  );
  return { status: 200, body: `{${members.join(',')}}` };
}

function withLiveDetails(account: unknown, now: number): unknown {
  if (typeof account !== 'object' || account === null) {
    return account;
  }
  const expires = 'luma_session_expires' in account ? account.luma_session_expires : undefined;
  const sessionValid = typeof expires === 'string' && expires > utc(now);
  return {
    ...account,
    sessionValid,
    credits: sessionValid ? { usage: 1840, limit: 3200 } : null,
    session: 'wos-s…k3Q',
    luma_session: 'Fe26.2*…redacted…*zR7w',
  };
}

function summary(email: string, userId: string, expires: number) {
  return {
    account: email,
    email,
    user_id: userId,
    concurrency: 4,
    luma_session_expires: utc(expires),
  };
}

/** A time as the service writes it, such as `2026-05-27 02:20:34 UTC`. */
function utc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

function date(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
