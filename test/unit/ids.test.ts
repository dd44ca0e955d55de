import assert from 'node:assert/strict';
import fc from 'fast-check';
import { beginningAt, idAt, idsIn, namedAt, readNamed } from '../../src/language/ids.ts';
import { isReference } from '../../src/language/reference.ts';

const user = 'user_01J8Z3K5W7Q9X2M4N6P8R0S1T3';
const account = '9ecac364-4b63-5b61-9241-297345710d63';
const email = 'jane.doe@example.com';

const texts = (line: string) => idsIn(line).map(({ text }) => text);

describe('Ids in a line', () => {
  it('are found in code, JSON and prose, with where they stand', () => {
    const line = `const a = "${user}", b = '${account}';`;
    assert.deepEqual(idsIn(line), [
      { kind: 'user', text: user, from: 11, to: 11 + user.length },
      { kind: 'account', text: account, from: 50, to: 50 + account.length },
    ]);
    assert.deepEqual(texts(`/users/${user}?x`), [user]);
    assert.deepEqual(texts(`${user},${user}`), [user, user]);
    assert.deepEqual(texts(account.toUpperCase()), [account.toUpperCase()]);
  });

  const others = [
    'user_',
    'user_short',
    'user_id = 5; user_name',
    'user_settings = user_preferences',
    'my_user_01J8Z3K5W7',
    'user_01J8Z3K5W7_x',
    `user_${'x'.repeat(200)}`,
    'users_01J8Z3K5W7',
    `a${account}`,
    `${account}-1`,
    `${account}0`,
    account.replaceAll('-', ''),
    email,
    '',
  ];
  for (const line of others) {
    it(`are not seen in ${line.slice(0, 40) || 'an empty line'}`, () => {
      assert.deepEqual(idsIn(line), []);
    });
  }

  it('are looked for only at the beginning of a very long line, and never cut', () => {
    const padding = ' '.repeat(10_000 - user.length);
    assert.deepEqual(texts(`${' '.repeat(9000)}${user}${' '.repeat(5000)}`), [user]);
    assert.deepEqual(texts(padding + user), [user]);
    assert.deepEqual(texts(`${padding}${user} `), []);
    assert.deepEqual(texts(`${padding.slice(1)}${user} ${user}`), [user]);
    assert.deepEqual(texts(`${padding} ${user}`), []);
  });

  it('are the same wherever one points at them', () => {
    const gap = fc.string({
      unit: fc.constantFrom(' ', '"', ',', '(', '/', 'ü', '|'),
      minLength: 1,
    });
    const id = fc.oneof(fc.stringMatching(/^user_[0-9A-Z][0-9A-Za-z]{7,39}$/), fc.uuid());
    fc.assert(
      fc.property(fc.array(fc.tuple(gap, id), { maxLength: 5 }), gap, (parts, end) => {
        const line = parts.flat().join('') + end;
        const found = idsIn(line);
        assert.deepEqual(
          found.map(({ text }) => text),
          parts.map(([, text]) => text),
        );
        for (const one of found) {
          assert.equal(line.slice(one.from, one.to), one.text);
          for (const at of [one.from, one.from + 1, one.to]) assert.deepEqual(idAt(line, at), one);
        }
        for (let at = 0; at <= line.length; at++) {
          const there = found.find(({ from, to }) => from <= at && at <= to);
          assert.deepEqual(idAt(line, at), there);
        }
      }),
    );
  });

  it('are found at a place far out in a long line', () => {
    const line = `${'x '.repeat(50_000)}${user} ${'y '.repeat(50_000)}`;
    assert.deepEqual(idAt(line, 100_010), {
      kind: 'user',
      text: user,
      from: 100_000,
      to: 100_000 + user.length,
    });
    assert.equal(idAt(line, 99_000), undefined);
  });
});

describe('What is selected', () => {
  it('is an id or an email, whatever quotes and blanks are around it', () => {
    assert.deepEqual(readNamed(` "${user}"\t`)?.text, user);
    assert.equal(readNamed(`'${account}'`)?.kind, 'account');
    assert.deepEqual({ ...readNamed(`<${email}>`) }.kind, 'email');
    assert.equal(readNamed(`\`${user}\``)?.kind, 'user');
    for (const one of ['jürgen+x@bücher.example', "o'x@example.com".replace("'", '.')]) {
      assert.deepEqual([readNamed(one)?.kind, readNamed(one)?.text], ['email', one]);
    }
  });

  const others = [
    '',
    ' ',
    'jane',
    `${user} ${user}`,
    `id: ${user}`,
    `${user}\n`.repeat(2),
    'a@b',
    '@example.com',
    `${email},`,
    'x'.repeat(5000),
  ];
  for (const text of others) {
    it(`is neither where it says ${JSON.stringify(text.slice(0, 40))}`, () => {
      assert.equal(readNamed(text), undefined);
    });
  }

  it('may be an email with an id in it', () => {
    assert.equal(namedAt('to user_01J8Z3K5W7@example.com now', 6)?.kind, 'email');
    assert.equal(namedAt(`x ${user} y`, 5)?.text, user);
    assert.equal(namedAt(`x ${user} y`, 1), undefined);
  });
});

describe('The beginning of an id', () => {
  const at = (text: string) => {
    const character = text.indexOf('|');
    return beginningAt(text.replace('|', ''), character);
  };

  it('is what stands from user_ on, and all of the word is replaced', () => {
    assert.deepEqual(at('x = "user_|"'), { typed: 'user_', query: '', from: 5, to: 10 });
    assert.deepEqual(at('user_jane|'), { typed: 'user_jane', query: 'jane', from: 0, to: 9 });
    assert.deepEqual(at('user_ja|neX_1.y'), { typed: 'user_ja', query: 'ja', from: 0, to: 12 });
    assert.deepEqual(at('user_jane_doe|')?.query, 'jane doe');
    assert.deepEqual(at('user_Jürg|')?.query, 'Jürg');
  });

  it('may be that of an email, whose signs end a word', () => {
    const email = (text: string) => at(text)?.email;
    assert.deepEqual(at('"user_jane.d|x"'), {
      typed: 'user_jane.d',
      query: 'jane.d',
      email: 'jane.d',
      from: 1,
      to: 13,
    });
    assert.equal(email('user_jane.|'), 'jane.');
    assert.equal(email('user_jane_d+test@exa-mple.co|'), 'jane_d+test@exa-mple.co');
    assert.equal(email('user_jane|.doe'), undefined);
    assert.equal(at('user_jane. |'), undefined);
  });

  for (const text of [
    'user|_',
    '|user_',
    'user|',
    'my_user_x|',
    'üser_|',
    'üuser_|',
    'user_x |',
    'user_.|',
    '|',
  ]) {
    it(`is not at ${text}`, () => {
      assert.equal(at(text), undefined);
    });
  }
});

describe('A reference', () => {
  it('says which connection and which id, and nothing else', () => {
    assert.ok(isReference({ connection: 'c', id: 'i' }));
    for (const other of [
      undefined,
      null,
      'c',
      [],
      { connection: 'c' },
      { connection: 'c', id: 1 },
      { connection: 'c', id: 'i', record: {} },
      { kind: 'user', parent: {} },
    ]) {
      assert.ok(!isReference(other));
    }
  });
});
