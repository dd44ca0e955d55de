import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  checkLumaAddress,
  checkLuminaryAddress,
  nameOfHost,
  tokenUrlFor,
} from '../../src/api/address.ts';
import type { AddressProblem, CheckedAddress } from '../../src/api/address.ts';

const problemOf = (checked: CheckedAddress) => (checked.ok ? undefined : checked.problem);

const good = (address: string, host: string, foreign = false): CheckedAddress => ({
  ok: true,
  address,
  host,
  foreign,
});

const acme = good('https://acme.withluminary.com/api/public/v1', 'acme.withluminary.com');

describe('checkLuminaryAddress', () => {
  it('takes a subdomain in whatever way a person gives it', () => {
    for (const text of [
      'acme',
      ' ACME ',
      'acme.withluminary.com',
      'Acme.WithLuminary.com/',
      'acme.withluminary.com//',
      '\u{a0}https://acme.withluminary.com\u{feff}',
      'https://acme.withluminary.com',
      'https://acme.withluminary.com/',
      'HTTPS://ACME.withluminary.com',
      'https://acme.withluminary.com:443/',
      'https://acme.withluminary.com/api/public/v1',
      'https://acme.withluminary.com/api/public/v1//',
    ]) {
      assert.deepEqual(checkLuminaryAddress(text), acme, text);
    }
    for (const name of ['a', 'a1', '1a', 'a-b', 'a--b', 'x'.repeat(63)]) {
      const host = `${name}.withluminary.com`;
      assert.deepEqual(checkLuminaryAddress(name), good(`https://${host}/api/public/v1`, host));
    }
  });

  it('says what is wrong', () => {
    const problems: [string, AddressProblem][] = [
      ['', 'empty'],
      ['   ', 'empty'],
      ['evil.example/x?', 'badSubdomain'],
      ['evil.example', 'badSubdomain'],
      ['-acme', 'badSubdomain'],
      ['acme-', 'badSubdomain'],
      ['a_b', 'badSubdomain'],
      ['a b', 'badSubdomain'],
      ['äcme', 'badSubdomain'],
      ['x'.repeat(64), 'badSubdomain'],
      ['acme@evil.example', 'badSubdomain'],
      ['acme#.withluminary.com', 'badSubdomain'],
      ['evil.example/.withluminary.com', 'badSubdomain'],
      ['evil.example\\.withluminary.com', 'badSubdomain'],
      ['user@evil.withluminary.com', 'badSubdomain'],
      ['http://acme.withluminary.com', 'notSecure'],
      ['http://example.com', 'notSecure'],
      ['http://127.0.0.1.example.com', 'notSecure'],
      ['http://localhost.example.com', 'notSecure'],
      ['http://192.168.0.1', 'notSecure'],
      ['http://[::2]', 'notSecure'],
      ['ftp://acme.withluminary.com', 'notAnAddress'],
      ['javascript://acme.withluminary.com', 'notAnAddress'],
      ['file:///etc/passwd', 'notAnAddress'],
      ['https://', 'notAnAddress'],
      ['https://a b.example.com', 'notAnAddress'],
      ['a b.withluminary.com', 'notAnAddress'],
      ['https://jane@acme.withluminary.com', 'hasExtras'],
      ['https://acme.withluminary.com:secret@evil.example', 'hasExtras'],
      ['https://acme.withluminary.com?x=1', 'hasExtras'],
      ['https://acme.withluminary.com#x', 'hasExtras'],
    ];
    for (const [text, problem] of problems) {
      assert.equal(problemOf(checkLuminaryAddress(text)), problem, text);
    }
  });

  it('takes this machine, with and without TLS, as no stranger', () => {
    for (const origin of [
      'http://127.0.0.1:8080',
      'http://127.9.9.9',
      'http://localhost:3000',
      'http://[::1]:3000',
      'https://localhost',
    ]) {
      const { host } = new URL(origin);
      assert.deepEqual(checkLuminaryAddress(origin), good(`${origin}/api/public/v1`, host));
    }
  });

  it('takes any other host by https, and flags it', () => {
    for (const [text, host] of [
      ['https://gateway.example.com', 'gateway.example.com'],
      ['https://acme.withluminary.com:8443', 'acme.withluminary.com:8443'],
      ['https://a.b.withluminary.com', 'a.b.withluminary.com'],
      ['https://withluminary.com', 'withluminary.com'],
      ['https://acme.withluminary.com.evil.example', 'acme.withluminary.com.evil.example'],
      ['https://evilwithluminary.com', 'evilwithluminary.com'],
      ['https://acme.withluminary.com.', 'acme.withluminary.com.'],
    ] as const) {
      assert.deepEqual(
        checkLuminaryAddress(text),
        good(`https://${host}/api/public/v1`, host, true),
        text,
      );
    }
    assert.deepEqual(
      checkLuminaryAddress('https://gateway.example.com/Luminary/v1/'),
      good('https://gateway.example.com/Luminary/v1', 'gateway.example.com', true),
    );
  });
});

