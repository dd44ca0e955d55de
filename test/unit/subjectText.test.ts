import assert from 'node:assert/strict';
import { subjectText } from '../../src/commands/subjectText.ts';
import type { TextRecord } from '../../src/model/formats/textRecord.ts';
import type { ConnectionNode, Node, PageNode } from '../../src/tree/nodes.ts';
import { listText } from '../../src/words/format.ts';

type Services = Parameters<typeof subjectText>[2];

const acme: ConnectionNode = { kind: 'connection', id: 'a', service: 'luminary' };
const page: PageNode = { kind: 'page', parent: acme, index: 1 };
const user = (id: string, fields = {}): TextRecord => {
  const record = { id, ...fields };
  return { id, key: id, record, service: 'luminary', connection: 'a' };
};
const jane = user('user_1', { first_name: 'Jane', last_name: 'Doe' });

/** Services with one tenant, `acme`, that has pages of a hundred users. */
const services = {
  store: { get: () => ({ kind: 'luminary', name: 'acme', label: 'PRODUCTION' }) },
  sessions: { luminary: () => ({ pages: { range: () => ({ from: 100, to: 200 }) } }) },
} as unknown as Services;

describe('What a question calls the rows that it is about', () => {
  const rowOf = ({ record }: TextRecord) => ({ kind: 'user', parent: page, record }) as Node;
  const text = (nodes: readonly Node[], records: readonly TextRecord[]) =>
    subjectText(nodes, records, services);

  it('is the name of one record', () => {
    assert.equal(text([rowOf(jane)], [jane]), 'Jane Doe');
    assert.equal(text([rowOf(user('user_2'))], [user('user_2')]), 'user_2');
    const account: TextRecord = { ...jane, service: 'luma', record: { email: 'j@example.com' } };
    assert.equal(text([{ kind: 'account', parent: acme, key: 'j' }], [account]), 'j@example.com');
  });

  it('is how many records there are', () => {
    assert.equal(text([rowOf(jane), rowOf(user('user_2'))], [jane, user('user_2')]), '2 records');
    assert.equal(text([page, rowOf(jane)], [jane, user('user_2')]), '2 records');
  });

  it('is the name of a page, and that of a connection with its label', () => {
    assert.equal(text([page], [jane, user('user_2')]), 'Users 101–200');
    assert.equal(text([acme, rowOf(jane)], [jane]), 'Luminary: acme (PRODUCTION)');
  });
});

describe('Names in a sentence', () => {
  it('are all meant, or any of them', () => {
    assert.equal(listText(['a'], 'or'), 'a');
    assert.equal(listText(['a', 'b'], 'or'), 'a or b');
    assert.equal(listText(['a', 'b', 'c'], 'and'), 'a, b, and c');
  });
});
