import assert from 'node:assert/strict';
import fc from 'fast-check';
import ts from 'typescript';
import { isJsonObject } from '../../src/http/json.ts';
import type { Json } from '../../src/http/json.ts';
import { exactJson } from '../../src/model/exactJson.ts';
import { recordText } from '../../src/model/formats/recordText.ts';
import { contentsOf, textFormat } from '../../src/model/formats/textFormats.ts';
import type { TextRecord } from '../../src/model/formats/textRecord.ts';
import type { TextStyle } from '../../src/model/formats/textStyle.ts';
import { continuedWith } from '../../src/model/formats/textStyle.ts';
import { anyObject, oddRecords, textAccount, textUser } from './anyRecord.ts';

const usual: TextStyle = { indent: '  ', quote: "'", eol: '\n' };

async function constantOf(records: readonly TextRecord[], style = usual): Promise<string> {
  const format = textFormat('typescript', await contentsOf(records), style, () => '');
  return recordText(records, format);
}

const options: ts.CompilerOptions = {
  strict: true,
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  types: [],
};
const host = ts.createCompilerHost(options);
const libraries = new Map<string, ts.SourceFile | undefined>();

/** What the compiler has to say about files. */
function problemsIn(texts: readonly string[]): string[] {
  const files = new Map(texts.map((text, index) => [`/constant${index}.ts`, text]));
  const own: ts.CompilerHost = {
    ...host,
    getSourceFile(name, target) {
      const text = files.get(name);
      if (text !== undefined) return ts.createSourceFile(name, text, target);
      if (!libraries.has(name)) libraries.set(name, host.getSourceFile(name, target));
      return libraries.get(name);
    },
  };
  const program = ts.createProgram([...files.keys()], options, own);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

/** What a module exports, by name. */
async function evaluated(text: string): Promise<[string, Json][]> {
  const address = `data:text/javascript;charset=utf-8,${encodeURIComponent(ts.transpile(text, options))}`;
  return Object.entries((await import(address)) as Record<string, Json>);
}

describe('Records as a constant in TypeScript', function () {
  this.timeout(60_000);

  it('have the name of what they are, and the look of the editor', async () => {
    const jane = textUser({ id: 'a', 'is admin': true, tags: ['x', "it's"], none: {}, empty: [] });
    assert.deepEqual((await constantOf([jane])).split('\n'), [
      'export const user = {',
      "  id: 'a',",
      "  'is admin': true,",
      '  tags: [',
      "    'x',",
      String.raw`    'it\'s',`,
      '  ],',
      '  none: {},',
      '  empty: [],',
      '};',
    ]);
    const tabs: TextStyle = { indent: '\t', quote: '"', eol: '\r\n' };
    assert.equal(
      await constantOf([textAccount({ email: 'a@b' }), textAccount({})], tabs),
      'export const accounts = [\r\n\t{\r\n\t\temail: "a@b",\r\n\t},\r\n\t{},\r\n];',
    );
    assert.match(await constantOf([textAccount({})]), /^export const account = /);
    assert.match(await constantOf([jane, jane]), /^export const users = /);
    assert.match(await constantOf([jane, textAccount({})]), /^export const records = /);
  });

  it('compile and give the records back, whatever keys and values they hold', async () => {
    const odd = JSON.parse(
      String.raw`{"__proto__":{"__proto__":1,"a":[{"__proto__":[]}]},"constructor":"\u2028\u2029","7":-0,"07":1e999,"a-b":-1e999,"":"\ud83d","class":"\u0000\\'\"$\u007b","9007199254740993":9007199254740993,"éà":"\u202e","toString":null}`,
    ) as Json;
    const lists = [
      oddRecords.filter(isJsonObject),
      ...oddRecords.filter(isJsonObject).map((r) => [r]),
    ];
    lists.push([odd as never], ...fc.sample(fc.array(anyObject, { minLength: 1 }), 200));
    const styles = (['\n', '\r\n'] as const).flatMap((eol) =>
      (["'", '"'] as const).map((quote): TextStyle => ({ indent: '\t', quote, eol })),
    );
    const texts: string[] = [];
    for (const [index, records] of lists.entries()) {
      const style = styles[index % styles.length] ?? usual;
      const text = await constantOf(
        records.map((record) => textUser(record)),
        style,
      );
      texts.push(text);
      const [[name, value], ...others] = (await evaluated(text)) as [[string, Json], ...unknown[]];
      assert.deepEqual(others, []);
      assert.equal(name, records.length === 1 ? 'user' : 'users');
      const expected: Json = records.length === 1 ? (records[0] ?? null) : [...records];
      assert.deepEqual(value, expected);
      assert.equal(exactJson(value), exactJson(expected), 'in the same order');
      assert.equal(text.replaceAll(/\r\n|\r|\n/g, style.eol), text);
      assert.doesNotMatch(text, /[\u0085\u2028-\u202e\u2066-\u2069]|\p{Surrogate}/u);
    }
    assert.deepEqual(problemsIn(texts), []);
  });

  it('compile where they are many', async () => {
    const many = Array.from({ length: 3000 }, (_, n) =>
      textUser({ id: `user_${n}`, email: n % 2 ? 'a@example.com' : null, [`field${n % 50}`]: [n] }),
    );
    assert.deepEqual(problemsIn([await constantOf(many)]), []);
  });

  it('would be refused if they were wrong', () => {
    assert.notDeepEqual(problemsIn(["export const user = { 'a': 'b }"]), []);
    assert.notDeepEqual(problemsIn(['export const user: string = { a: 1 };']), []);
  });

  it('mean the same where their lines are indented further', async () => {
    const text = await constantOf([textUser({ a: 'one\ntwo' }), textUser({})]);
    const [[, value] = ['', null]] = await evaluated(continuedWith('    ', text));
    assert.deepEqual(value, [{ a: 'one\ntwo' }, {}]);
  });
});
