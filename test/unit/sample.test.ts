import assert from 'node:assert/strict';
import type { HttpResponse } from '../../src/http/transport.ts';
import { isServiceError } from '../../src/http/errors.ts';
import { personAt, positionOf } from '../../src/sample/people.ts';
import {
  SAMPLE_LUMA_ADDRESS,
  SAMPLE_LUMA_TOKEN,
  SAMPLE_LUMINARY_ADDRESS,
  SAMPLE_LUMINARY_TOKEN,
  sampleTransport,
} from '../../src/sample/transport.ts';

type Json = Readonly<Record<string, unknown>>;

interface Page {
  readonly data: readonly (Json & { readonly id: string })[];
  readonly page_info: Json;
  readonly total_count: number;
}

const now = Date.UTC(2026, 2, 1, 12, 0, 0);
const transport = sampleTransport({ now: () => now, delayMs: 0 });

function get(url: string, token: string, signal?: AbortSignal): Promise<HttpResponse> {
  const headers = { authorization: `Bearer ${token}` };
  return transport.send({
    method: 'GET',
    url,
    template: '/',
    headers,
    ...(signal !== undefined && { signal }),
  });
}

const luma = (path: string, token = SAMPLE_LUMA_TOKEN) => get(SAMPLE_LUMA_ADDRESS + path, token);
const luminary = (path: string, token = SAMPLE_LUMINARY_TOKEN) =>
  get(SAMPLE_LUMINARY_ADDRESS + path, token);

function contentOf({ body }: HttpResponse): unknown {
  return JSON.parse(new TextDecoder().decode(body));
}

async function page(query: Readonly<Record<string, string>> = {}): Promise<Page> {
  const response = await luminary(`/users?${new URLSearchParams(query).toString()}`);
  assert.equal(response.status, 200);
  return contentOf(response) as Page;
}

