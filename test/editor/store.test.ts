import assert from 'node:assert/strict';
import type { Connection } from '../../src/connections/connection.ts';
import { ConnectionStore } from '../../src/connections/store.ts';
import { FakeContext } from './fakeSecrets.ts';

describe('ConnectionStore', () => {
  it('reads nothing before it is asked', () => {
    const context = new FakeContext();
    const store = new ConnectionStore(context);
    assert.equal(store.all, undefined);
    assert.equal(context.reads, 0);
  });

  it('keeps a connection whole, in one secret, and its order elsewhere', async () => {
    const context = new FakeContext();
    const store = new ConnectionStore(context);
    await store.save(luma('b'));
    await store.save(luminary('a'));
    assert.equal(context.keys.length, 2);
    assert.ok(!context.stateText.includes('secret') && !context.stateText.includes('acme'));
    const again = new ConnectionStore(context);
    assert.deepEqual(await again.ready(), [luma('b'), luminary('a')]);
  });

  it('replaces a connection in its place', async () => {
    const store = new ConnectionStore(new FakeContext());
    await store.save(luma('one'));
    await store.save(luma('two'));
    await store.save({ ...luma('one'), name: 'renamed' });
    assert.deepEqual(
      store.all?.map((connection) => connection.kind !== 'unreadable' && connection.name),
      ['renamed', 'two'],
    );
  });

  it('follows another window', async () => {
    const context = new FakeContext();
    const [here, there] = [new ConnectionStore(context), new ConnectionStore(context)];
    await here.ready();
    const changed = new Promise<void>((resolve) => {
      here.onDidChange(resolve);
    });
    await there.save(luma('new'));
    await changed;
    assert.deepEqual(here.all, [luma('new')]);
    await there.remove('new');
    await new Promise((resolve) => setImmediate(resolve));
    assert.deepEqual(here.all, []);
    assert.equal(context.keys.length, 0);
  });

  it('shows what can’t be decrypted or read as unreadable, beside the others', async () => {
    const context = new FakeContext();
    const store = new ConnectionStore(context);
    await store.save(luma('good'));
    await store.save(luma('locked'));
    await context.secrets.store('connection:broken', '{"kind":"luma"');
    await context.secrets.store('connection:foreign', '{"kind":"other","name":"x","address":"y"}');
    context.undecryptable.add('connection:locked');
    const read = await new ConnectionStore(context).ready();
    assert.deepEqual(
      read.map(({ id, kind }) => [id, kind]),
      [
        ['good', 'luma'],
        ['locked', 'unreadable'],
        ['broken', 'unreadable'],
        ['foreign', 'unreadable'],
      ],
    );
    await store.remove('locked');
    assert.ok(!context.keys.includes('connection:locked'));
  });

  it('tells when the keyring is missing, and works again when it is back', async () => {
    const context = new FakeContext();
    context.failure = new Error('no keyring');
    const store = new ConnectionStore(context);
    assert.deepEqual(await store.ready(), []);
    assert.equal(store.problem, context.failure);
    await assert.rejects(store.save(luma('x')), { reason: 'secretNotStored' });
    context.failure = undefined;
    await store.save(luma('x'));
    assert.equal(store.problem, undefined);
    assert.deepEqual(store.all, [luma('x')]);
  });

  it('reads side by side, and ends with the newest whichever is faster', async () => {
    const context = new FakeContext();
    const store = new ConnectionStore(context);
    await Promise.all(['1', '2', '3', '4'].map((id) => store.save(luma(id))));
    assert.equal(store.all?.length, 4);
  });
});

function luma(id: string): Connection {
  return { kind: 'luma', id, name: id, address: 'https://api.useapi.net/v1/luma', token: 'secret' };
}

function luminary(id: string): Connection {
  return {
    kind: 'luminary',
    id,
    name: 'acme',
    address: 'https://acme.withluminary.com/api/public/v1',
    label: 'PRODUCTION',
    credential: { kind: 'client', clientId: 'id', clientSecret: 'secret' },
  };
}
