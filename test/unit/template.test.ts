import assert from 'node:assert/strict';
import { recordText } from '../../src/model/formats/recordText.ts';
import { namesIn, readTemplates, templateFormat } from '../../src/model/formats/template.ts';
import type { Contents } from '../../src/model/formats/textFormats.ts';
import { unknownNamesText } from '../../src/commands/templateNames.ts';
import { textAccount, textUser } from './anyRecord.ts';

const jane = textUser(
  JSON.parse(
    '{"id":"user_1","email":" jane.doe@example.com ","first_name":"Jane","last_name":" Doe","tags":["a"],"score":-0,"none":null,"__proto__":"own","a b":"spaced"}',
  ) as never,
  'user_1',
);

function filled(template: string, record = jane): string {
  return templateFormat(template, '\n').text(record);
}

describe('A template', () => {
  it('is filled with what a record has', () => {
    assert.equal(
      filled('${name} <${email}> is ${id}, ${first_name}'),
      'Jane Doe <jane.doe@example.com> is user_1, Jane',
    );
    assert.equal(filled('${tags}|${score}|${none}|${missing}|'), '["a"]|-0|||');
    assert.equal(filled('${__proto__} ${ a b } ${toString}'), 'own spaced ');
    assert.deepEqual(JSON.parse(filled('${json}')), jane.record);
    assert.equal(filled('${json}').split('\n').length, 1);
  });

  it('is filled with what an account has', () => {
    const account = { ...textAccount({ email: 'a@example.com', executing: 2 }), id: '9-8' };
    assert.equal(
      filled('${id} ${email} ${executing} (${name})', account),
      '9-8 a@example.com 2 ()',
    );
  });

  it('has a way to write the sign itself, and leaves other signs alone', () => {
    assert.equal(filled('$${id} $$${id} $id {id} ${id $', jane), '${id} $${id} $id {id} ${id $');
    assert.deepEqual(namesIn('$${id} ${email} ${ name } ${email} ${} $x'), ['email', 'name', '']);
  });

  it('never fills in what a record has filled in', () => {
    assert.equal(filled('${first_name}', textUser({ first_name: '${id} $& $1' })), '${id} $& $1');
  });

  it('has the line ends of the editor, and stands on lines of its own', async () => {
    const format = templateFormat('a\n${id}\r\nb', '\r\n');
    const text = await recordText([jane, textUser({}, 'user_2')], format);
    assert.equal(text, 'a\r\nuser_1\r\nb\r\na\r\nuser_2\r\nb');
  });

  it('with a name that nothing has says so, with those that can be used', () => {
    const contents: Contents = { many: false, service: 'luminary', fields: ['id', 'tags'] };
    const text = (template: string, more: Partial<Contents> = {}) =>
      unknownNamesText({ name: 'mine', template }, { ...contents, ...more });
    assert.equal(text('${id} ${json} ${last_name} ${tags}'), undefined);
    assert.equal(text('${user_id}'), undefined, 'what an account would have');
    assert.equal(
      text('${firstName} ${id} ${}'),
      'The template “mine” uses ${firstName}, ${}, which nothing here has. It can use id, email, name, json, first_name, last_name, created_at, updated_at, tags.',
    );
    const many = Array.from({ length: 100 }, (_, n) => `field${n}`);
    assert.match(text('${x}', { fields: many }) ?? '', /field20, field21, …\.$/);
    assert.match(text('${x}', { service: 'luma' }) ?? '', /concurrency/);
    const hostile = text('${x}', { fields: ['[y](command:z)', 'a\u2028b', '$(icon)'] });
    assert.match(hostile ?? '', /\[y\] \(command:z\), a b, \$ \(icon\)/);
  });
});

describe('The setting for templates', () => {
  it('gives those that are right, and the numbers of those that are not', () => {
    const right = { name: ' mail ', template: '' };
    assert.deepEqual(readTemplates([right, { name: 'b', template: '${id}', more: 1 }]), {
      templates: [
        { name: 'mail', template: '' },
        { name: 'b', template: '${id}' },
      ],
      wrong: [],
    });
    const wrong: unknown[] = [null, 7, 'x', [], {}, { name: 'a' }, { name: ' ', template: '' }];
    wrong.push({ name: 1, template: '' }, { name: 'a', template: null });
    assert.deepEqual(
      readTemplates([right, ...wrong, right]).wrong,
      wrong.map((_, index) => index + 2),
    );
  });

  it('may be anything at all', () => {
    for (const none of [undefined, null, []]) {
      assert.deepEqual(readTemplates(none), { templates: [], wrong: [] });
    }
    for (const wrong of [1, 'text', true, {}]) assert.deepEqual(readTemplates(wrong).wrong, [1]);
  });
});
