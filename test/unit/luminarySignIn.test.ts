import assert from 'node:assert/strict';
import { LuminaryClient } from '../../src/api/luminary.ts';
import type { UserRecord } from '../../src/api/luminary.ts';
import { isServiceError } from '../../src/http/errors.ts';
import { FixedToken } from '../../src/http/oauth.ts';
import type { TokenSource } from '../../src/http/oauth.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import type { HttpResponse } from '../../src/http/transport.ts';
import * as faults from '../server/faults.ts';
import { paths } from '../server/services.ts';
import { FakeTransport, Gate, because, response } from './fakes.ts';
import {
  clientWith,
  credentials,
  id,
  network,
  page,
  server,
  signedIn,
  useFresh,
} from './luminaryStage.ts';

describe('LuminaryClient: sign-in', () => {
  useFresh();
  const tokenRequests = () => server.requests.filter(({ path }) => path === paths.token).length;

  it('happens once, however many ask', async () => {
    await Promise.all(Array.from({ length: 20 }, () => signedIn.users({ limit: 1 })));
    assert.equal(tokenRequests(), 1);
    assert.equal(server.requests.length, 21);
  });

  it('is repeated once when a token is revoked half-way, and so is the request', async () => {
    const first = await signedIn.users({ limit: 100 });
    server.tokens.revoke();
    const next = await signedIn.users({ after: first.endCursor, limit: 100 });
    assert.equal((next.data[0] as UserRecord).id, id(100));
    assert.equal(tokenRequests(), 2);
    assert.equal(server.requests.length, 5);
  });

  it('is repeated once for all whose token was revoked', async () => {
    await signedIn.users({ limit: 1 });
    server.tokens.revoke();
    await Promise.all(Array.from({ length: 10 }, () => signedIn.users({ limit: 1 })));
    assert.equal(tokenRequests(), 2);
  });

  it('is not repeated without end where every token is refused', async () => {
    server.fault({ path: paths.users, fault: faults.respond(401, { message: 'No' }) });
    await assert.rejects(signedIn.users({}), because('unauthorized', { status: 401 }));
    assert.equal(server.requests.length, 4);
    assert.equal(tokenRequests(), 2);
  });

  it('that fails once is not remembered', async () => {
    server.fault({ path: paths.token, fault: faults.respond(400, { error: 'no' }), times: 1 });
    await assert.rejects(signedIn.users({}), because('clientRefused'));
    assert.equal((await signedIn.users({ limit: 1 })).data.length, 1);
  });

  it('is tried again where its failure passes', async () => {
    server.fault({ path: paths.token, fault: faults.respond(503), times: 2 });
    const tokens = credentials(new RetryingTransport(network, { backOff: 1 }));
    assert.equal((await clientWith(tokens).users({ limit: 1 })).data.length, 1);
    assert.equal(tokenRequests(), 3);
  });

  it('works with secrets that have to be encoded', async () => {
    server.tokens.clientSecret = 'a+b c:d%&é=';
    assert.equal((await clientWith(credentials()).users({ limit: 1 })).data.length, 1);
  });

  it('can be cancelled', async () => {
    server.fault({ path: paths.token, fault: faults.noAnswer });
    const stop = new AbortController();
    const asked = signedIn.users({}, stop.signal);
    await server.arrived(1);
    const began = performance.now();
    stop.abort();
    await assert.rejects(asked, { name: 'AbortError' });
    assert.ok(performance.now() - began < 50);
  });

  it('that takes the place of another serves requests under way, and hides both tokens', async () => {
    const gate = new Gate<HttpResponse>();
    const sent = 'old-token-abcdef';
    let current = new FixedToken(sent);
    const tokens: TokenSource = {
      get secrets() {
        return current.secrets;
      },
      token: () => current.token(),
      refused: (token) => current.refused(token),
    };
    const transport = new FakeTransport(() => gate.wait());
    const asking = new LuminaryClient(transport, 'https://acme.withluminary.com', tokens);
    const asked = asking.users({});
    current = new FixedToken('new-token-ghijkl');
    const rejected = assert.rejects(asked, (error) => {
      assert.ok(isServiceError(error));
      assert.equal(error.detail, 'bad …');
      return error.reason === 'serverError';
    });
    await gate.open(response(500, { message: `bad ${sent}` }));
    await rejected;

    current = new FixedToken(sent);
    const again = asking.users({});
    current = new FixedToken('new-token-ghijkl');
    await gate.open(response(401, { message: 'old' }));
    await gate.open(response(200, page()));
    assert.deepEqual((await again).data, []);
    assert.equal(transport.requests.at(-1)?.headers['authorization'], 'Bearer new-token-ghijkl');

    current = new FixedToken(sent);
    const refusedTwice = assert.rejects(asking.users({}), because('unauthorized', { detail: '…' }));
    current = new FixedToken('new-token-ghijkl');
    await gate.open(response(401, { message: 'old' }));
    await gate.open(response(401, { message: sent }));
    await refusedTwice;
  });
});
