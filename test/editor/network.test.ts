import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { testOutputMark } from '../hosts/totals.ts';
import { startServer } from '../server/server.ts';

const slots = [
  Symbol.for('undici.globalDispatcher.1'),
  Symbol.for('undici.globalDispatcher.2'),
] as const;

describe('The network', function () {
  this.timeout(60_000);

  it('leaves the process-wide slots of undici as they are', async () => {
    const server = await startServer();
    try {
      await fetch(server.address); // The host makes its own dispatcher when it first fetches.
      const before = slots.map((slot): unknown => Reflect.get(globalThis, slot));
      await vscode.commands.executeCommand('lumaLuminary.connectLuma', {
        name: 'slots',
        address: server.lumaAddress,
        token: server.tokens.luma,
      });
      assert.ok(
        server.requests.some(({ url }) => url.endsWith('/accounts')),
        'the extension has made a request',
      );
      const after = slots.map((slot): unknown => Reflect.get(globalThis, slot));
      assert.ok(before.some((dispatcher) => dispatcher !== undefined));
      before.forEach((dispatcher, index) => {
        assert.equal(after[index], dispatcher);
      });
      console.log(
        `${testOutputMark}Slots filled: ${before.map((d) => (d === undefined ? 'no' : 'yes')).join(', ')}`,
      );
    } finally {
      await server.close();
    }
  });
});
