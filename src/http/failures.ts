import { ServiceError, isServiceError } from './errors.ts';
import type { ErrorReason } from './errors.ts';

/** Codes of Node, OpenSSL and undici that tell more than that the connection was lost. */
const reasonsByCode: Readonly<Record<string, ErrorReason>> = {
  ENOTFOUND: 'unreachable',
  EAI_AGAIN: 'unreachable',
  ECONNREFUSED: 'unreachable',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  ETIMEDOUT: 'unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'unreachable',
  UND_ERR_INVALID_ARG: 'invalidCredential',
  ERR_INVALID_URL: 'invalidAddress',
  ERR_TLS_CERT_ALTNAME_INVALID: 'certificate',
  CERT_HAS_EXPIRED: 'certificate',
  CERT_NOT_YET_VALID: 'certificate',
  CERT_REVOKED: 'certificate',
  CERT_UNTRUSTED: 'certificate',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'certificate',
  SELF_SIGNED_CERT_IN_CHAIN: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT: 'certificate',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'certificate',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'certificate',
  UND_ERR_PRX_TLS: 'certificate', // undici's own for a proxy with another one's certificate
};

/** A failure on the way to the proxy. It has no code, for undici takes some codes for a retry. */
export class ProxyFailure extends Error {
  readonly meaning: ServiceError;

  constructor(meaning: ServiceError) {
    super(meaning.message);
    this.meaning = meaning;
  }
}

/** What a failure on the way to the proxy means. */
export function asProxyFailure(error: unknown): ProxyFailure {
  if (error instanceof ProxyFailure) return error;
  const code = codeOf(error);
  const untrusted = code !== undefined && reasonsByCode[code] === 'certificate';
  const reason = untrusted ? 'proxyCertificate' : 'proxyUnreachable';
  return new ProxyFailure(new ServiceError(reason, { code }));
}

/** What a proxy means that answers with this status where it should open a tunnel. */
export function proxyRefusal(status: number): ProxyFailure {
  const reason = status === 407 ? 'proxyUnauthorized' : 'proxyRefused';
  return new ProxyFailure(new ServiceError(reason, { status }));
}

/** What a failure of a request means. */
export function asServiceError(error: unknown): ServiceError {
  if (isServiceError(error)) return error;
  if (error instanceof ProxyFailure) return error.meaning;
  const code = codeOf(error);
  if (code === undefined) return new ServiceError('connectionLost');
  // Where no tunnel is needed, undici tells a proxy's 407 like this, and in no other way.
  if (error instanceof Error && error.message === 'Proxy Authentication Required (407)') {
    return proxyRefusal(407).meaning;
  }
  const reason = reasonsByCode[code] ?? 'connectionLost';
  return new ServiceError(reason, { code });
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? String(error.code) : undefined;
}
