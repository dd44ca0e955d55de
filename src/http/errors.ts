/**
 * Why a request gave no usable answer.
 *
 * - `invalidAddress`, `invalidCredential`: refused here, before anything was sent
 * - `clientRefused`: OAuth's token endpoint refused the client ID or its secret
 * - `secretNotStored`: the editor could not write or delete a connection's secret
 * - `unreachable`: the name was not found, or nothing accepted the connection
 * - `certificate`: the other side's TLS certificate is not trusted
 * - `proxyAddress`: what stands for a proxy in a setting or a variable is none
 * - `proxyUnreachable`: the proxy was not found, or did not answer
 * - `proxyCertificate`: the TLS certificate of the proxy itself is not trusted
 * - `proxyUnauthorized`: the proxy asks for a password, or for another one (407)
 * - `proxyRefused`: the proxy does not connect to the service
 * - `connectionLost`: the connection ended before the answer was complete
 * - `timeout`: the answer was not complete within the time limit
 * - `tooLarge`: the answer is larger than the cap
 * - `badRequest` (400 and any other 4xx), `unauthorized` (401), `paymentRequired` (402),
 *   `forbidden` (403), `notFound` (404), `rateLimited` (429)
 * - `serverError`: 408, 500, 502, 503, 504 and any other status of 500 or more
 * - `sessionExpired`: 596, the Luma session of an account has ended
 * - `redirected`: a redirect, which is never followed
 * - `unexpectedAnswer`: a success whose content is not what the service promises
 */
export type ErrorReason =
  | 'invalidAddress'
  | 'invalidCredential'
  | 'clientRefused'
  | 'secretNotStored'
  | 'unreachable'
  | 'certificate'
  | 'proxyAddress'
  | 'proxyUnreachable'
  | 'proxyCertificate'
  | 'proxyUnauthorized'
  | 'proxyRefused'
  | 'connectionLost'
  | 'timeout'
  | 'tooLarge'
  | 'badRequest'
  | 'unauthorized'
  | 'paymentRequired'
  | 'forbidden'
  | 'notFound'
  | 'rateLimited'
  | 'serverError'
  | 'sessionExpired'
  | 'redirected'
  | 'unexpectedAnswer';

/** What is known of a failure beyond its reason. */
export interface ErrorDetails {
  /** The HTTP status, where there was one: the service's or, for a proxy's failure, the proxy's. */
  readonly status?: number | undefined;
  /** The service's own words, cut and freed of control characters. Never a secret or a body. */
  readonly detail?: string | undefined;
  /** When the service may be asked again, in ms since the epoch. */
  readonly retryAt?: number | undefined;
  /**
   * A code such as `ECONNREFUSED` or `CERT_HAS_EXPIRED`, where the system gave one; for
   * `proxyAddress` the setting or variable that is to be mended.
   */
  readonly code?: string | undefined;
}

/**
 * The one error of `http` and `api`. Tell errors apart by {@link ServiceError.reason} and
 * {@link isServiceError}; the class may stand in more than one bundle. It carries no cause, so that
 * nothing that a library put into its own message can leak.
 */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly reason: ErrorReason;
  readonly status: number | undefined;
  readonly detail: string | undefined;
  readonly retryAt: number | undefined;
  readonly code: string | undefined;

  constructor(reason: ErrorReason, details: ErrorDetails = {}) {
    const { status, detail, retryAt, code } = details;
    super([reason, status, code].filter((part) => part !== undefined).join(' '));
    this.reason = reason;
    this.status = status;
    this.detail = detail;
    this.retryAt = retryAt;
    this.code = code;
  }
}

/** Whether a value is a {@link ServiceError}, whichever bundle made it. */
export function isServiceError(error: unknown): error is ServiceError {
  return error instanceof Error && error.name === 'ServiceError' && 'reason' in error;
}

/** Whether a value is what an aborted signal throws. Cancelling is not an error. */
export function isCancellation(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}
