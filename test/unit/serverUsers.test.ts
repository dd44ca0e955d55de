import assert from 'node:assert/strict';
import { UserList } from '../server/userList.ts';

describe('test server: list of users', () => {
  const all = (list: UserList) => Array.from({ length: list.size }, (_, index) => list.at(index));

  it('can be edited like an array', () => {
    const list = new UserList(10);
    const expected = all(list);
    list.insert(3, 'a', 'b');
    expected.splice(3, 0, 'a', 'b');
    list.remove(0, 2);
    expected.splice(0, 2);
    list.remove(9);
    expected.splice(9, 1);
    list.move(1, 6);
    expected.splice(6, 0, ...expected.splice(1, 1));
    list.replace(0, { id: 'x' });
    expected[0] = { id: 'x' };
    list.insert(list.size, 'end');
    expected.push('end');
    list.change(5, { email: 'new@example.com' });
    expected[5] = { ...(expected[5] as object), email: 'new@example.com' };
    assert.deepEqual(all(list), expected);
    assert.equal(list.at(list.size), undefined);
  });

  it('finds what stands in it, and nothing else', () => {
    const list = new UserList(10);
    const [first, second] = all(list) as { id: string }[];
    list.remove(0);
    list.change(0, { email: 'new@example.com' });
    assert.equal(list.find(first?.id ?? ''), undefined);
    assert.deepEqual(list.find(second?.id ?? ''), { ...second, email: 'new@example.com' });
    assert.equal(new UserList([null, { id: 'x' }]).find('y'), undefined);
    assert.deepEqual(new UserList([null, { id: 'x' }]).find('x'), { id: 'x' });
  });
});
