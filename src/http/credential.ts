import { ServiceError } from './errors.ts';

/**
 * A token as it may stand in a header: trimmed, without a leading `Bearer `.
 *
 * @throws {@link ServiceError} `invalidCredential` for an empty token, and for control or
 * non-ASCII characters: HTTP libraries quote a header that they refuse in their error message.
 */
export function checkedToken(text: string): string {
  const token = bareToken(text);
  if (!/^[\x21-\x7e]+$/.test(token)) throw new ServiceError('invalidCredential');
  return token;
}

/** A token as a person meant it: trimmed, without a leading `Bearer `. */
export function bareToken(text: string): string {
  return text.trim().replace(/^Bearer(\s+|$)/i, '');
}
