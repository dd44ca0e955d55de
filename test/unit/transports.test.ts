import assert from 'node:assert/strict';
import { ServiceError } from '../../src/http/errors.ts';
import { LoggedTransport } from '../../src/http/logged.ts';
import { ScopedTransport } from '../../src/http/scoped.ts';
import type { HttpRequest } from '../../src/http/transport.ts';
import { FakeTransport, Gate, response } from './fakes.ts';

const request: HttpRequest = {
  method: 'GET',
  url: 'https://api.useapi.net/v1/luma/accounts/jane.doe%40example.com?secret=1',
  template: '/accounts/{key}',
  headers: { authorization: 'Bearer secret' },
};

const silent = { info: () => undefined, warn: () => undefined };

describe('LoggedTransport', () => {
  async function logged(inner: FakeTransport, attempt?: number): Promise<string> {
    const lines: string[] = [];
    const log = (level: string) => (line: string) => {
      lines.push(`${level} ${line}`);
    };
    const transport = new LoggedTransport(inner, { info: log('info'), warn: log('warn') });
    const sent = transport.send(attempt === undefined ? request : { ...request, attempt });
    await sent.catch(() => undefined);
    assert.equal(lines.length, 1);
    return (lines[0] ?? '').replace(/\d+ ms/, 'N ms');
  }

  it('tells each request in one line without anything secret', async () => {
    const body = { email: 'jane.doe@example.com' };
    assert.equal(
      await logged(new FakeTransport([response(200, body)])),
      'info GET /accounts/{key} 200 N ms attempt 1 api.useapi.net',
    );
    assert.equal(
      await logged(new FakeTransport([response(596, body)]), 3),
      'warn GET /accounts/{key} 596 N ms attempt 3 api.useapi.net',
    );
  });

  it('tells failures by their reason', async () => {
    const lost = new ServiceError('connectionLost', { code: 'ECONNRESET', detail: 'secret' });
    assert.equal(
      await logged(new FakeTransport([lost])),
      'warn GET /accounts/{key} connectionLost ECONNRESET N ms attempt 1 api.useapi.net',
    );
    assert.equal(
      await logged(new FakeTransport([AbortSignal.abort().reason as Error])),
      'info GET /accounts/{key} cancelled N ms attempt 1 api.useapi.net',
    );
    assert.equal(
      await logged(new FakeTransport([new Error('Bearer secret')])),
      'warn GET /accounts/{key} failed N ms attempt 1 api.useapi.net',
    );
  });

  it('names no host where none was asked', async () => {
    const lines: string[] = [];
    const log = { info: (line: string) => lines.push(line), warn: () => undefined };
    await new LoggedTransport(new FakeTransport([response(200)]), log, 'in memory').send(request);
    assert.match(lines.join(), /^GET \/accounts\/\{key\} 200 \d+ ms attempt 1 in memory$/);
  });

  it('hands on the answer and the error as they are', async () => {
    const answer = response(200);
    const error = new ServiceError('timeout');
    const transport = new LoggedTransport(new FakeTransport([answer, error]), silent);
    assert.equal(await transport.send(request), answer);
    await assert.rejects(transport.send(request), (thrown) => thrown === error);
  });
});

describe('ScopedTransport', () => {
  it('ends every request with its scope, and each with its own signal', async () => {
    const gate = new Gate<never>();
    const inner = new FakeTransport(({ signal }) => gate.wait(signal));
    const scope = new AbortController();
    const stop = new AbortController();
    const transport = new ScopedTransport(inner, scope.signal);
    const [one, two, three] = [
      transport.send({ ...request, signal: stop.signal }),
      transport.send({ ...request, signal: new AbortController().signal }),
      transport.send(request),
    ];
    stop.abort(new Error('own'));
    await assert.rejects(one, { message: 'own' });
    scope.abort(new Error('scope'));
    await assert.rejects(two, { message: 'scope' });
    await assert.rejects(three, { message: 'scope' });
    await assert.rejects(transport.send(request), { message: 'scope' });
  });
});
