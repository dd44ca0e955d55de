import { l10n } from 'vscode';
import { isServiceError } from '../http/errors.ts';
import type { ErrorReason, ServiceError } from '../http/errors.ts';
import { timeText } from './format.ts';

/** What helps after a failure. */
export type Remedy = 'retry' | 'replaceToken' | 'showLog';

/** A failure in words. */
export interface Explanation {
  /** One sentence. */
  readonly sentence: string;
  /** The service's own words, where it gave some. */
  readonly detail?: string;
  readonly remedy: Remedy;
}

/** Says what went wrong, and what helps. */
export function explain(error: unknown): Explanation {
  if (!isServiceError(error)) {
    return { sentence: l10n.t('Something unexpected went wrong.'), remedy: 'showLog' };
  }
  const { reason, detail } = error;
  return {
    sentence: sentenceOf(error),
    remedy: remedies[reason],
    ...(detail !== undefined && { detail }),
  };
}

const remedies: Readonly<Record<ErrorReason, Remedy>> = {
  invalidAddress: 'showLog',
  invalidCredential: 'replaceToken',
  unreachable: 'retry',
  certificate: 'showLog',
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
  redirected: 'showLog',
  unexpectedAnswer: 'showLog',
};

function sentenceOf({ reason, status, code, retryAt }: ServiceError): string {
  switch (reason) {
    case 'invalidAddress':
      return l10n.t('This can’t be asked for: its address is not valid.');
    case 'invalidCredential':
      return l10n.t('The token has characters that no token has.');
    case 'unreachable':
      return code === undefined
        ? l10n.t('The service can’t be reached.')
        : l10n.t('The service can’t be reached ({0}).', code);
    case 'certificate':
      return l10n.t('The service’s certificate is not trusted ({0}).', code ?? '');
    case 'connectionLost':
      return l10n.t('The connection was lost before the answer was complete.');
    case 'timeout':
      return l10n.t('The service did not answer in time.');
    case 'tooLarge':
      return l10n.t('The answer is too large to be read.');
    case 'badRequest':
      return l10n.t('The service refused the request ({0}).', status ?? 400);
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
        : l10n.t('Too many requests: the service asks for a pause until {0}.', timeText(retryAt));
    case 'serverError':
      return l10n.t('The service has a problem of its own ({0}).', status ?? 500);
    case 'sessionExpired':
      return l10n.t('The Luma session of this account has expired: add the account again.');
    case 'redirected':
      return l10n.t('The address leads elsewhere, and redirects are not followed.');
    case 'unexpectedAnswer':
      return l10n.t('Something answered, but not as this service does.');
  }
}

/** Says in one text what went wrong, the service's own words included. */
export function explanationText({ sentence, detail }: Explanation): string {
  return detail === undefined ? sentence : l10n.t('{0} It says: “{1}”', sentence, detail);
}
