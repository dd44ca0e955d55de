import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Json } from '../../src/http/json.ts';
import { csv } from '../../src/model/formats/csv.ts';
import { fileFormatOf, fileFormats } from '../../src/model/formats/fileFormats.ts';
import { fileTexts } from '../../src/model/formats/format.ts';
import type { RecordFormat } from '../../src/model/formats/format.ts';
import { json, jsonLines } from '../../src/model/formats/json.ts';
import { anyRecord, oddRecords } from './anyRecord.ts';
import { columns, parseCsv, parseUsers } from './csvParser.ts';
import { user, users } from './fakes.ts';

async function fileOf(format: RecordFormat, ...batches: readonly Json[][]): Promise<string> {
  let file = '';
  for await (const text of fileTexts(from(batches), format)) file += text;
  return file;
}

async function* from<T>(values: readonly T[]): AsyncGenerator<T> {
  for (const value of values) {
    await Promise.resolve();
    yield value;
  }
}

function parseJsonLines(text: string): Json[] {
  const lines = text.split('\n');
  assert.equal(lines.pop(), '', 'the last line has an end');
  return lines.map((line) => JSON.parse(line) as Json);
}

describe('A file in JSON', () => {
  it('is an array with a record on each line', async () => {
    assert.equal(
      await fileOf(json, [{ id: 'a', n: [1] }, { id: 'b' }], [{ id: 'c' }]),
      '[\n{"id":"a","n":[1]},\n{"id":"b"},\n{"id":"c"}\n]\n',
    );
  });

  it('is an empty array where there is nobody', async () => {
    for (const batches of [[], [[]], [[], []]]) {
      assert.deepEqual(JSON.parse(await fileOf(json, ...batches)), []);
    }
  });

  it('gives back every record, whatever it is and however it came', async () => {
    assert.deepEqual(JSON.parse(await fileOf(json, oddRecords)), oddRecords);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyRecord)), async (batches) => {
        const file = await fileOf(json, ...batches);
        assert.deepEqual(JSON.parse(file), batches.flat());
        assert.equal(
          file.split('\n').length,
          batches.flat().length === 0 ? 4 : batches.flat().length + 3,
        );
      }),
    );
  });
});

describe('A file in JSON Lines', () => {
  it('has a record on each line', async () => {
    assert.equal(await fileOf(jsonLines, [{ id: 'a' }], [{ id: 'b' }]), '{"id":"a"}\n{"id":"b"}\n');
    assert.equal(await fileOf(jsonLines), '');
  });

  it('gives back every record, whatever it is and however it came', async () => {
    assert.deepEqual(parseJsonLines(await fileOf(jsonLines, oddRecords)), oddRecords);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyRecord)), async (batches) => {
        assert.deepEqual(parseJsonLines(await fileOf(jsonLines, ...batches)), batches.flat());
      }),
    );
  });

  it('has no character that anybody takes for the end of a line', async () => {
    const record = { '\u2028': 'a\u0085b\u2029c\r\nd\u2028' };
    const file = await fileOf(jsonLines, [record]);
    assert.match(file.slice(0, -1), /^[\x20-\x7e]+$/);
    assert.deepEqual(parseJsonLines(file), [record]);
  });
});

describe('A file in CSV', () => {
  it('has the known fields, then all others as JSON', async () => {
    const jane = user(1, { tags: ['a', 'b'], created_at: '2024-01-15T09:30:00Z' });
    const file = await fileOf(csv, [jane], [user(2)]);
    assert.deepEqual(file.split('\r\n'), [
      '\ufeffid,email,first_name,last_name,created_at,updated_at,extra',
      'user_00000000000000000000000001,jane.doe1@example.com,Jane,Doe 1,2024-01-15T09:30:00Z,,"{""tags"":[""a"",""b""]}"',
      'user_00000000000000000000000002,jane.doe2@example.com,Jane,Doe 2,,,',
      '',
    ]);
  });

  it('has a head where there is nobody', async () => {
    assert.deepEqual(parseUsers(await fileOf(csv)), []);
  });

  it('gives back every record, whatever it is and however it came', async () => {
    assert.deepEqual(parseUsers(await fileOf(csv, oddRecords)), oddRecords);
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord), async (records) => {
        assert.deepEqual(parseUsers(await fileOf(csv, records)), records);
      }),
      { numRuns: 1000 },
    );
  });

  it('has no cell that a spreadsheet calculates', async () => {
    const formulas = [
      '=1+1',
      '+1',
      '-1',
      '@A1',
      '\t=1',
      '\r=1',
      '\n=1',
      ' =1',
      '\u00a0=1',
      '\0=1',
      '＝1',
      '－1',
      "'=1",
    ];
    const records = formulas.map((formula) => ({
      ...Object.fromEntries(columns.map((name) => [name, formula])),
      other: formula,
    }));
    const rows = parseCsv((await fileOf(csv, records, oddRecords)).slice(1));
    for (const { text } of rows.flat())
      assert.doesNotMatch(text, /^[\s\0-\x1f]*[=+\-@＝＋－＠]|^[\t\r\n]/);
    assert.deepEqual(
      rows.slice(1, formulas.length + 1).map(([id]) => id?.text),
      // What stands behind a tab would be a cell of its own where tabs separate.
      formulas.map((formula) => (formula === '\t=1' ? '' : `'${formula}`)),
    );
  });

  it('has nothing that a spreadsheet with other separators calculates', async () => {
    const names = [';=1+1', 'a; +1', 'b|-1', "c;'@A1", 'd\t=1;＝2', 'e;x=1'];
    const records = names.map((name, n) => ({ id: `user_${n}`, email: name, other: name }));
    const text = await fileOf(csv, records);
    assert.doesNotMatch(text, /[;|\t]['\s]*[=+\-@＝]/);
    const rows = parseCsv(text.slice(1)).slice(1);
    assert.deepEqual(
      rows.map((cells) => JSON.parse(cells.at(-1)?.text ?? '') as unknown),
      names.map((name) => (name === 'e;x=1' ? { other: name } : { email: name, other: name })),
    );
  });

  it('leaves all other cells as they are', async () => {
    for (const name of ["O'Neill", "'quoted'", 'a=b', 'x - y', '', "''"]) {
      const [, row] = parseCsv((await fileOf(csv, [{ first_name: name }])).slice(1));
      assert.equal(row?.[2]?.text, name);
    }
  });
});

describe('The kind of a file', () => {
  it('follows from the ending of its name', () => {
    for (const [name, kind] of [
      ['users.json', 'json'],
      ['/a.csv/users.JSON', 'json'],
      ['users.jsonl', 'jsonLines'],
      ['users.ndjson', 'jsonLines'],
      ['users.json.csv', 'csv'],
      ['users.Csv', 'csv'],
      ['users.txt', undefined],
      ['users', undefined],
      ['folder.json/users', undefined],
      ['json', undefined],
    ] as const) {
      assert.equal(fileFormatOf(name), kind, name);
    }
  });

  it('is the same for each of its endings', () => {
    for (const [kind, { endings }] of Object.entries(fileFormats)) {
      for (const ending of endings) assert.equal(fileFormatOf(`x.${ending}`), kind);
    }
  });

  it('may hold many records in one batch', async () => {
    const all = users(0, 2500);
    assert.equal(parseUsers(await fileOf(csv, all.slice(0, 1000), all.slice(1000))).length, 2500);
  });
});
