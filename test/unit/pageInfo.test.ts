import assert from 'node:assert/strict';
import diagnostics from 'node:diagnostics_channel';
import fc from 'fast-check';
import { LuminaryClient } from '../../src/api/luminary.ts';
import { pageInfoAtEnd, pageInfoOf } from '../../src/api/pageInfo.ts';
import type { JsonObject } from '../../src/http/json.ts';
import { FixedToken } from '../../src/http/oauth.ts';
import { UndiciTransport } from '../../src/http/undici.ts';
import { startServer } from '../server/server.ts';

const info = {
  has_next_page: true,
  has_previous_page: false,
  start_cursor: 'MQ==',
  end_cursor: 'MTA=',
};

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

function atEndOf(answer: unknown): ReturnType<typeof pageInfoAtEnd> {
  return pageInfoAtEnd(bytes(JSON.stringify(answer)));
}

describe('The page info at the end of an answer', () => {
  it('is found without the rest, whatever follows it', () => {
    const expected = pageInfoOf({ page_info: info });
    assert.equal(expected?.endCursor, 'MTA=');
    const data = [{ id: 'user_1', first_name: 'Jürgen' }];
    assert.deepEqual(atEndOf({ object: 'list', data, page_info: info }), expected);
    assert.deepEqual(atEndOf({ data, page_info: info, total_count: 7 }), expected);
    const rest = ',"page_info":' + JSON.stringify(info, undefined, 2) + ' }\n';
    assert.deepEqual(pageInfoAtEnd(bytes('anything' + rest)), expected);
  });

  it('is not what a record calls so', () => {
    assert.equal(
      atEndOf({ page_info: info, data: [{ id: 'user_1', page_info: info }] }),
      undefined,
    );
    assert.equal(atEndOf([{ page_info: info }]), undefined);
    assert.equal(atEndOf({ data: { page_info: info } }), undefined);
    const named = {
      page_info: info,
      data: [{ first_name: '"page_info":{"has_next_page":true}}' }],
    };
    assert.equal(atEndOf(named)?.endCursor, 'MTA=');
    assert.equal(atEndOf({ data: [], called: 'page_info' }), undefined);
  });

  it('is not looked for far from the end, and is none where it can’t be read', () => {
    assert.equal(atEndOf({ page_info: info, data: 'x'.repeat(5000) }), undefined);
    assert.equal(atEndOf({ page_info: { has_next_page: 'yes' } }), undefined);
    assert.equal(pageInfoAtEnd(bytes('{"page_info":{"has_next_page":true')), undefined);
    assert.equal(pageInfoAtEnd(bytes('')), undefined);
  });

  it('is that of the whole answer, if any is found', () => {
    const key = fc.constantFrom('data', 'page_info', 'total_count', 'x"', '__proto__');
    const { json } = fc.letrec<{ json: unknown }>((tie) => ({
      json: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        fc.constantFrom(
          info,
          { has_next_page: false },
          'page_info',
          '"page_info":{',
          '\\',
          1,
          null,
        ),
        fc.array(tie('json'), { maxLength: 3 }),
        fc.dictionary(key, tie('json'), { maxKeys: 3 }),
      ),
    }));
    const fields = fc.dictionary(key, json, { maxKeys: 3 });
    let found = 0;
    fc.assert(
      fc.property(fields, fields, fc.nat({ max: 2 }), (before, after, space) => {
        const text = JSON.stringify({ ...before, page_info: info, ...after }, undefined, space);
        const early = pageInfoAtEnd(bytes(text));
        if (early === undefined) return;
        found++;
        assert.deepEqual(early, pageInfoOf(JSON.parse(text) as JsonObject));
      }),
      { numRuns: 1000 },
    );
    assert.ok(found > 100, `${found} found`);
  });
});

describe('LuminaryClient', () => {
  it('lets a request leave that is made when an answer arrives, before it reads that', async () => {
    const server = await startServer({ users: 250 });
    const network = new UndiciTransport({ timeLimit: () => 5000 });
    const tokens = new FixedToken(server.tokens.luminary);
    const client = new LuminaryClient(network, server.luminaryAddress, tokens);
    const events: string[] = [];
    const sent = () => events.push('sent');
    diagnostics.subscribe('undici:client:sendHeaders', sent);
    try {
      let second: Promise<unknown> | undefined;
      await client.users({ limit: 100 }, undefined, (at) => {
        events.push('arrived');
        second = client.users({ limit: 100, after: at.endCursor });
      });
      events.push('read');
      await second;
      assert.deepEqual(events, ['sent', 'arrived', 'sent', 'read']);
    } finally {
      diagnostics.unsubscribe('undici:client:sendHeaders', sent);
      await network.close();
      await server.close();
    }
  });
});
