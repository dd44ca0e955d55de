import assert from 'node:assert/strict';
import { Gate, because, failure, settle } from './fakes.ts';
import { server, pages, all, only, begin, changed, useFresh } from './userPagesStage.ts';

describe('UserPages: failures', () => {
  useFresh();
  it('of the first page are its state, and everything is redrawn', async () => {
    server.failures.push(failure('unauthorized'));
    await pages.open(0);
    const state = pages.state(0);
    assert.ok(state.kind === 'failed' && because('unauthorized')(state.error));
    assert.equal(pages.known, false);
    assert.deepEqual(changed(), [all]);
  });

  it('of another page redraw this page', async () => {
    await pages.open(0);
    changed();
    server.failures.push(failure());
    await pages.open(2);
    assert.equal(pages.state(2).kind, 'failed');
    assert.equal(pages.state(1).kind, 'notLoaded');
    assert.equal(pages.state(0).kind, 'loaded');
    assert.deepEqual(changed(), [only(2)]);
  });

  it('are over when the page is opened again', async () => {
    await pages.open(0);
    server.failures.push(failure());
    await pages.open(1);
    changed();
    const gate = (server.gate = new Gate());
    const opened = pages.open(1);
    assert.equal(pages.state(1).kind, 'loading');
    assert.deepEqual(changed(), [only(1)], 'it says that it loads');
    await gate.open(undefined);
    await opened;
    assert.equal(pages.state(1).kind, 'loaded');
    assert.deepEqual(changed(), [only(1)]);
  });

  it('of the first page are over when it is opened again', async () => {
    server.failures.push(failure());
    await pages.open(0);
    changed();
    await pages.open(0);
    assert.equal(pages.state(0).kind, 'loaded');
    assert.deepEqual(changed(), [all, all]);
  });

  it('are over when another page is loaded that lies behind', async () => {
    await pages.open(0);
    server.failures.push(failure());
    await pages.open(1);
    changed();
    await pages.open(3);
    assert.equal(pages.state(1).kind, 'loaded');
    assert.deepEqual(changed(), [only(1, 3)]);
  });

  it('keep what had come before them', async () => {
    begin(5000);
    await pages.open(0);
    const gate = (server.gate = new Gate());
    const opened = pages.open(30);
    await gate.open(undefined);
    await gate.fail(failure());
    await opened;
    assert.equal(pages.state(30).kind, 'failed');
    assert.equal(pages.state(10).kind, 'loaded');
    assert.equal(pages.state(11).kind, 'notLoaded');
    assert.equal(pages.list.elements.length, 1100);
  });

  it('are told for each of the pages that were opened at once', async () => {
    await pages.open(0);
    changed();
    server.failures.push(failure());
    await Promise.all([pages.open(1), pages.open(2)]);
    assert.equal(pages.state(1).kind, 'failed');
    assert.equal(pages.state(2).kind, 'failed');
    assert.deepEqual(changed(), [only(1), only(2)]);
  });
});

describe('UserPages: cancelling', () => {
  useFresh();
  it('keeps what came, says so, and can be taken up again', async () => {
    begin(100_000);
    await pages.open(0);
    const gate = (server.gate = new Gate());
    const stop = new AbortController();
    const opened = pages.open(900, { signal: stop.signal });
    await gate.open(undefined);
    changed();
    stop.abort();
    await opened;
    assert.deepEqual(pages.state(900), { kind: 'cancelled' });
    await settle();
    // Once for having been cancelled, once for what had come by then.
    assert.deepEqual(changed(), [only(900)]);
    assert.equal(pages.list.elements.length, 1100);
    server.gate = undefined;
    await pages.open(900);
    assert.deepEqual(pages.state(900), { kind: 'loaded' });
    assert.equal(pages.list.elements.length, 90_100);
    assert.deepEqual(changed(), [only(900), only(900)]);
  });

  it('leaves alone a page that someone else opened', async () => {
    await pages.open(0);
    const gate = (server.gate = new Gate());
    const stop = new AbortController();
    const far = pages.open(12, { signal: stop.signal });
    const near = pages.open(1);
    stop.abort();
    await far;
    await gate.open(undefined);
    await near;
    assert.equal(pages.state(1).kind, 'loaded');
  });
});

describe('UserPages: a mistake that no service is to blame for', () => {
  useFresh();
  const mistake = new TypeError('a mistake');

  it('stands where a failure stands, and is thrown for whoever writes the log', async () => {
    server.failures.push(mistake);
    await assert.rejects(pages.open(0), (error) => error === mistake);
    assert.deepEqual(pages.state(0), { kind: 'failed', error: mistake });
    await pages.open(0);
    server.failures.push(mistake);
    await assert.rejects(pages.refresh(), (error) => error === mistake);
    assert.equal(pages.refreshError, mistake);
    assert.deepEqual(pages.state(0), { kind: 'loaded' });
  });
});
