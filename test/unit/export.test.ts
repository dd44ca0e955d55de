import assert from 'node:assert/strict';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { LuminaryClient } from '../../src/api/luminary.ts';
import { writeWholeFile } from '../../src/files/wholeFile.ts';
import { isServiceError } from '../../src/http/errors.ts';
import { ClientCredentialsTokens } from '../../src/http/oauth.ts';
import { RetryingTransport } from '../../src/http/retry.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { jsonLines } from '../../src/model/formats/json.ts';
import { fileTexts } from '../../src/model/formats/format.ts';
import { allUsers } from '../../src/model/userStream.ts';
import * as faults from '../server/faults.ts';
import type { FaultRule } from '../server/rules.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';

let server: TestServer;
let network: UndiciTransport;
let folder: string;
let target: string;

beforeEach(async () => {
  server = await startServer({ users: 4500 });
  network = new UndiciTransport({ timeLimit: () => 2000 });
  folder = await mkdtemp(path.join(tmpdir(), 'luma-luminary-'));
  target = path.join(folder, 'users.jsonl');
  await writeFile(target, 'before');
});

afterEach(async () => {
  await network.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** Exports over real HTTP, through all that stands between the command and the network. */
async function exported(signal = new AbortController().signal): Promise<string> {
  const transport = new RetryingTransport(network, { backOff: 1 });
  const { clientId, clientSecret } = server.tokens;
  const tokenUrl = server.tokenAddress;
  const tokens = new ClientCredentialsTokens(transport, { tokenUrl, clientId, clientSecret });
  const client = new LuminaryClient(transport, server.luminaryAddress, tokens);
  const elements = async function* () {
    for await (const batch of allUsers(client, signal)) yield batch.elements;
  };
  await writeWholeFile(target, fileTexts(elements(), jsonLines), signal);
  return readFile(target, 'utf8');
}

const onThirdAnswer = (fault: FaultRule['fault'], times = Infinity): FaultRule => ({
  path: paths.users,
  at: 3,
  times,
  fault,
});

function everyone(): string {
  return Array.from(
    { length: server.users.size },
    (_, index) => `${JSON.stringify(server.users.at(index))}\n`,
  ).join('');
}

describe('An export over the network', () => {
  it('is whole', async () => {
    assert.equal(await exported(), everyone());
    assert.deepEqual(await readdir(folder), ['users.jsonl']);
  });

  it('goes on with a new token when the old one ends half-way', async () => {
    server.fault(
      onThirdAnswer((exchange) => {
        server.tokens.revoke();
        return faults.respond(401, { code: 'unauthorized', message: 'expired' })(exchange);
      }, 1),
    );
    assert.equal(await exported(), everyone());
    assert.equal(server.tokens.issued.length, 2);
  });

  for (const [what, fault] of [
    ['a connection that breaks', faults.cutInBody()],
    ['a service that is down for a moment', faults.respond(503, 'down')],
  ] as const) {
    it(`gets over ${what}`, async () => {
      server.fault(onThirdAnswer(fault, 2));
      assert.equal(await exported(), everyone());
    });
  }

  for (const [what, fault, reason] of [
    ['a service that is down', faults.respond(500, 'down'), 'serverError'],
    ['a page for people', faults.htmlWith200, 'unexpectedAnswer'],
    ['half an answer', faults.truncatedJson, 'unexpectedAnswer'],
    ['a body that trickles for ever', faults.trickle(), 'timeout'],
  ] as const) {
    it(`leaves what stood there at ${what}`, async () => {
      server.fault(onThirdAnswer(fault));
      await assert.rejects(exported(), (error) => isServiceError(error) && error.reason === reason);
      assert.deepEqual(await readdir(folder), ['users.jsonl']);
      assert.equal(await readFile(target, 'utf8'), 'before');
    });
  }

  it('leaves what stood there when it is cancelled, without waiting for the answer', async () => {
    server.fault(onThirdAnswer(faults.headersThenSilence));
    const stop = new AbortController();
    const writing = exported(stop.signal);
    await server.arrived(4); // The token, and three pages.
    stop.abort();
    await assert.rejects(writing, { name: 'AbortError' });
    assert.deepEqual(await readdir(folder), ['users.jsonl']);
    assert.equal(await readFile(target, 'utf8'), 'before');
  });
});