describe('checkLumaAddress', () => {
  it('takes useapi.net where nothing is given', () => {
    const useapi = good('https://api.useapi.net/v1/luma', 'api.useapi.net');
    for (const text of ['', ' ', 'https://api.useapi.net', 'https://API.useapi.net/v1/luma/']) {
      assert.deepEqual(checkLumaAddress(text), useapi, text);
    }
  });

  it('takes this machine, and flags all others', () => {
    assert.deepEqual(
      checkLumaAddress('http://127.0.0.1:1'),
      good('http://127.0.0.1:1/v1/luma', '127.0.0.1:1'),
    );
    for (const host of ['useapi.net', 'api.useapi.net:8443', 'api.useapi.net.evil.example']) {
      assert.deepEqual(
        checkLumaAddress(`https://${host}`),
        good(`https://${host}/v1/luma`, host, true),
      );
    }
  });

  it('says what is wrong', () => {
    for (const [text, problem] of [
      ['api.useapi.net', 'notAnAddress'],
      ['http://api.useapi.net', 'notSecure'],
      ['https://api.useapi.net/?token=x', 'hasExtras'],
      ['https://x:y@api.useapi.net/', 'hasExtras'],
      ['https://:y@api.useapi.net/', 'hasExtras'],
      ['ftp://api.useapi.net/', 'notAnAddress'],
    ] as const) {
      assert.equal(problemOf(checkLumaAddress(text)), problem, text);
    }
  });
});

describe('tokenUrlFor', () => {
  it('is Luminary’s own for its tenants, and else at the same origin', () => {
    const own = 'https://auth.withluminary.com/oauth2/token';
    for (const [address, expected] of [
      ['https://acme.withluminary.com/api/public/v1', own],
      ['http://127.0.0.1:8080/api/public/v1', 'http://127.0.0.1:8080/oauth2/token'],
      ['https://gateway.example.com/x', 'https://gateway.example.com/oauth2/token'],
      ['https://acme.withluminary.com:8443/x', 'https://acme.withluminary.com:8443/oauth2/token'],
      ['https://a.b.withluminary.com/x', 'https://a.b.withluminary.com/oauth2/token'],
      ['http://acme.withluminary.com/x', 'http://acme.withluminary.com/oauth2/token'],
    ] as const) {
      assert.equal(tokenUrlFor(address), expected);
    }
  });
});

describe('nameOfHost', () => {
  it('is the subdomain, or else the host', () => {
    assert.equal(nameOfHost('https://acme.withluminary.com/api/public/v1'), 'acme');
    assert.equal(nameOfHost('http://127.0.0.1:8080/v1/luma'), '127.0.0.1:8080');
    assert.equal(nameOfHost('https://api.useapi.net/v1/luma'), 'api.useapi.net');
  });
});

describe('addresses: whatever a person types', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...['https://', 'http://', 'acme', '.withluminary.com', 'api.useapi.net', 'evil.example'],
      ...['localhost', '127.0.0.1', '[::1]', '@', ':', '/', '\\', '?', '#', '.', '%2f', '%00'],
      ...['\t', '\n', ' ', '。', 'ａ', ':443', ':8443', '0x7f.1', '..', '-', 'xn--'],
    ),
    fc.string({ maxLength: 3 }),
  );
  const typed = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));

  it('a credential only goes to the service, to this machine, or to a host that is flagged', () => {
    fc.assert(
      fc.property(typed, fc.boolean(), (text, luma) => {
        const checked = luma ? checkLumaAddress(text) : checkLuminaryAddress(text);
        if (!checked.ok) return;
        // What is really asked, as the network reads it.
        for (const asked of [
          `${checked.address}/users?limit=1`,
          ...(luma ? [] : [tokenUrlFor(checked.address)]),
        ]) {
          const url = new URL(asked);
          const local = /^(localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(url.hostname);
          const own = luma
            ? url.host === 'api.useapi.net'
            : /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.withluminary\.com$/.test(url.host);
          assert.ok(local || url.protocol === 'https:', 'nothing goes out in the clear');
          assert.ok(local || own || checked.foreign, 'a stranger is flagged');
          assert.ok(!checked.foreign || url.host === checked.host, 'a stranger is named');
          assert.equal(url.username + url.password, '');
        }
        assert.ok(!checked.address.endsWith('/'));
        assert.deepEqual(
          luma ? checkLumaAddress(checked.address) : checkLuminaryAddress(checked.address),
          checked,
          'what was stored is still good',
        );
      }),
      { numRuns: 3000 },
    );
  });
});
