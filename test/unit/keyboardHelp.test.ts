import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { keyboardHelp } from '../../src/commands/keyboardHelp.ts';
import type { Manifest } from '../../src/commands/keyboardHelp.ts';
import { projectFolder } from '../hosts/paths.ts';

describe('The keyboard help', () => {
  const read = (name: string) => readFileSync(path.join(projectFolder, name), 'utf8');
  const names = JSON.parse(read('package.nls.json')) as Record<string, string>;
  const manifest = JSON.parse(read('package.json'), (_, value: unknown) =>
    typeof value === 'string' ? (names[/^%(.+)%$/.exec(value)?.[1] ?? ''] ?? value) : value,
  ) as Manifest;
  const text = keyboardHelp(manifest);

  it('names every command, with the keys that it has at first', () => {
    for (const { title } of manifest.contributes.commands) assert.ok(text.includes(title), title);
    assert.match(
      text,
      /- \*\*Luma & Luminary: Copy ID\*\*: \*\*Ctrl\+C\*\* \(macOS: \*\*Cmd\+C\*\*\)/,
    );
    assert.match(text, /- \*\*Luma & Luminary: Find User…\*\*\n/);
  });

  it('is one list after the other, with nothing left to be filled in', () => {
    assert.match(text, /^# Luma & Luminary Explorer: Keyboard Help\n\n/);
    assert.match(text, /Focus on Luma & Luminary View/);
    assert.doesNotMatch(text, /\{\d\}|undefined|%/);
  });
});
