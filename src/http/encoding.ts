import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { ServiceError } from './errors.ts';

/** The encodings that an answer may come in, as a request's `accept-encoding` names them. */
export const acceptedEncodings = 'gzip, deflate, br';

const decoders = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * A body freed of its content encodings (RFC 9110 section 8.4).
 *
 * @param limit the size in bytes that the outcome may not exceed
 * @throws {@link ServiceError} `tooLarge`, or `unexpectedAnswer` for what can't be decoded
 */
export async function decoded(
  body: Uint8Array,
  encodings: string | undefined,
  limit: number,
): Promise<Uint8Array> {
  let rest = body;
  for (const name of listed(encodings).reverse()) {
    if (!isKnown(name)) throw new ServiceError('unexpectedAnswer');
    // A 204, or an error without a body, may name an encoding and have nothing in it.
    if (rest.byteLength > 0) rest = await decodedOnce(rest, name, limit);
  }
  return rest;
}

async function decodedOnce(
  body: Uint8Array,
  name: keyof typeof decoders,
  limit: number,
): Promise<Uint8Array> {
  try {
    return await decoders[name](body, { maxOutputLength: limit });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ERR_BUFFER_TOO_LARGE') throw new ServiceError('tooLarge');
    throw new ServiceError('unexpectedAnswer', { code });
  }
}

/** More than a few encodings on top of each other are nothing but an attack. */
function listed(encodings = ''): string[] {
  const names = encodings
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > 3) throw new ServiceError('unexpectedAnswer');
  return names;
}

function isKnown(name: string): name is keyof typeof decoders {
  return Object.hasOwn(decoders, name);
}
