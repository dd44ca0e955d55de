import { isJsonObject, ownValue } from '../http/json.ts';
import type { JsonObject } from '../http/json.ts';
import { readLabel } from './label.ts';
import type { Label } from './label.ts';

interface ConnectionBase extends Label {
  /** Made here, random; never shown. */
  readonly id: string;
  readonly name: string;
  /** The service's address, without a slash at its end. */
  readonly address: string;
  /** Answered from inside the process, with no network. */
  readonly sample?: true;
}

/** A Luma token and where it may be sent. */
export interface LumaConnection extends ConnectionBase {
  readonly kind: 'luma';
  readonly token: string;
}

/** A Luminary tenant and the credential for it. */
export interface LuminaryConnection extends ConnectionBase {
  readonly kind: 'luminary';
  readonly credential: LuminaryCredential;
}

/** Either a pasted access token, or what OAuth's client credentials grant needs. */
export type LuminaryCredential =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'client'; readonly clientId: string; readonly clientSecret: string };

/** Everything there is to a connection: it is stored as one secret. */
export type Connection = LumaConnection | LuminaryConnection;

/** A connection whose secret is there but can't be read. */
export interface UnreadableConnection {
  readonly kind: 'unreadable';
  readonly id: string;
}

/** What a stored secret holds: the connection without its id. */
export function serialize(connection: Connection): string {
  return JSON.stringify({ ...connection, id: undefined });
}

/** Reads a stored secret, whatever is in it. */
export function deserialize(
  id: string,
  secret: string | undefined,
): Connection | UnreadableConnection {
  return (
    (secret === undefined ? undefined : readConnection(id, secret)) ?? { kind: 'unreadable', id }
  );
}

function readConnection(id: string, secret: string): Connection | undefined {
  const json = parse(secret);
  if (json === undefined) return undefined;
  const [name, address] = [text(json, 'name'), text(json, 'address')];
  if (name === undefined || address === undefined) return undefined;
  const base = {
    id,
    name,
    address,
    ...readLabel(ownValue(json, 'label'), ownValue(json, 'color')),
    ...(ownValue(json, 'sample') === true && { sample: true as const }),
  };
  const kind = ownValue(json, 'kind');
  if (kind === 'luma') {
    const token = text(json, 'token');
    return token === undefined ? undefined : { ...base, kind, token };
  }
  const credential = kind === 'luminary' ? readCredential(json) : undefined;
  return credential && { ...base, kind: 'luminary', credential };
}

function readCredential(json: JsonObject): LuminaryCredential | undefined {
  const credential = ownValue(json, 'credential');
  if (!isJsonObject(credential)) return undefined;
  const token = text(credential, 'token');
  const clientId = text(credential, 'clientId');
  const clientSecret = text(credential, 'clientSecret');
  if (token !== undefined) return { kind: 'token', token };
  return clientId !== undefined && clientSecret !== undefined
    ? { kind: 'client', clientId, clientSecret }
    : undefined;
}

function parse(secret: string): JsonObject | undefined {
  try {
    const json: unknown = JSON.parse(secret);
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function text(json: JsonObject, key: string): string | undefined {
  const value = ownValue(json, key);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
