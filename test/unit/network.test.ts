import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isLoopback, planNetwork } from '../../src/http/network.ts';
import type { Environment, HttpSettings, ProxyPlan } from '../../src/http/network.ts';

const proxy = 'http://proxy.example.com:3128/';
const other = 'http://other.example.com:8080/';

function some(more: Partial<ProxyPlan & { kind: 'some' }>): ProxyPlan {
  return {
    kind: 'some',
    source: 'http.proxy',
    httpProxy: proxy,
    httpsProxy: proxy,
    noProxy: '',
    authorization: undefined,
    strict: true,
    ...more,
  };
}

const none: ProxyPlan = { kind: 'none' };
const unusable = (source: string): ProxyPlan => ({ kind: 'unusable', source });

describe('The way out', () => {
  const cases: readonly [string, HttpSettings, Environment, ProxyPlan][] = [
    ['nothing set', {}, {}, none],
    ['empty settings and variables', { proxy: ' ' }, { HTTPS_PROXY: '' }, none],
    ['a setting of a wrong type', { proxy: 5, noProxy: 'x' }, {}, none],
    ['http.proxy', { proxy }, {}, some({})],
    ['http.proxy before the environment', { proxy }, { HTTPS_PROXY: other }, some({})],
    ['http.proxy, but off', { proxy, proxySupport: 'off' }, { HTTPS_PROXY: other }, none],
    ['a broken http.proxy, but off', { proxy: '::', proxySupport: 'off' }, {}, none],
    ['http.proxy as fallback', { proxy, proxySupport: 'fallback' }, {}, some({})],
    [
      'HTTP_PROXY, which is for https too',
      {},
      { HTTP_PROXY: proxy },
      some({ source: 'HTTP_PROXY' }),
    ],
    [
      'https_proxy alone',
      {},
      { https_proxy: proxy },
      some({ source: 'https_proxy', httpProxy: '' }),
    ],
    [
      'one for each',
      {},
      { http_proxy: proxy, HTTPS_PROXY: other },
      some({ source: 'HTTPS_PROXY', httpsProxy: other }),
    ],
    [
      'lower case before upper',
      {},
      { http_proxy: proxy, HTTP_PROXY: other },
      some({ source: 'http_proxy' }),
    ],
    [
      'an empty lower case',
      {},
      { http_proxy: '', HTTP_PROXY: proxy },
      some({ source: 'HTTP_PROXY' }),
    ],
    [
      'no scheme',
      {},
      { HTTPS_PROXY: 'proxy.example.com:3128', HTTP_PROXY: proxy },
      some({ source: 'HTTPS_PROXY' }),
    ],
    [
      'TLS to the proxy',
      { proxy: 'https://proxy.example.com' },
      {},
      some({
        httpProxy: 'https://proxy.example.com/',
        httpsProxy: 'https://proxy.example.com/',
      }),
    ],
    ['strict off', { proxy, proxyStrictSSL: false }, {}, some({ strict: false })],
    [
      'http.noProxy before NO_PROXY',
      { proxy, noProxy: ['a.example.com', 5, ' ', '.b.example.com'] },
      { NO_PROXY: 'c.example.com' },
      some({ noProxy: 'a.example.com,.b.example.com' }),
    ],
    [
      'an empty http.noProxy',
      { proxy, noProxy: [] },
      { no_proxy: 'c.example.com' },
      some({ noProxy: 'c.example.com' }),
    ],
    [
      'an authorization',
      { proxy, proxyAuthorization: 'Basic eDp5' },
      {},
      some({ authorization: 'Basic eDp5' }),
    ],
    ['no authorization', { proxy, proxyAuthorization: null }, {}, some({})],
    [
      'an authorization of two lines',
      { proxy, proxyAuthorization: 'Basic x\r\nx-other: y' },
      {},
      unusable('http.proxyAuthorization'),
    ],
    ['no address', { proxy: 'http://' }, {}, unusable('http.proxy')],
    ['a port that is none', { proxy: 'http://proxy:99999' }, {}, unusable('http.proxy')],
    ['SOCKS', { proxy: 'socks5://proxy:1080' }, {}, unusable('http.proxy')],
    ['a PAC file', { proxy: 'http://proxy/proxy.pac' }, {}, unusable('http.proxy')],
    ['a hash in the password', { proxy: 'http://u:1#2@proxy:80' }, {}, unusable('http.proxy')],
    ['a broken variable', {}, { https_proxy: 'a b' }, unusable('https_proxy')],
    ['another', {}, { HTTPS_PROXY: proxy, HTTP_PROXY: 'a b' }, unusable('HTTP_PROXY')],
  ];
  for (const [name, settings, environment, expected] of cases) {
    it(`with ${name}`, () => {
      assert.deepEqual(planNetwork(settings, environment).proxy, expected);
    });
  }

  it('trusts the system unless told otherwise', () => {
    for (const systemCertificates of [undefined, true, null, 'x']) {
      assert.equal(planNetwork({ systemCertificates }, {}).systemCertificates, true);
    }
    assert.equal(planNetwork({ systemCertificates: false }, {}).systemCertificates, false);
  });

  it('is told whatever stands in settings and environment, and then holds to its promises', () => {
    // fast-check's own `binary` and web addresses first map all characters there are: seconds.
    const character = fc
      .integer({ min: 0, max: 0x10ffff })
      .map((code) => String.fromCodePoint(code));
    const address = fc
      .tuple(fc.constantFrom('http', 'https', 'socks5'), fc.domain(), fc.nat(65_535), fc.string())
      .map(([scheme, host, port, path]) => `${scheme}://${host}:${port}/${path}`);
    const text = fc.oneof(
      fc.array(character).map((characters) => characters.join('')),
      address,
      address.map((text) => text.replace(/\/[^/]*$/, '')),
      fc.string().map((part) => `http://user:${part}@proxy.example.com:3128`),
    );
    const settings = fc.record({
      proxy: fc.oneof(text, fc.anything()),
      noProxy: fc.oneof(fc.array(fc.anything()), fc.anything()),
      proxySupport: fc.oneof(fc.constantFrom('on', 'off'), fc.anything()),
      proxyAuthorization: fc.oneof(text, fc.anything()),
    });
    const environment = fc.dictionary(
      fc.constantFrom('http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY', 'no_proxy'),
      text,
    );
    fc.assert(
      fc.property(settings, environment, (given, variables) => {
        const plan = planNetwork(given, variables).proxy;
        if (plan.kind !== 'some') return;
        assert.notEqual(plan.httpsProxy, '');
        for (const address of [plan.httpProxy, plan.httpsProxy].filter((part) => part !== '')) {
          const url = new URL(address);
          assert.match(url.protocol, /^https?:$/);
          assert.equal(url.href, address);
          decodeURIComponent(url.username + url.password);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps credentials as they were meant', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(word, word, (user, password) => {
        const credentials = `${encodeURIComponent(user)}:${encodeURIComponent(password)}`;
        const plan = planNetwork({ proxy: `http://${credentials}@proxy.example.com` }, {}).proxy;
        assert.ok(plan.kind === 'some');
        const url = new URL(plan.httpsProxy);
        assert.equal(decodeURIComponent(url.username), user);
        assert.equal(decodeURIComponent(url.password), password);
      }),
    );
  });

  it('takes a password with a lone percent sign', () => {
    const plan = planNetwork({ proxy: 'http://user:100%@proxy.example.com' }, {}).proxy;
    assert.ok(plan.kind === 'some');
    assert.equal(decodeURIComponent(new URL(plan.httpsProxy).password), '100%');
  });
});

describe('This machine', () => {
  it('is known by its names', () => {
    const hosts: Readonly<Record<string, boolean>> = {
      localhost: true,
      '127.0.0.1': true,
      '127.8.9.10': true,
      '127.1': true,
      '2130706433': true,
      '[::1]': true,
      'localhost.example.com': false,
      '127.0.0.1.example.com': false,
      '128.0.0.1': false,
      '[::2]': false,
      '0.0.0.0': false,
    };
    for (const [host, local] of Object.entries(hosts)) {
      assert.equal(isLoopback(new URL(`http://${host}/`).hostname), local, host);
    }
  });
});
