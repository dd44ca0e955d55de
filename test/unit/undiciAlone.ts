/**
 * Sends two requests in a process of its own and prints what became of undici's process-wide slots:
 * `node undiciAlone.ts ADDRESS`. It ends by itself only if nothing is left open.
 */
import type * as undici from '../../src/http/undici.ts';

const names = ['undici.globalDispatcher.1', 'undici.globalDispatcher.2'] as const;
const globals = globalThis as unknown as Record<symbol, unknown>;
const slots = () => names.map((name) => globals[Symbol.for(name)] ?? null);

const module: typeof undici = await import('../../src/http/undici.ts');
const slotsAfterImport = slots();

const transport = new module.UndiciTransport({ timeLimit: () => 60_000 });
const request = {
  method: 'GET',
  url: process.argv[2] ?? '',
  template: '/users',
  headers: {},
} as const;
const { status } = await transport.send(request);
const slotsAfterRequest = slots();

// Whoever else is in the process may have filled them.
names.forEach((name, index) => (globals[Symbol.for(name)] = `mine ${index + 1}`));
await transport.send(request);
await transport.close();

process.stdout.write(
  JSON.stringify({ status, slotsAfterImport, slotsAfterRequest, slotsThatWereTaken: slots() }),
);
