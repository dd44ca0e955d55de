import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isJsonObject } from '../../src/http/json.ts';
import type { Json, JsonObject } from '../../src/http/json.ts';
import { recordText } from '../../src/model/formats/recordText.ts';
import { contentsOf, textFormat } from '../../src/model/formats/textFormats.ts';
import type { TextFormatName } from '../../src/model/formats/textFormats.ts';
import type { TextRecord } from '../../src/model/formats/textRecord.ts';
import type { TextStyle } from '../../src/model/formats/textStyle.ts';
import { anyObject, oddRecords, textAccount, textUser } from './anyRecord.ts';
import { parseCsv, parseUsers } from './csvParser.ts';
import { because } from './fakes.ts';

const usual: TextStyle = { indent: '  ', quote: "'", eol: '\n' };
const oddObjects = oddRecords.filter(isJsonObject);

async function textOf(
  name: TextFormatName,
  records: readonly TextRecord[],
  style: Partial<TextStyle> = {},
): Promise<string> {
  const contents = await contentsOf(records);
  const addressOf = (connection: string) => `https://${connection}.example.com/v1`;
  return recordText(records, textFormat(name, contents, { ...usual, ...style }, addressOf));
}

/** What an editor makes of a text: all ends of lines are alike in it. */
function inEditor(text: string, eol: string): string {
  return text.replaceAll(/\r\n|\r|\n/g, eol);
}

describe('Records of too many levels', () => {
  it('are no answer that was expected, in every format that has all of them', async () => {
    const levels = 20_000;
    const deep = JSON.parse(`{"a":${'['.repeat(levels)}${']'.repeat(levels)}}`) as Json;
    for (const name of ['json', 'jsonLines', 'csv', 'markdown', 'typescript'] as const) {
      await assert.rejects(textOf(name, [textUser(deep)]), because('unexpectedAnswer'), name);
    }
    assert.equal(await textOf('idList', [textUser(deep, 'user_a')]), 'user_a');
  });
});

/** Runs a check over odd records and any others, in every style. */
async function withAnyRecords(
  check: (records: readonly JsonObject[], style: TextStyle) => Promise<void>,
): Promise<void> {
  for (const eol of ['\n', '\r\n'] as const) await check(oddObjects, { ...usual, eol });
  const styles = fc.record({
    indent: fc.constantFrom('  ', '\t', '        ', ' '.repeat(12)),
    quote: fc.constantFrom("'" as const, '"' as const),
    eol: fc.constantFrom('\n' as const, '\r\n' as const),
  });
  const records = fc.array(anyObject, { minLength: 1 });
  await fc.assert(fc.asyncProperty(records, styles, check), { numRuns: 300 });
}

describe('Records as a list of IDs', () => {
  const records = ['user_a', 'user_b'].map((id) => textUser({ id }, id));

  it('have one on each line', async () => {
    assert.equal(await textOf('idList', records), 'user_a\nuser_b');
    assert.equal(await textOf('idList', records, { eol: '\r\n' }), 'user_a\r\nuser_b');
  });

  it('stand between quotes, with commas between', async () => {
    assert.equal(await textOf('quotedList', records), "'user_a',\n'user_b'");
    assert.equal(await textOf('quotedList', records.slice(1), { quote: '"' }), '"user_b"');
    const odd = textUser({}, 'it\'s "\\\n\u2028\ud83d');
    assert.equal(await textOf('quotedList', [odd]), String.raw`'it\'s "\\\n\u2028\ud83d'`);
    const other = await textOf('quotedList', [odd], { quote: '"' });
    assert.equal(other, String.raw`"it's \"\\\n\u2028\ud83d"`);
  });

  it('have quotes written twice in SQL, where a backslash escapes nothing', async () => {
    const odd = textUser({}, "\\'; DROP TABLE users; --");
    const text = await textOf('quotedList', [odd], { doubled: true });
    assert.equal(text, String.raw`'\''; DROP TABLE users; --'`);
  });
});

describe('Records as JSON', () => {
  it('are one by itself, and several as an array, indented as the editor is', async () => {
    const record = { id: 'a', tags: [1] };
    const one = '{\n\t"id": "a",\n\t"tags": [\n\t\t1\n\t]\n}';
    assert.equal(await textOf('json', [textUser(record)], { indent: '\t' }), one);
    assert.equal(
      await textOf('json', [textUser(record), textUser({})], { eol: '\r\n' }),
      '[\r\n  {\r\n    "id": "a",\r\n    "tags": [\r\n      1\r\n    ]\r\n  },\r\n  {}\r\n]',
    );
  });

  it('give back every record, whatever it is', async () => {
    await withAnyRecords(async (records, style) => {
      const text = await textOf(
        'json',
        records.map((record) => textUser(record)),
        style,
      );
      const json = JSON.parse(text) as Json;
      assert.deepEqual(records.length === 1 ? [json] : json, records);
      assert.deepEqual(JSON.parse(inEditor(text, '\n')), json);
      assert.equal(inEditor(text, style.eol), text, 'the ends of lines are those of the editor');
      assert.doesNotMatch(text, /[\u0085\u2028\u2029]/);
    });
  });
});

