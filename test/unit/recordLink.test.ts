import assert from 'node:assert/strict';
import fc from 'fast-check';
import { SAMPLE, canBeLinked, linkText, readLink } from '../../src/model/recordLink.ts';
import type { LinkProblem, RecordLink } from '../../src/model/recordLink.ts';

const acme = 'https://acme.withluminary.com/api/public/v1';
const start = 'vscode://luma-luminary.luma-luminary-explorer';

/** The parts of a link as the editor's Uri gives them. */
function partsOf(text: string) {
  const match = /^([^:]*):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?/.exec(text);
  const [, scheme = '', authority = '', path = '', query = ''] = match ?? [];
  return { scheme, authority, path: decodeURIComponent(path), query: decodeURIComponent(query) };
}

function read(text: string) {
  return readLink(partsOf(text));
}

describe('A link to a record', () => {
  it('holds an address without its usual path, and an id', () => {
    assert.equal(
      linkText('vscode', { kind: 'user', address: acme, id: 'user_1' }),
      `${start}/user?address=https%3A%2F%2Facme.withluminary.com&id=user_1`,
    );
    assert.equal(
      linkText('code-oss', {
        kind: 'account',
        address: 'https://api.useapi.net/v1/luma',
        id: '9ecac364-0000-4000-8000-000000000001',
      }),
      'code-oss://luma-luminary.luma-luminary-explorer/account?address=https%3A%2F%2Fapi.useapi.net&id=9ecac364-0000-4000-8000-000000000001',
    );
  });

  it('is read as it was written', () => {
    const addresses = [acme, 'http://127.0.0.1:8080/other/path', 'https://x.example:444/a', SAMPLE];
    fc.assert(
      fc.property(
        fc.constantFrom('user' as const, 'account' as const),
        fc.constantFrom(...addresses),
        fc.stringMatching(/^[A-Za-z0-9][\w.~-]{0,127}$/),
        (kind, address, id) => {
          const link: RecordLink = { kind, address, id };
          assert.deepEqual(read(linkText('code-oss', link)), { ok: true, link });
        },
      ),
    );
  });

  it('may be of any editor', () => {
    const link: RecordLink = { kind: 'user', address: acme, id: 'user_1' };
    for (const scheme of ['vscode', 'vscode-insiders', 'vscodium', 'cursor', 'code-oss']) {
      assert.deepEqual(read(linkText(scheme, link)), { ok: true, link });
    }
  });

  it('passes over what else stands in it', () => {
    const text = `${start}/user?token=secret&id=user_1&x&address=HTTPS://ACME.withluminary.com/&redirect=y#z`;
    const link: RecordLink = { kind: 'user', address: acme, id: 'user_1' };
    assert.deepEqual(read(text), { ok: true, link });
  });

  const good = `address=https%3A%2F%2Facme.withluminary.com`;
  const bad: readonly [string, string, LinkProblem][] = [
    ['a file', `file://luma-luminary.luma-luminary-explorer/user?${good}&id=a`, 'notALink'],
    ['a host', `https://luma-luminary.luma-luminary-explorer/user?${good}&id=a`, 'notALink'],
    ['another extension', `vscode://evil.extension/user?${good}&id=a`, 'notALink'],
    ['another path', `${start}/page?${good}&id=a`, 'notALink'],
    ['a longer path', `${start}/user/x?${good}&id=a`, 'notALink'],
    ['no path', `${start}?${good}&id=a`, 'notALink'],
    ['an inherited path', `${start}/__proto__?${good}&id=a`, 'notALink'],
    ['nothing', '', 'notALink'],
    ['no query', `${start}/user`, 'incomplete'],
    ['no id', `${start}/user?${good}`, 'incomplete'],
    ['no address', `${start}/user?id=a`, 'incomplete'],
    ['two ids', `${start}/user?${good}&id=a&id=b`, 'doubled'],
    ['two ids, one of them hidden', `${start}/user?${good}&id=a%26id%3Db`, 'doubled'],
    ['two addresses', `${start}/user?${good}&${good}&id=a`, 'doubled'],
    ['an empty id', `${start}/user?${good}&id=`, 'badId'],
    ['an email', `${start}/user?${good}&id=jane.doe%40example.com`, 'badId'],
    ['dots', `${start}/user?${good}&id=..`, 'badId'],
    ['a path for an id', `${start}/user?${good}&id=..%2Faccounts`, 'badId'],
    ['a line break', `${start}/user?${good}&id=a%0Ab`, 'badId'],
    ['a command', `${start}/user?${good}&id=[x](command:y)`, 'badId'],
    ['10,000 characters', `${start}/user?${good}&id=${'a'.repeat(10_000)}`, 'badId'],
    ['no web address', `${start}/user?address=file:///etc/passwd&id=a`, 'badAddress'],
    ['a script', `${start}/user?address=javascript:alert(1)&id=a`, 'badAddress'],
    ['a bare name', `${start}/user?address=acme&id=a`, 'badAddress'],
    ['plain HTTP', `${start}/user?address=http://acme.withluminary.com&id=a`, 'badAddress'],
    ['a password', `${start}/user?address=https://a:b@acme.withluminary.com&id=a`, 'badAddress'],
    [
      'a long address',
      `${start}/user?address=https://acme.withluminary.com/${'a'.repeat(300)}&id=a`,
      'badAddress',
    ],
  ];
  for (const [what, text, problem] of bad) {
    it(`is none with ${what}`, () => {
      assert.deepEqual(read(text), { ok: false, problem });
    });
  }

  it('leads to the sample data by a word of its own', () => {
    const link: RecordLink = { kind: 'user', address: SAMPLE, id: 'user_1' };
    assert.equal(linkText('vscode', link), `${start}/user?address=sample&id=user_1`);
    const real = read(`${start}/user?address=https://sample.withluminary.com&id=user_1`);
    assert.ok(real.ok && real.link.address !== SAMPLE);
  });

  it('never throws, whatever it is', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (path, query, more) => {
        const parts = { scheme: 'vscode', authority: 'luma-luminary.luma-luminary-explorer' };
        readLink({ ...parts, path, query });
        const result = readLink({ ...parts, path: '/user', query: `${query}&id=${more}` });
        assert.ok(!result.ok || canBeLinked(result.link.id));
      }),
    );
  });
});
