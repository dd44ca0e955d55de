import assert from 'node:assert/strict';
import fc from 'fast-check';
import { deserialize, serialize } from '../../src/connections/connection.ts';
import type {
  Connection,
  LumaConnection,
  LuminaryConnection,
} from '../../src/connections/connection.ts';
import { connectionFrom, draftOf, readArguments } from '../../src/connections/draft.ts';
import type { Draft } from '../../src/connections/draft.ts';

const luma: LumaConnection = {
  kind: 'luma',
  id: 'c1',
  name: 'personal',
  address: 'https://api.useapi.net/v1/luma',
  token: 'user:10001-secret',
};

const luminary: LuminaryConnection = {
  kind: 'luminary',
  id: 'c2',
  name: 'acme',
  address: 'https://acme.withluminary.com/api/public/v1',
  label: 'PRODUCTION',
  color: 'red',
  credential: { kind: 'client', clientId: 'client', clientSecret: 'secret' },
};

describe('serialize and deserialize', () => {
  it('keep everything but the id in one secret', () => {
    const pasted: Connection = { ...luminary, credential: { kind: 'token', token: 'abc' } };
    for (const connection of [luma, luminary, pasted, { ...luma, sample: true } as const]) {
      const secret = serialize(connection);
      assert.ok(!('id' in (JSON.parse(secret) as object)));
      assert.deepEqual(deserialize(connection.id, secret), connection);
    }
  });

  it('say that a secret is unreadable, whatever is in it', () => {
    const cut = (connection: Connection, ...keys: string[]) =>
      JSON.stringify(
        Object.fromEntries(Object.entries(connection).filter(([key]) => !keys.includes(key))),
      );
    for (const secret of [
      undefined,
      '',
      'text',
      'null',
      '[]',
      '{}',
      '"text"',
      serialize(luma).slice(0, -1),
      cut(luma, 'kind'),
      cut(luma, 'name'),
      cut(luma, 'address'),
      cut(luma, 'token'),
      cut(luminary, 'credential'),
      JSON.stringify({ ...luma, kind: 'other' }),
      JSON.stringify({ ...luma, token: '' }),
      JSON.stringify({ ...luma, token: 7 }),
      JSON.stringify({ ...luma, name: null }),
      JSON.stringify({ ...luminary, credential: null }),
      JSON.stringify({ ...luminary, credential: 'abc' }),
      JSON.stringify({ ...luminary, credential: {} }),
      JSON.stringify({ ...luminary, credential: { kind: 'client', clientId: 'client' } }),
      JSON.stringify({ ...luminary, credential: { kind: 'client', clientSecret: 'secret' } }),
      '{"__proto__":{"kind":"luma","name":"a","address":"b","token":"c"}}',
    ]) {
      assert.deepEqual(deserialize('c1', secret), { kind: 'unreadable', id: 'c1' }, secret);
    }
  });

  it('pass over what they don’t know, and what is of a wrong type where it may be missing', () => {
    const secret = JSON.stringify({ ...luma, label: 7, sample: 'yes', colour: 'red', id: 'other' });
    assert.deepEqual(deserialize('c1', secret), luma);
  });

  it('take a label without a colour, as secrets were stored before there were any', () => {
    const read = (label: object) => {
      const read = deserialize('c2', JSON.stringify({ ...luminary, ...label }));
      return read.kind !== 'unreadable' && [read.label, read.color];
    };
    assert.deepEqual(read({ color: undefined }), ['PRODUCTION', undefined]);
    assert.deepEqual(read({ color: 'pink' }), ['PRODUCTION', undefined]);
    assert.deepEqual(read({ label: undefined }), [undefined, undefined]);
  });

  it('never throw', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (secret) => {
        assert.equal(deserialize('c1', secret).id, 'c1');
      }),
    );
  });
});

describe('readArguments', () => {
  it('takes text and nothing else', () => {
    assert.deepEqual(
      readArguments({
        name: 'acme',
        address: ' ',
        token: 7,
        clientId: null,
        clientSecret: '',
        label: 'TEST',
        other: 'x',
      }),
      { name: 'acme', label: 'TEST' },
    );
    const all = {
      name: 'n',
      address: 'a',
      token: 't',
      clientId: 'i',
      clientSecret: 's',
      label: 'l',
      color: 'c',
    };
    assert.deepEqual(readArguments(all), all);
    for (const other of [undefined, null, 'text', 7, ['name'], Object.create(all)]) {
      assert.deepEqual(readArguments(other), {});
    }
  });
});

describe('connectionFrom', () => {
  const draft: Draft = {
    id: 'c3',
    service: 'luminary',
    name: 'acme',
    address: 'https://acme.withluminary.com/api/public/v1',
    label: {},
    credential: undefined,
  };

  it('makes a connection of a draft with a credential', () => {
    const client = { kind: 'client', clientId: 'i', clientSecret: 's' } as const;
    const token = { kind: 'token', token: 't' } as const;
    const { id, name, address } = draft;
    assert.equal(connectionFrom(draft), undefined);
    for (const credential of [client, token]) {
      assert.deepEqual(connectionFrom({ ...draft, credential }), {
        kind: 'luminary',
        id,
        name,
        address,
        credential,
      });
    }
    assert.deepEqual(
      connectionFrom({ ...draft, service: 'luma', label: { label: 'TEST' }, credential: token }),
      { kind: 'luma', id, name, address, label: 'TEST', token: 't' },
    );
    assert.equal(connectionFrom({ ...draft, service: 'luma', credential: client }), undefined);
  });

  it('gives back what a draft was made of, once it has a credential again', () => {
    assert.deepEqual(connectionFrom(draftOf(luminary)), undefined);
    const { credential } = luminary;
    assert.deepEqual(connectionFrom({ ...draftOf(luminary), credential }), luminary);
  });
});
