import assert from 'node:assert/strict';
import { targetOf } from '../../src/commands/target.ts';
import type { Node } from '../../src/tree/nodes.ts';

const acme: Node = { kind: 'connection', id: 'acme', service: 'luminary' };
const beta: Node = { kind: 'connection', id: 'beta', service: 'luminary' };

describe('What a command is called on', () => {
  it('is the row of a menu, of a button or of a click, whatever is selected', () => {
    for (const args of [[acme], [acme, undefined], [acme, null], [acme, [acme]]]) {
      assert.deepEqual(targetOf(args, [beta]), {
        nodes: [acme],
        first: acme,
        fromMenu: true,
        argument: undefined,
      });
    }
  });

  it('is all selected rows, where one of them was pressed', () => {
    const { nodes, first, fromMenu } = targetOf([beta, [acme, beta]], []);
    assert.deepEqual([nodes, first, fromMenu], [[acme, beta], beta, true]);
  });

  it('is what is selected for the palette, and an argument for code', () => {
    const palette = targetOf([], [acme, beta]);
    assert.deepEqual([palette.nodes, palette.first, palette.fromMenu], [[acme, beta], acme, false]);
    const code = targetOf(['text'], [acme]);
    assert.deepEqual([code.nodes, code.argument, code.fromMenu], [[], 'text', false]);
  });
});
