import assert from 'node:assert/strict';
import { respond } from '../server/faults.ts';
import { until } from '../hosts/until.ts';
import { startServer } from '../server/server.ts';
import type { TestServer } from '../server/server.ts';
import { paths } from '../server/services.ts';
import { connectLuminary } from './connecting.ts';
import { useWorkbench } from './fixture.ts';

describe('Load All Users', function () {
  this.timeout(60_000);
  const person = useWorkbench();
  let server: TestServer;

  before(async () => {
    server = await startServer({ users: 100_000, latencyMs: 20 });
  });

  after(async () => {
    await server.close();
  });

  it('is cancelled half-way, keeps what came, and the tree goes on meanwhile', async () => {
    const { explorer, messages, workbench } = person();
    await explorer.open();
    await connectLuminary(person(), server, 'acme');
    await explorer.row('Users 1–100');
    await explorer.collapse('Users 1–100');
    // The fifty-first of the large answers is held back until the person has looked.
    let go: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (go = resolve));
    const hold = server.fault({ path: paths.users, at: 51, times: 1, fault: () => held });
    await explorer.chooseFromMenu('Luminary: acme', 'Load All Users');
    await messages.notification(/50,100 of 100,000 users · 50%/);
    await workbench.picture('load all users');
    await explorer.expand('Users 20,001–20,100');
    await explorer.row((row) => row.level === 3);
    await messages.press('Loading all users', 'Cancel');
    await until('the request to be given up', () =>
      Promise.resolve(server.requests.some(({ outcome }) => outcome === 'aborted')),
    );
    go();
    await messages.notification(/^Stopped: 5\d,100 of 100,000 users of acme loaded/);
    hold.remove();
    const requests = server.requests.length;
    assert.ok(requests <= 53, `${requests} requests`);
  });

  it('begins where it stopped, and says what stops it', async () => {
    const { explorer, messages } = person();
    const before = server.requests.length;
    const fault = server.fault({ path: paths.users, at: 5, fault: respond(403, { error: 'no' }) });
    await explorer.chooseFromMenu('Luminary: acme', 'Load All Users');
    await messages.notification(
      /Loading stopped after 54,100 users\. The token is not allowed to read this\. \(403: no\)/,
    );
    await person().workbench.picture('load all users stopped');
    fault.remove();
    await messages.press('Loading stopped', 'Continue');
    await messages.notification('100,000 users loaded: that is all of acme');
    const asked = server.requests.slice(before).map(({ query }) => query.get('after'));
    assert.ok(asked.every((after) => after !== null));
    assert.equal(new Set(asked).size, asked.length - 1, 'only the refused one was asked again');
  });

  it('has no more to do then, and every page is there', async () => {
    const { explorer, messages } = person();
    await messages.clear();
    const before = server.requests.length;
    await explorer.expand('Users 99,901–100,000');
    await explorer.row((row) => row.level === 3 && row.index > 1000);
    await explorer.chooseFromMenu('Luminary: acme', 'Load All Users');
    await messages.notification('100,000 users loaded: that is all of acme');
    assert.equal(server.requests.length, before);
  });
});
