import assert from 'node:assert/strict';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import * as faults from '../server/faults.ts';
import * as named from '../server/named.ts';
import {
  retryAfterForms,
  tooManyRequests,
  tooManyRequestsInBody,
  unavailable,
} from '../server/retryAfter.ts';
import { lost, right, server, useFresh, users } from './serverFaultsStage.ts';

describe('faults: answers', () => {
  useFresh();
  for (const status of faults.statuses) {
    it(`answer with ${status} and each kind of body`, async () => {
      for (const [name, body] of Object.entries(faults.errorBodies)) {
        if (name !== 'fiveMegabytes' || status === 500) {
          server.heal();
          server.fault(faults.respond(status, body));
          const answer = await users();
          assert.equal(answer.status, status);
          const sent = typeof body === 'string' ? body : JSON.stringify(body);
          assert.ok(answer.body.equals(Buffer.from(sent)), name);
        }
      }
    });
  }

  it('name the type of what they send', async () => {
    const typeOf = async (body: unknown) => {
      server.heal();
      server.fault(faults.respond(500, body));
      const { headers } = await users();
      return [headers['content-type'], headers['content-length']];
    };
    assert.deepEqual(await typeOf({}), ['application/json', '2']);
    assert.deepEqual(await typeOf('oh'), ['text/plain', '2']);
    assert.deepEqual(await typeOf('<p>'), ['text/html', '3']);
    assert.deepEqual(await typeOf(''), [undefined, undefined]);
  });

  it('send HTML with 200', async () => {
    server.fault(faults.htmlWith200);
    const { status, headers, body } = await users();
    assert.equal(status, 200);
    assert.match(headers['content-type'] ?? '', /^text\/html/);
    assert.match(body.toString(), /^<!doctype html>/);
  });

  it('redirect', async () => {
    server.fault(faults.redirect('http://127.0.0.1:9/x', 307));
    const { status, headers } = await users();
    assert.deepEqual([status, headers.location], [307, 'http://127.0.0.1:9/x']);
  });

  it('call the right JSON something else', async () => {
    server.fault(faults.contentType('text/plain'));
    const { headers, body } = await users();
    assert.equal(headers['content-type'], 'text/plain');
    assert.deepEqual(body, right.body);
  });

  it('take a header field away', async () => {
    server.fault(faults.contentType(''));
    assert.equal((await users()).headers['content-type'], undefined);
  });

  it('cut the JSON in half', async () => {
    server.fault(faults.truncatedJson);
    const { headers, body } = await users();
    assert.deepEqual(body, right.body.subarray(0, right.body.length >> 1));
    assert.equal(headers['content-length'], String(body.length));
    assert.throws(() => JSON.parse(body.toString()) as unknown);
  });

  it('send nothing with 200', async () => {
    server.fault(faults.empty200);
    const { status, body } = await users();
    assert.deepEqual([status, body.length], [200, 0]);
  });

  it('send another JSON', async () => {
    for (const value of [null, [], 'text', 7]) {
      server.heal();
      server.fault(faults.json(value));
      const { headers, body } = await users();
      assert.equal(body.toString(), JSON.stringify(value));
      assert.equal(headers['content-type'], right.headers['content-type']);
    }
  });

  it('compress', async () => {
    server.fault({ at: 1, times: 1, fault: faults.gzipped });
    const gzip = await users();
    assert.equal(gzip.headers['content-encoding'], 'gzip');
    assert.deepEqual(gunzipSync(gzip.body), right.body);
    server.fault(faults.brotli);
    const brotli = await users();
    assert.equal(brotli.headers['content-encoding'], 'br');
    assert.deepEqual(brotliDecompressSync(brotli.body), right.body);
  });

  it('break a gzip', async () => {
    for (const fault of [faults.brokenGzip, faults.falseGzip]) {
      server.heal();
      server.fault(fault);
      const { headers, body } = await users();
      assert.equal(headers['content-encoding'], 'gzip');
      assert.throws(() => gunzipSync(body));
    }
  });

  it('put a byte-order mark before the answer', async () => {
    server.fault(faults.byteOrderMark);
    const { body } = await users();
    assert.deepEqual(body, Buffer.concat([Buffer.of(0xef, 0xbb, 0xbf), right.body]));
  });

  it('put invalid UTF-8 into the answer', async () => {
    server.fault(faults.invalidUtf8);
    const { body } = await users();
    assert.equal(body.length, right.body.length + 2);
    assert.throws(() => new TextDecoder('utf-8', { fatal: true }).decode(body));
    assert.ok(JSON.parse(body.toString()));
  });

  it('follow one another, and stop when one has taken the exchange', async () => {
    server.fault(faults.all(faults.htmlWith200, faults.gzipped));
    assert.match(gunzipSync((await users()).body).toString(), /^<!doctype/);
    server.heal();
    const never = () => assert.fail('not reached');
    server.fault(faults.all(faults.resetBeforeHeaders, never));
    server.fault(never);
    await assert.rejects(users(), lost);
  });

  it('say when to come back, in every form', async () => {
    const now = Date.now();
    const forms = retryAfterForms(now);
    for (const form of Object.values(forms)) {
      server.heal();
      server.fault(tooManyRequests(form));
      const { status, headers } = await users();
      assert.deepEqual([status, headers['retry-after']], [429, form]);
    }
    assert.ok(Date.parse(forms['date'] ?? '') > now);
    assert.ok(Date.parse(forms['past'] ?? '') < now);
    assert.equal(forms['thirtyDays'], '2592000');
  });

  it('say when to come back in the body, or not at all', async () => {
    server.fault({ times: 1, fault: tooManyRequestsInBody('2026-01-01T00:00:00Z') });
    const { body } = await users();
    assert.match(body.toString(), /"retryAfter":"2026-01-01T00:00:00Z"/);
    server.fault({ times: 1, fault: tooManyRequests() });
    assert.equal((await users()).headers['retry-after'], undefined);
    server.fault({ times: 1, fault: unavailable('3') });
    assert.equal((await users()).status, 503);
  });

  it('leave right what is only odd', async () => {
    for (const fault of Object.values(named.harmlessOddities)) {
      server.heal();
      server.fault(fault);
      assert.equal((await users()).status, 200);
    }
  });
});
