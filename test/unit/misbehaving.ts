import fc from 'fast-check';
import { ServiceError } from '../../src/http/errors.ts';
import type { ErrorReason } from '../../src/http/errors.ts';
import type { Json } from '../../src/http/json.ts';
import type { HttpResponse } from '../../src/http/transport.ts';
import { exactJson } from '../../src/model/exactJson.ts';

/** What a transport does with one request. */
export type Move =
  | { readonly kind: 'failure'; readonly error: ServiceError }
  | { readonly kind: 'answer'; readonly response: HttpResponse };

/** When requests are sent, as the transport that repeats them sees it, in ms since the epoch. */
const NOW = Date.UTC(2026, 4, 1, 12);

/** A time of day in a header has whole seconds; this one is so near that it can be waited for. */
const nearby = new Date(NOW + 1000).toUTCString();
/** What makes {@link nearby} near, for a {@link RetryingTransport}. */
export const justBeforeNearby = () => NOW + 998;

const failures: readonly ErrorReason[] = [
  'unreachable',
  'certificate',
  'proxyAddress',
  'proxyUnreachable',
  'proxyRefused',
  'connectionLost',
  'timeout',
  'tooLarge',
];

const contentType = fc.oneof(
  { weight: 12, arbitrary: fc.constant<string | undefined>('application/json') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('application/json; charset=utf-8', 'text/html', '', undefined),
  },
  { weight: 1, arbitrary: fc.string() },
);

const retryAfter = fc.oneof(
  { weight: 6, arbitrary: fc.constant(undefined) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      ...[nearby, '0', '-1', '31', '2592000', 'soon', '9'.repeat(400)],
      ...['Thu, 01 Jan 1970 00:00:00 GMT', 'Fri, 01 May 2099 12:00:00 GMT'],
    ),
  },
);

const status = fc.oneof(
  { weight: 10, arbitrary: fc.constant(200) },
  {
    weight: 6,
    arbitrary: fc.constantFrom(...[400, 401, 402, 403, 404, 408, 409, 418, 429, 500, 503, 596]),
  },
  { weight: 2, arbitrary: fc.integer({ min: 200, max: 999 }) },
);

/** JSON of any shape, the keys that mean something here among its keys. */
function anyJson(secrets: readonly string[]): fc.Arbitrary<Json> {
  const key = fc.oneof(
    fc.constantFrom('error', 'message', 'error_description', 'session', 'luma_session', 'id'),
    fc.constantFrom('data', 'page_info', 'total_count', '__proto__', 'constructor', 'retryAfter'),
    fc.constantFrom('access_token', 'expires_in', 'has_next_page', 'end_cursor', 'start_cursor'),
    fc.string(),
  );
  const { tree } = fc.letrec<{ tree: Json; object: Json; leaf: Json }>((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      tie('leaf'),
      tie('object'),
      fc.array(tie('tree'), { maxLength: 4 }),
    ),
    object: fc.array(fc.tuple(key, tie('tree')), { maxLength: 5 }).map(objectOf),
    leaf: fc.oneof(
      fc.constantFrom<Json>(null, true, false, -0, 1e999, -1, 3600, ''),
      fc.integer(),
      fc.string(),
      spoken(secrets),
    ),
  }));
  return tree;
}

/** As JSON.parse makes it: no key is taken for anything else than a key. */
function objectOf(entries: readonly (readonly [string, Json])[]): Json {
  const text = entries.map(([key, value]) => `${JSON.stringify(key)}:${exactJson(value)}`);
  return JSON.parse(`{${text.join(',')}}`) as Json;
}

/** What a careless service might say: a secret as it came, or as a form or an address has it. */
function spoken(secrets: readonly string[]): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.constantFrom(...secrets),
      fc.constantFrom<(secret: string) => string>(
        (secret) => secret,
        encodeURIComponent,
        (secret) => encodeURIComponent(secret).replaceAll(/%../g, (byte) => byte.toLowerCase()),
        (secret) => `Bearer ${secret}`,
        (secret) => new URLSearchParams({ secret }).toString(),
      ),
      fc.string({ maxLength: 20 }),
      fc.nat(200),
    )
    .map(([secret, spell, around, far]) => `${'x '.repeat(far)}${around}${spell(secret)}${around}`);
}

/** A right answer with one of its values replaced or removed. */
function bent(right: Json, other: fc.Arbitrary<Json>): fc.Arbitrary<Json> {
  return fc.tuple(fc.nat(200), fc.option(other, { nil: undefined })).map(([number, value]) => {
    const copy = structuredClone(right);
    const places: [object: Record<string, Json>, key: string][] = [];
    collectPlaces(copy, places);
    const [object, key] = places[number % Math.max(places.length, 1)] ?? [];
    if (object === undefined || key === undefined) return value ?? null;
    if (value === undefined) Reflect.deleteProperty(object, key);
    else object[key] = value;
    return copy;
  });
}

function collectPlaces(value: Json, places: [Record<string, Json>, string][]): void {
  if (typeof value !== 'object' || value === null) return;
  const object = value as Record<string, Json>;
  for (const [key, inner] of Object.entries(object)) {
    places.push([object, key]);
    collectPlaces(inner, places);
  }
}

function bodyOf(right: Json, secrets: readonly string[]): fc.Arbitrary<Uint8Array> {
  const any = anyJson(secrets);
  const bytes = (json: Json) => new TextEncoder().encode(exactJson(json));
  const whole = fc.oneof(
    { weight: 3, arbitrary: fc.constant(right) },
    { weight: 4, arbitrary: bent(right, any) },
    { weight: 2, arbitrary: any },
    {
      weight: 2,
      arbitrary: spoken(secrets).map((text): Json => ({
        error: { message: text },
        message: text,
        code: text,
      })),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom(NOW + 999, NOW + 5_000_000, NOW - 1)
        .map((at): Json => ({ error: 'slow', retryAfter: new Date(at).toISOString() })),
    },
  );
  return fc.oneof(
    { weight: 12, arbitrary: whole.map(bytes) },
    {
      weight: 2,
      arbitrary: fc.tuple(whole, fc.nat(400)).map(([json, end]) => bytes(json).slice(0, end)),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(whole, fc.nat(400), fc.nat(255)).map(([json, place, byte]) => {
        const changed = bytes(json);
        return changed.length === 0 ? changed : changed.fill(byte, place % changed.length);
      }),
    },
    { weight: 1, arbitrary: fc.uint8Array() },
    { weight: 1, arbitrary: fc.constant(new Uint8Array()) },
  );
}

/**
 * What a server at its worst does, or the network before it.
 *
 * @param right what it should answer
 * @param secrets what it knows and may say
 */
export function moveOf(right: Json, secrets: readonly string[]): fc.Arbitrary<Move> {
  const response = fc
    .record({ status, type: contentType, retryAfter, body: bodyOf(right, secrets) })
    .map(({ type, retryAfter, ...rest }): HttpResponse => ({
      ...rest,
      headers: {
        ...(type !== undefined && { 'content-type': type }),
        ...(retryAfter !== undefined && { 'retry-after': retryAfter }),
      },
    }));
  return fc.oneof(
    {
      weight: 8,
      arbitrary: response.map((response): Move => ({ kind: 'answer', response })),
    },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.constantFrom(...failures), fc.option(status, { nil: undefined }))
        .map(([reason, status]): Move => {
          const error = new ServiceError(reason, status === undefined ? {} : { status });
          return { kind: 'failure', error };
        }),
    },
  );
}
