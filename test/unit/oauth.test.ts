import assert from 'node:assert/strict';
import { isServiceError } from '../../src/http/errors.ts';
import { ClientCredentialsTokens, FixedToken } from '../../src/http/oauth.ts';
import type { HttpResponse, Transport } from '../../src/http/transport.ts';
import { FakeTransport, Gate, because, isOpen, response } from './fakes.ts';

const credentials = {
  tokenUrl: 'https://auth.withluminary.com/oauth2/token',
  clientId: 'acme-client',
  clientSecret: 'p&ss +wörd/=',
};

let clock: number;

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(() => {
    clock = 1_000_000;
  });
}

function tokensOver(transport: Transport): ClientCredentialsTokens {
  return new ClientCredentialsTokens(transport, credentials, () => clock);
}

const grant = (token: string, fields: object = { expires_in: 3600 }) =>
  response(200, { access_token: token, token_type: 'Bearer', ...fields });

/** Grants `token 1`, `token 2` and so on. */
function granting(fields?: object): FakeTransport {
  return new FakeTransport((_, number) => grant(`token-${number}`, fields));
}

describe('FixedToken', () => {
  useFresh();
  it('is the token that was pasted', async () => {
    assert.equal(await new FixedToken(' Bearer abc ').token(), 'abc');
    await assert.rejects(new FixedToken('a\nb').token(), because('invalidCredential'));
  });

  it('can not be replaced by asking again, unless it has replaced the one that was refused', () => {
    const token = new FixedToken(' Bearer abc ');
    assert.equal(token.refused('abc'), false);
    assert.equal(token.refused('old'), true);
  });

  it('is a secret', () => {
    assert.ok(new FixedToken(' abc').secrets.includes('abc'));
  });
});

