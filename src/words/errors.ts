import { l10n } from 'vscode';
import { isServiceError } from '../http/errors.ts';
import type { ErrorReason, ServiceError } from '../http/errors.ts';
import { timeText } from './format.ts';
import { plain } from './plain.ts';

/** What helps after a failure. */
export type Remedy = 'retry' | 'replaceToken' | 'replaceClient' | 'showLog' | 'diagnose';

/** A failure in words. */
export interface Explanation {
  /** One sentence. */
  readonly sentence: string;
  /** A status or code, and the service's own words, as far as there are any. */
  readonly facts: string;
  readonly remedy: Remedy;
}

/** Says what went wrong, and what helps. */
export function explain(error: unknown): Explanation {
  if (!isServiceError(error)) {
    return { sentence: l10n.t('Something unexpected went wrong.'), facts: '', remedy: 'showLog' };
  }
  return {
    sentence: sentenceOf(error),
    facts: [codeOf(error), error.detail].filter((fact) => fact !== undefined).join(': '),
    remedy: remedies[error.reason],
  };
}

const remedies: Readonly<Record<ErrorReason, Remedy>> = {
  invalidAddress: 'showLog',
  invalidCredential: 'replaceToken',
  clientRefused: 'replaceClient',
  secretNotStored: 'showLog',
  unreachable: 'retry',
  certificate: 'diagnose',
  proxyAddress: 'diagnose',
  proxyUnreachable: 'retry',
  proxyCertificate: 'diagnose',
  proxyUnauthorized: 'retry',
  proxyRefused: 'retry',
  connectionLost: 'retry',
  timeout: 'retry',
  tooLarge: 'showLog',
  badRequest: 'showLog',
  unauthorized: 'replaceToken',
  paymentRequired: 'retry',
  forbidden: 'replaceToken',
  notFound: 'retry',
  rateLimited: 'retry',
  serverError: 'retry',
  sessionExpired: 'retry',
  redirected: 'retry',
  unexpectedAnswer: 'retry',
};

const networkReasons: ReadonlySet<ErrorReason> = new Set([
  'unreachable',
  'certificate',
  'proxyAddress',
  'proxyUnreachable',
  'proxyCertificate',
  'proxyUnauthorized',
  'proxyRefused',
  'connectionLost',
  'timeout',
  'redirected',
  'unexpectedAnswer',
]);

/** Whether something on the way to the service may be to blame, so that a look at it helps. */
export function isNetworkFailure(error: unknown): boolean {
  return isServiceError(error) && networkReasons.has(error.reason);
}

function sentenceOf({ reason, retryAt }: ServiceError): string {
  switch (reason) {
    case 'invalidAddress':
      return l10n.t('This can’t be asked for: its address is not valid.');
    case 'invalidCredential':
      return l10n.t('The token has characters that no token has.');
    case 'clientRefused':
      return l10n.t('The client ID or secret was refused.');
    case 'secretNotStored':
      return l10n.t('The editor can’t keep secrets: is the system’s keyring running?');
    case 'unreachable':
      return l10n.t('The service can’t be reached.');
    case 'certificate':
      return l10n.t('The certificate is not trusted.');
    case 'proxyAddress':
      return l10n.t('What is set as proxy is no address of an HTTP proxy.');
    case 'proxyUnreachable':
      return l10n.t(
        'The proxy can’t be reached; one that a PAC file names has to be set as http.proxy.',
      );
    case 'proxyCertificate':
      return l10n.t('The certificate of the proxy is not trusted.');
    case 'proxyUnauthorized':
      return l10n.t(
        'The proxy asks for a password, which belongs in http.proxy; Kerberos can’t be used.',
      );
    case 'proxyRefused':
      return l10n.t(
        'The proxy refused the connection; PAC files, which may name another, can’t be used.',
      );
    case 'connectionLost':
      return l10n.t('The connection was lost.');
    case 'timeout':
      return l10n.t('The service did not answer in time.');
    case 'tooLarge':
      return l10n.t('The answer is too large to be read.');
    case 'badRequest':
      return l10n.t('The service refused the request.');
    case 'unauthorized':
      return l10n.t('The service refused the token.');
    case 'paymentRequired':
      return l10n.t('The subscription is missing or has expired.');
    case 'forbidden':
      return l10n.t('The token is not allowed to read this.');
    case 'notFound':
      return l10n.t('There is nothing at this address.');
    case 'rateLimited':
      return retryAt === undefined
        ? l10n.t('Too many requests: the service asks for a pause.')
        : l10n.t(
            'Too many requests: the service asks for a pause until {0}.',
            timeText(retryAt, Date.now()),
          );
    case 'serverError':
      return l10n.t('The service has a problem.');
    case 'sessionExpired':
      return l10n.t('The Luma session of this account has expired: add the account again.');
    case 'redirected':
      return l10n.t('The address leads elsewhere, and redirects are not followed.');
    case 'unexpectedAnswer':
      return l10n.t('Something answered, but not as this service does.');
  }
}

/** The status that an answer failed with, or the code that the system gave for its absence. */
function codeOf({ status, code }: ServiceError): string | undefined {
  return status === undefined || status < 300 ? code : String(status);
}

/** Says in one text what went wrong, with the facts. */
export function explanationText({ sentence, facts }: Explanation): string {
  return facts === '' ? sentence : `${sentence} (${plain(facts)})`;
}
