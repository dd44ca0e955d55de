import assert from 'node:assert/strict';
import { type BareAnswer, ask } from '../server/ask.ts';
import { type TestServer, startServer } from '../server/server.ts';

let server: TestServer;

/** What each test of a suite begins and ends with. */
function useFresh(): void {
  beforeEach(async () => {
    server = await startServer();
  });

  afterEach(async () => {
    await server.close();
  });
}

function users(token = server.tokens.luminary): Promise<BareAnswer> {
  const headers = { authorization: `Bearer ${token}` };
  return ask(`${server.luminaryAddress}/users`, { headers });
}

function contentOf({ body }: BareAnswer): Readonly<Record<string, unknown>> {
  return JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
}

describe('test server: token endpoint', () => {
  useFresh();
  const grant = 'grant_type=client_credentials';

  function token(body: string, authorization?: string): Promise<BareAnswer> {
    return ask(server.tokenAddress, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(authorization !== undefined && { authorization }),
      },
    });
  }

  const basic = (id: string, secret: string) =>
    `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}`;

  async function issue(): Promise<Readonly<Record<string, unknown>>> {
    const { clientId, clientSecret } = server.tokens;
    return contentOf(await token(grant, basic(clientId, clientSecret)));
  }

  it('issues a fresh token each time, for Basic and for the form', async () => {
    const { clientId, clientSecret } = server.tokens;
    const first = await issue();
    const second = contentOf(
      await token(`${grant}&client_id=${clientId}&client_secret=${clientSecret}`),
    );
    assert.equal(first['token_type'], 'Bearer');
    assert.equal(first['expires_in'], 3600);
    assert.notEqual(first['access_token'], second['access_token']);
    for (const { access_token } of [first, second]) {
      assert.equal((await users(String(access_token))).status, 200);
    }
    assert.deepEqual(server.tokens.issued, [first['access_token'], second['access_token']]);
  });

  it('decodes the two parts of Basic', async () => {
    server.tokens.clientSecret = 'a+b c:d%&é';
    const encoded = encodeURIComponent(server.tokens.clientSecret);
    assert.equal((await token(grant, basic(server.tokens.clientId, encoded))).status, 200);
  });

  it('leaves expires_in out where it is told to', async () => {
    server.tokens.expiresIn = null;
    assert.ok(!('expires_in' in (await issue())));
  });

  it('ends tokens when their time is over, and when they are revoked', async () => {
    server.tokens.expiresIn = 0;
    const expired = String((await issue())['access_token']);
    assert.equal((await users(expired)).status, 401);
    server.tokens.expiresIn = 3600;
    const [one, other] = [await issue(), await issue()].map((answer) =>
      String(answer['access_token']),
    );
    server.tokens.revoke(one);
    assert.equal((await users(one)).status, 401);
    assert.equal((await users(other)).status, 200);
    server.tokens.revoke();
    assert.equal((await users(other)).status, 401);
    assert.equal((await users()).status, 200);
  });

  it('gives the errors of OAuth', async () => {
    const wrong = await token(grant, basic('loopback-client', 'wrong'));
    assert.equal(wrong.status, 401);
    assert.match(wrong.headers['www-authenticate'] ?? '', /^Basic /);
    assert.equal(contentOf(wrong)['error'], 'invalid_client');
    assert.equal(contentOf(await token(''))['error'], 'invalid_request');
    assert.equal(contentOf(await token('grant_type=password'))['error'], 'unsupported_grant_type');
    assert.equal((await ask(server.tokenAddress)).status, 405);
  });
});
