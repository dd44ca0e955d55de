/** Serves both services on loopback until Ctrl+C: `node test/server/serve.ts --users 100000`. */
import { parseArgs } from 'node:util';
import { manyAccounts } from './oddRecords.ts';
import { startServer } from './server.ts';

const { values } = parseArgs({
  options: {
    users: { type: 'string', default: '2500' },
    accounts: { type: 'string' },
    port: { type: 'string', default: '0' },
    latency: { type: 'string', default: '0' },
    'keep-pages': { type: 'boolean', default: false },
  },
});

const server = await startServer({
  users: Number(values.users),
  ...(values.accounts !== undefined && { accounts: manyAccounts(Number(values.accounts)) }),
  port: Number(values.port),
  latencyMs: Number(values.latency),
  keepPages: values['keep-pages'],
});

console.log(
  JSON.stringify(
    {
      address: server.address,
      luma: { address: server.lumaAddress, token: server.tokens.luma },
      luminary: {
        address: server.luminaryAddress,
        accessToken: server.tokens.luminary,
        clientId: server.tokens.clientId,
        clientSecret: server.tokens.clientSecret,
      },
    },
    undefined,
    2,
  ),
);

process.once('SIGINT', () => void server.close());
process.once('SIGTERM', () => void server.close());
