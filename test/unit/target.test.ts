import assert from 'node:assert/strict';
import { targetOf } from '../../src/commands/target.ts';
import type { Node } from '../../src/tree/nodes.ts';

const acme: Node = { kind: 'connection', id: 'acme', service: 'luminary' };
const beta: Node = { kind: 'connection', id: 'beta', service: 'luminary' };

describe('What a command is called on', () => {
  it('is the row of a menu or of a button, whatever is selected', () => {
    for (const args of [
      [acme, undefined],
      [acme, null],
      [acme, [acme]],
    ]) {
      assert.deepEqual(targetOf(args, [beta]), {
        nodes: [acme],
        first: acme,
        fromMenu: true,
        onRow: true,
        argument: undefined,
      });
    }
  });

  it('is all selected rows, where one of them was pressed', () => {
    const { nodes, first, onRow } = targetOf([beta, [acme, beta]], []);
    assert.deepEqual([nodes, first, onRow], [[acme, beta], beta, true]);
  });

  it('is no row for a button of the view’s title, though it is given the one with the focus', () => {
    const { nodes, fromMenu, onRow } = targetOf([acme], [beta]);
    assert.deepEqual([nodes, fromMenu, onRow], [[acme], true, false]);
  });

  it('is what is selected for the palette, and an argument for code', () => {
    const palette = targetOf([], [acme, beta]);
    assert.deepEqual([palette.nodes, palette.first, palette.onRow], [[acme, beta], acme, false]);
    const code = targetOf(['text'], [acme]);
    assert.deepEqual([code.nodes, code.argument, code.onRow], [[], 'text', false]);
  });
});