describe('sample people', () => {
  const people = Array.from({ length: 2500 }, (_, index) => personAt(index));

  it('are the same each time', () => {
    assert.deepEqual(personAt(1234), people[1234]);
  });

  it('have ids that are unique, look like ULIDs and ascend with the time', () => {
    const ids = people.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    assert.deepEqual(ids.toSorted(), ids);
    for (const id of ids) {
      assert.match(id, /^user_[0-9A-HJKMNP-TV-Z]{26}$/);
    }
  });

  it('have plausible times', () => {
    for (const { created_at, updated_at } of people) {
      assert.match(created_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
      assert.ok(Date.parse(updated_at) >= Date.parse(created_at));
      assert.ok(Date.parse(updated_at) < Date.UTC(2025, 10, 1));
    }
  });

  it('have one email each, at domains that belong to nobody', () => {
    assert.equal(new Set(people.map(({ email }) => email)).size, people.length);
    for (const { email } of people) {
      assert.match(email, /^[a-z.]+\d+@example\.(com|org|net)$/);
    }
  });

  it('have names of many kinds, empty ones among them', () => {
    const names = people.map((person) => `${person.first_name} ${person.last_name}`);
    assert.ok(new Set(names).size > 400);
    for (const part of ['Łukasz', 'Straße', 'ليلى', '明美', 'Дмитрий', 'Null']) {
      assert.ok(
        names.some((name) => name.includes(part)),
        part,
      );
    }
    assert.ok(names.includes(' '));
  });

  it('have a field now and then that nobody knows', () => {
    const extra = people.filter((person) => Object.keys(person).length > 6);
    assert.ok(extra.length > 0 && extra.length < 10);
  });

  it('are found by id', () => {
    for (const index of [0, 1, 2499, 999_999]) {
      assert.equal(positionOf(personAt(index).id), index);
      assert.equal(positionOf(personAt(index, 60).id, 60), index);
    }
    assert.equal(positionOf('user_01ARZ3NDEKTSV4RRFFQ69G5FAV'), undefined);
    assert.equal(positionOf('7'), undefined);
  });
});

describe('sample Luma accounts', () => {
  it('are one idle, one busy and one whose session has ended', async () => {
    const response = await luma('/accounts');
    assert.equal(response.headers['content-type'], 'application/json; charset=utf-8');
    const [idle, busy, expired] = Object.values(contentOf(response) as Record<string, Json>);
    assert.equal(idle?.['executing'], 0);
    assert.equal(busy?.['executing'], busy?.['concurrency']);
    assert.equal(idle['luma_session_expires'], '2026-04-11 12:00:00 UTC');
    assert.equal(expired?.['luma_session_expires'], '2026-02-26 12:00:00 UTC');
  });

  it('hold a field that nobody knows, and no secret', async () => {
    const accounts = Object.values(contentOf(await luma('/accounts')) as Record<string, Json>);
    assert.ok(accounts.some((account) => 'plan' in account));
    assert.ok(accounts.every((account) => !('session' in account || 'luma_session' in account)));
  });

  it('have live details, redacted sessions included', async () => {
    const idle = contentOf(await luma('/accounts/studio%40example.com')) as Json;
    assert.equal(idle['sessionValid'], true);
    assert.deepEqual(Object.keys(idle['credits'] as object), ['usage', 'limit']);
    assert.equal(typeof idle['session'], 'string');
    assert.equal(typeof idle['luma_session'], 'string');
    const expired = contentOf(await luma('/accounts/archive%40example.net')) as Json;
    assert.equal(expired['sessionValid'], false);
    assert.equal(expired['credits'], null);
  });

  it('answer an unknown account with an empty 404', async () => {
    assert.deepEqual(await luma('/accounts/nobody%40example.com'), {
      status: 404,
      headers: {},
      body: new Uint8Array(),
    });
  });

  it('answer an unknown path and a broken one with an error', async () => {
    assert.equal((await luma('/jobs')).status, 404);
    assert.equal((await luma('/accounts/%E0%A4')).status, 400);
  });

  it('refuse a wrong token', async () => {
    for (const token of ['', SAMPLE_LUMINARY_TOKEN]) {
      const response = await luma('/accounts', token);
      assert.equal(response.status, 401);
      assert.deepEqual(contentOf(response), { error: 'Unauthorized' });
    }
  });
});

describe('sample Luminary users', () => {
  it('come in pages of 50 when nothing is said', async () => {
    const { data, page_info, total_count } = await page();
    assert.equal(data.length, 50);
    assert.equal(total_count, 2500);
    assert.equal(page_info['has_next_page'], true);
    assert.equal(page_info['has_previous_page'], false);
  });

  it('can be read to their end, each once', async () => {
    const ids: string[] = [];
    for (let after: string | undefined; ;) {
      const { data, page_info } = await page({ limit: '999', ...(after && { after }) });
      ids.push(...data.map(({ id }) => id));
      if (page_info['has_next_page'] !== true) {
        break;
      }
      after = String(page_info['end_cursor']);
    }
    assert.deepEqual(
      ids,
      Array.from({ length: 2500 }, (_, index) => personAt(index).id),
    );
  });

  it('can be read backwards', async () => {
    const second = await page({ limit: '10', after: await cursorAfter(10) });
    const first = await page({
      limit: '10',
      before: String(second.page_info['start_cursor']),
    });
    assert.deepEqual(first, await page({ limit: '10' }));
    assert.equal(second.page_info['has_previous_page'], true);
  });

  it('end with a page whose cursors are null when nothing stands after a cursor', async () => {
    const { data, page_info } = await page({ after: await cursorAfter(1000, 500, 1000) });
    assert.deepEqual(data, []);
    assert.deepEqual(page_info, {
      has_next_page: false,
      has_previous_page: true,
      end_cursor: null,
      start_cursor: null,
    });
  });

  it('are found by id', async () => {
    const user = personAt(2499);
    assert.deepEqual(contentOf(await luminary(`/users/${user.id}`)), user);
  });

  it('answer an unknown id with 404 and a reason', async () => {
    for (const path of [`/users/${personAt(2500).id}`, '/users/7', '/users/%E0', '/groups']) {
      const response = await luminary(path);
      assert.equal(response.status, 404, path);
      const { code, message } = contentOf(response) as Json;
      assert.equal(code, 'not_found');
      assert.equal(typeof message, 'string');
    }
  });

  it('refuse a limit out of range', async () => {
    for (const limit of ['0', '1001', '-1', '1.5', 'many', '']) {
      await refused({ limit }, 'limit');
    }
    assert.equal((await page({ limit: '1' })).data.length, 1);
    assert.equal((await page({ limit: '1000' })).data.length, 1000);
  });

  it('refuse a cursor that is not theirs', async () => {
    for (const cursor of ['', 'x', '5', btoa('null'), btoa('{"row":-7}'), btoa('{"row":"1"}')]) {
      await refused({ after: cursor }, 'after');
      await refused({ before: cursor }, 'before');
    }
  });

  it('refuse a wrong token', async () => {
    const response = await luminary('/users', SAMPLE_LUMA_TOKEN);
    assert.equal(response.status, 401);
    assert.equal((contentOf(response) as Json)['code'], 'unauthorized');
  });

  /** The cursor behind so many users, read in pages of these sizes. */
  async function cursorAfter(...sizes: readonly number[]): Promise<string> {
    let cursor: string | undefined;
    for (const size of sizes) {
      const { page_info } = await page({ limit: String(size), ...(cursor && { after: cursor }) });
      cursor = String(page_info['end_cursor']);
    }
    return cursor ?? '';
  }

  async function refused(query: Readonly<Record<string, string>>, field: string): Promise<void> {
    const response = await luminary(`/users?${new URLSearchParams(query).toString()}`);
    assert.equal(response.status, 400, JSON.stringify(query));
    const { code, details } = contentOf(response) as Json;
    assert.equal(code, 'bad_request');
    assert.equal((details as readonly Json[])[0]?.['field'], field);
  }
});

describe('sample transport', () => {
  it('knows no other address', async () => {
    await assert.rejects(
      get('https://example.com/v1/luma/accounts', SAMPLE_LUMA_TOKEN),
      (error) => isServiceError(error) && error.reason === 'unreachable',
    );
  });

  it('throws the reason of a signal that is aborted already', async () => {
    const reason = new Error('not wanted');
    await assert.rejects(
      get(`${SAMPLE_LUMA_ADDRESS}/accounts`, SAMPLE_LUMA_TOKEN, AbortSignal.abort(reason)),
      (error) => error === reason,
    );
  });

  it('takes its time, and stops at once when it is aborted', async () => {
    const slow = sampleTransport({ delayMs: 60_000 });
    const controller = new AbortController();
    const began = performance.now();
    const sent = slow.send({
      method: 'GET',
      url: `${SAMPLE_LUMA_ADDRESS}/accounts`,
      template: '/accounts',
      headers: { authorization: `Bearer ${SAMPLE_LUMA_TOKEN}` },
      signal: controller.signal,
    });
    controller.abort();
    await assert.rejects(sent, { name: 'AbortError' });
    assert.ok(performance.now() - began < 1000);
  });
});
