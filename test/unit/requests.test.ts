import assert from 'node:assert/strict';
import { LumaClient } from '../../src/api/luma.ts';
import { LuminaryClient } from '../../src/api/luminary.ts';
import { FixedToken } from '../../src/http/oauth.ts';
import { FakeTransport, response } from './fakes.ts';

describe('What the clients ask', () => {
  it('is an address, and beside it a path for the log that names no one', async () => {
    const transport = new FakeTransport(() => response(404));
    const token = new FixedToken('secret');
    const luma = new LumaClient(transport, 'https://api.useapi.net/v1/luma', token);
    const luminary = new LuminaryClient(transport, 'https://acme.withluminary.com/v1', token);
    await Promise.allSettled([
      luma.accounts(),
      luma.account('jane.doe@example.com'),
      luminary.users({}),
      luminary.users({ after: 'a b', limit: 7 }),
      luminary.user('user_1'),
    ]);
    assert.deepEqual(
      transport.requests.map(({ url, template }) => [url, template]),
      [
        ['https://api.useapi.net/v1/luma/accounts', '/accounts'],
        ['https://api.useapi.net/v1/luma/accounts/jane.doe%40example.com', '/accounts/{key}'],
        ['https://acme.withluminary.com/v1/users', '/users'],
        ['https://acme.withluminary.com/v1/users?after=a+b&limit=7', '/users'],
        ['https://acme.withluminary.com/v1/users/user_1', '/users/{id}'],
      ],
    );
  });
});
