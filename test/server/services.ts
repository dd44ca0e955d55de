import type { SampleAnswer } from '../../src/sample/answer.ts';
import { type Accounts, lumaAnswer, lumaUnauthorized } from '../../src/sample/luma.ts';
import { luminaryAnswer, luminaryUnauthorized } from '../../src/sample/luminary.ts';
import type { Answer, RequestRecord } from './exchange.ts';
import type { Tokens } from './tokens.ts';
import type { UserList } from './userList.ts';

/** Where on the server everything is. */
export const paths = {
  luma: '/v1/luma',
  accounts: '/v1/luma/accounts',
  luminary: '/api/public/v1',
  users: '/api/public/v1/users',
  token: '/oauth2/token',
  login: '/login',
} as const;

/** What the services know when they answer. */
export interface ServiceState {
  readonly users: UserList;
  readonly accounts: Accounts;
  readonly tokens: Tokens;
  /** Each list's pages by its version and the request, where they are kept. */
  readonly keptPages: WeakMap<UserList, Map<string, Answer>> | undefined;
}

/** The right answer to a request, whichever of the services it is meant for. */
export function answerTo(request: RequestRecord, state: ServiceState): Answer {
  const { path, method, headers } = request;
  if (path === paths.token) {
    return method === 'POST'
      ? state.tokens.answer(headers, request.body)
      : html(405, 'Method Not Allowed');
  }
  if (method !== 'GET') {
    return html(405, 'Method Not Allowed');
  }
  if (path.startsWith(`${paths.luma}/`)) {
    return withHeaders(
      state.tokens.opensLuma(headers)
        ? lumaAnswer(state.accounts, path.slice(paths.luma.length), Date.now())
        : lumaUnauthorized,
    );
  }
  if (path === paths.users || path.startsWith(`${paths.users}/`)) {
    return state.tokens.opensLuminary(headers)
      ? luminaryPage(request, state)
      : withHeaders(luminaryUnauthorized);
  }
  // Elsewhere on its host, Luminary sends whoever is not signed in to a page for people.
  return path === paths.login
    ? html(200, 'Sign in')
    : { status: 302, headers: { location: paths.login }, body: '' };
}

function luminaryPage(request: RequestRecord, { users, keptPages }: ServiceState): Answer {
  const path = request.path.slice(paths.luminary.length);
  const kept = keptPages?.get(users);
  const key = `${users.version} ${request.url}`;
  let answer = kept?.get(key);
  if (answer === undefined) {
    answer = withHeaders(luminaryAnswer(users, path, request.query));
    if (keptPages !== undefined) {
      answer = { ...answer, body: Buffer.from(answer.body) };
      keptPages.set(users, (kept ?? new Map<string, Answer>()).set(key, answer));
    }
  }
  return answer;
}

function withHeaders({ status, body }: SampleAnswer): Answer {
  return {
    status,
    headers: body === '' ? {} : { 'content-type': 'application/json; charset=utf-8' },
    body,
  };
}

/** A page for people. */
export function html(status: number, title: string): Answer {
  return {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
    body: `<!doctype html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
  };
}
