import assert from 'node:assert/strict';
import { until } from '../hosts/until.ts';
import { accountId, far, nameOf, near, open, unknown, useCode } from './code.ts';
import { connectLuma, connectLuminary } from './connecting.ts';

describe('Look Up Selection', function () {
  this.timeout(60_000);
  const code = useCode();

  it('can be looked up where one is selected, before the sidebar was ever opened', async () => {
    await open(code().person, 'ids.py');
    await code().editor.select(far.id);
    await until('the key to be set', async () =>
      (await code().editor.menuOf(far.id)).includes('Look Up Selection'),
    );
    await code().editor.select('nothing');
    await until('the key to be gone', async () => {
      return !(await code().editor.menuOf('nothing')).includes('Look Up Selection');
    });
  });

  it('are looked up from the editor’s menu and from the palette', async () => {
    const { explorer, quickInput, messages } = code().person;
    await explorer.open();
    await connectLuma(code().person, code().server, 'studio');
    await connectLuminary(code().person, code().server, 'acme');
    await explorer.row('Users 1–100');
    await open(code().person, 'ids.py');
    await code().editor.select(near.id);
    await until('the key to be set', async () =>
      (await code().editor.menuOf(near.id)).includes('Look Up Selection'),
    );
    await code().editor.chooseFromMenu(near.id, 'Look Up Selection');
    await explorer.row((row) => row.label === nameOf(near) && row.selected && row.focused);
    await open(code().person, 'ids.py');
    await code().editor.put(accountId);
    await code().person.run('Look Up Selection');
    await explorer.row((row) => row.label === 'studio@example.com' && row.selected);
    await open(code().person, 'ids.py');
    await code().editor.put(near.email);
    await code().person.run('Look Up Selection');
    await explorer.row((row) => row.label === nameOf(near) && row.selected && row.focused);
    await open(code().person, 'ids.py');
    await code().editor.put(unknown);
    await code().person.run('Look Up Selection');
    const { value } = await quickInput.question('Find User');
    assert.equal(value, unknown);
    await code().person.workbench.picture('look up unknown email');
    await quickInput.cancel();
    await open(code().person, 'ids.py');
    await code().editor.select('nothing');
    await code().person.run('Look Up Selection');
    await messages.notification('Select the ID or the email of a user or an account first.');
  });
});