describe('ClientCredentialsTokens', () => {
  useFresh();
  it('signs in with a form when a token is first needed', async () => {
    const transport = granting();
    const tokens = tokensOver(transport);
    assert.equal(transport.requests.length, 0);
    assert.equal(await tokens.token(), 'token-1');
    const [request] = transport.requests;
    assert.ok(request !== undefined);
    assert.equal(request.method, 'POST');
    assert.equal(request.url, credentials.tokenUrl);
    assert.equal(request.template, '/oauth2/token');
    assert.deepEqual(request.headers, {
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'application/json',
    });
    assert.deepEqual(Object.fromEntries(new URLSearchParams(request.body)), {
      grant_type: 'client_credentials',
      client_id: credentials.clientId,
      client_secret: credentials.clientSecret,
    });
  });

  it('signs in once for all who ask, and keeps the token', async () => {
    const transport = granting();
    const tokens = tokensOver(transport);
    const asked = await Promise.all(Array.from({ length: 50 }, () => tokens.token()));
    assert.deepEqual(new Set(asked), new Set(['token-1']));
    assert.equal(await tokens.token(), 'token-1');
    assert.equal(transport.requests.length, 1);
  });

  it('signs in again a minute before the token ends', async () => {
    const transport = granting({ expires_in: 3600 });
    const tokens = tokensOver(transport);
    await tokens.token();
    clock += 3540_000 - 1;
    assert.equal(await tokens.token(), 'token-1');
    clock += 1;
    assert.equal(await tokens.token(), 'token-2');
  });

  it('counts the life of a token from when it was asked for', async () => {
    const gate = new Gate<HttpResponse>();
    const transport = new FakeTransport(() => gate.wait());
    const tokens = tokensOver(transport);
    const asked = tokens.token();
    clock += 30_000;
    await gate.open(grant('a'));
    assert.equal(await asked, 'a');
    clock += 3540_000 - 30_000;
    const again = tokens.token();
    await gate.open(grant('b'));
    assert.equal(await again, 'b');
  });

  it('keeps nine tenths of a short life', async () => {
    const tokens = tokensOver(granting({ expires_in: 10 }));
    await tokens.token();
    clock += 8999;
    assert.equal(await tokens.token(), 'token-1');
    clock += 1;
    assert.equal(await tokens.token(), 'token-2');
  });

  it('takes an hour where the answer names no sensible time', async () => {
    for (const expires_in of [undefined, null, 0, -1, 'soon', {}, '']) {
      clock = 0;
      const tokens = tokensOver(granting({ expires_in }));
      await tokens.token();
      clock = 3540_000 - 1;
      assert.equal(await tokens.token(), 'token-1', JSON.stringify(expires_in));
      clock = 3540_000;
      assert.equal(await tokens.token(), 'token-2', JSON.stringify(expires_in));
    }
    clock = 0;
    const tokens = tokensOver(granting({ expires_in: '100' }));
    await tokens.token();
    clock = 90_000;
    assert.equal(await tokens.token(), 'token-2', 'a number as text is a number');
  });

  it('signs in again after the token was refused, once for all who used it', async () => {
    const transport = granting();
    const tokens = tokensOver(transport);
    await tokens.token();
    for (let i = 0; i < 3; i++) assert.equal(tokens.refused('token-1'), true);
    assert.deepEqual(await Promise.all([tokens.token(), tokens.token()]), ['token-2', 'token-2']);
    assert.equal(tokens.refused('token-1'), true, 'an old one was refused: the new one stays');
    assert.equal(await tokens.token(), 'token-2');
    assert.equal(transport.requests.length, 2);
  });

  it('does not remember a failed sign-in', async () => {
    const transport = new FakeTransport([
      response(503),
      new Error('broken'),
      response(401, { error: 'invalid_client' }),
      grant('good'),
    ]);
    const tokens = tokensOver(transport);
    await assert.rejects(tokens.token(), because('serverError'));
    await assert.rejects(tokens.token(), { message: 'broken' });
    await assert.rejects(tokens.token(), because('clientRefused'));
    assert.equal(await tokens.token(), 'good');
  });

  it('tells all who ask together that a sign-in failed', async () => {
    const transport = new FakeTransport([response(503), grant('good')]);
    const tokens = tokensOver(transport);
    const asked = await Promise.allSettled([tokens.token(), tokens.token()]);
    assert.ok(asked.every(({ status }) => status === 'rejected'));
    assert.equal(transport.requests.length, 1);
    assert.equal(await tokens.token(), 'good');
  });

  it('says that the client ID or secret was refused, in the words of the service', async () => {
    for (const status of [400, 401]) {
      const refusal = { error: 'invalid_client', error_description: 'Unknown client' };
      const tokens = tokensOver(new FakeTransport([response(status, refusal)]));
      await assert.rejects(
        tokens.token(),
        because('clientRefused', { status, detail: 'Unknown client' }),
      );
    }
    const bare = tokensOver(new FakeTransport([response(400)]));
    await assert.rejects(bare.token(), because('clientRefused', { status: 400 }));
  });

  it('keeps other reasons apart', async () => {
    for (const [status, reason] of [
      [403, 'forbidden'],
      [404, 'notFound'],
      [429, 'rateLimited'],
      [302, 'redirected'],
      [500, 'serverError'],
    ] as const) {
      const tokens = tokensOver(new FakeTransport([response(status)]));
      await assert.rejects(tokens.token(), because(reason, { status }));
    }
  });

  it('believes no other answer', async () => {
    for (const body of [null, [], 'text', {}, { access_token: '' }, { access_token: 7 }]) {
      const tokens = tokensOver(new FakeTransport([response(200, body)]));
      await assert.rejects(tokens.token(), because('unexpectedAnswer'), JSON.stringify(body));
    }
    const html = response(200, '<p>Sign in</p>', { 'content-type': 'text/html' });
    await assert.rejects(
      tokensOver(new FakeTransport([html])).token(),
      because('unexpectedAnswer'),
    );
    const odd = tokensOver(new FakeTransport([grant('a\nb')]));
    await assert.rejects(odd.token(), because('invalidCredential'));
  });

  it('goes on for the others when one is cancelled', async () => {
    const gate = new Gate<HttpResponse>();
    const transport = new FakeTransport(({ signal }) => gate.wait(signal));
    const tokens = tokensOver(transport);
    const stop = new AbortController();
    const cancelled = tokens.token(stop.signal);
    const other = tokens.token();
    stop.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    assert.ok(await isOpen(other));
    await gate.open(grant('good'));
    assert.equal(await other, 'good');
    assert.equal(transport.requests.length, 1);
  });

  it('ends the sign-in when all are cancelled, and begins anew', async () => {
    const gate = new Gate<HttpResponse>();
    const transport = new FakeTransport(({ signal }, number) =>
      number === 1 ? gate.wait(signal) : grant('good'),
    );
    const tokens = tokensOver(transport);
    const stop = new AbortController();
    const cancelled = tokens.token(stop.signal);
    stop.abort();
    await assert.rejects(cancelled, { name: 'AbortError' });
    assert.equal(transport.requests[0]?.signal?.aborted, true);
    assert.equal(await tokens.token(), 'good');
  });

  it('never lets a secret into an error, however the service repeats it', async () => {
    const { clientSecret } = credentials;
    const echoes = [
      clientSecret,
      encodeURIComponent(clientSecret),
      encodeURIComponent(clientSecret).toLowerCase(),
      new URLSearchParams({ s: clientSecret }).toString(),
      `${' '.repeat(9995)}${clientSecret}`,
      `${clientSecret}${clientSecret}`,
    ];
    for (const status of [400, 401, 500]) {
      for (const echo of echoes) {
        for (const body of [
          { error: echo },
          { error: 'invalid_client', error_description: `bad secret ${echo}!` },
          { error: { message: echo } },
          { message: echo },
          echo,
        ]) {
          const tokens = tokensOver(new FakeTransport([response(status, body)]));
          await assert.rejects(tokens.token(), (error) => {
            assert.ok(isServiceError(error));
            const told = [error.message, error.stack, error.detail, JSON.stringify(error)].join();
            for (const part of ['p&ss', 'p%26ss', 'w%c3', 'w%C3', 'wörd']) {
              assert.ok(!told.includes(part), told.slice(0, 400));
            }
            return true;
          });
        }
      }
    }
  });

  it('never lets a refused token into an error of the next sign-in', async () => {
    // Whoever refused it may have been wrong: it may open the door for the rest of its hour.
    const again = response(400, { error: 'old-token-abcdef is no secret here' });
    const tokens = tokensOver(new FakeTransport([grant('old-token-abcdef'), again]));
    assert.equal(tokens.refused(await tokens.token()), true);
    await assert.rejects(
      tokens.token(),
      because('clientRefused', { detail: '… is no secret here' }),
    );
  });
});