describe('Records as JSON Lines', () => {
  it('give back every record, whatever it is', async () => {
    await withAnyRecords(async (records, style) => {
      const text = await textOf(
        'jsonLines',
        records.map((record) => textUser(record)),
        style,
      );
      const lines = text.split(style.eol);
      assert.deepEqual(
        lines.map((line) => JSON.parse(line) as Json),
        records,
      );
      assert.deepEqual(inEditor(text, '\n').split('\n'), lines);
    });
  });
});

describe('Records as CSV', () => {
  const file = (text: string) => `\ufeff${inEditor(text, '\r\n')}\r\n`;

  it('give back every user, whatever it is, and after an editor has had it too', async () => {
    await withAnyRecords(async (records, style) => {
      const text = await textOf(
        'csv',
        records.map((record) => textUser(record)),
        style,
      );
      assert.equal(text.split(style.eol).length, records.length + 1);
      assert.deepEqual(parseUsers(file(text)), records);
    });
  });

  it('keep a name with a line break in a line', async () => {
    const record = { id: 'a', first_name: 'first\r\nsecond', last_name: 'Doe' };
    const text = await textOf('csv', [textUser(record)]);
    const [, line] = text.split('\n');
    assert.equal(line, String.raw`a,,,Doe,,,"{""first_name"":""first\r\nsecond""}"`);
  });

  it('have columns of accounts where there are only accounts', async () => {
    const record = { email: 'jane.doe@example.com', user_id: '9', concurrency: 4, error: '=1+1' };
    const text = await textOf('csv', [textAccount(record)]);
    const [head, row] = parseCsv(`${inEditor(text, '\r\n')}\r\n`);
    const names = ['email', 'account', 'user_id', 'error', 'luma_session_expires', 'updated'];
    assert.deepEqual(
      head?.map((cell) => cell.text),
      [...names, 'extra'],
    );
    const cells = ['jane.doe@example.com', '', '9', "'=1+1", '', '', '{"concurrency":4}'];
    assert.deepEqual(
      row?.map((cell) => cell.text),
      cells,
    );
    const both = await textOf('csv', [textAccount(record), textUser({ id: 'a' })]);
    assert.match(both, /^id,email,first_name/);
  });
});

describe('Records as a table in Markdown', () => {
  it('have a column for each field that one of them has', async () => {
    const text = await textOf('markdown', [
      textUser({ id: 'user_01A', email: 'jane.doe@example.com', admin: false }),
      textUser({ id: 'user_01B', email: null, tags: ['a'] }),
    ]);
    assert.deepEqual(text.split('\n'), [
      '| id | email | admin | tags |',
      '| --- | --- | --- | --- |',
      '| user_01A | jane.doe@example.com | false |  |',
      String.raw`| user_01B |  |  | \["a"\] |`,
    ]);
  });

  it('have values that do nothing', async () => {
    for (const [value, cell] of [
      ['a | b', String.raw`a \| b`],
      ['back\\slash', String.raw`back\\slash`],
      ['a\r\nb\nc\u2028d', 'a<br>b<br>c<br>d'],
      ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
      ['&lt;', '&amp;lt;'],
      ['[x](command:y)', String.raw`\[x\](command:y)`],
      ['![x](y)', String.raw`!\[x\](y)`],
      ['**bold** _it_ `code` ~~gone~~', String.raw`\*\*bold\*\* \_it\_ \`code\` \~\~gone\~\~`],
      ['a_b__c', String.raw`a_b\_\_c`],
      ['https://example.com', String.raw`https\://example.com`],
      ['www.example.com', String.raw`www\.example.com`],
      ['$(icon) $x$', String.raw`\$(icon) \$x\$`],
    ] as const) {
      const text = await textOf('markdown', [textUser({ [value]: value })]);
      assert.deepEqual(text.split('\n'), [`| ${cell} |`, '| --- |', `| ${cell} |`]);
    }
  });

  it('have as many cells in each row as there are fields, whatever they hold', async () => {
    await withAnyRecords(async (records, style) => {
      const text = await textOf(
        'markdown',
        records.map((record) => textUser(record)),
        style,
      );
      const rows = text.split(style.eol);
      assert.equal(rows.length, records.length + 2);
      const { fields } = await contentsOf(records.map((record) => textUser(record)));
      for (const row of rows) {
        const bare = row.replaceAll(/\\[\\|]/g, '');
        assert.equal(bare.split('|').length, Math.max(fields.length, 1) + 2, row);
        assert.doesNotMatch(row.replaceAll('<br>', ''), /[<>\r\n\u0085\u2028\u2029]/);
      }
    });
  });
});
