import { isJsonObject, ownValue } from '../http/json.ts';
import type { Connection, LuminaryCredential } from './connection.ts';
import { readLabel } from './label.ts';
import type { Label } from './label.ts';

/** What both connect commands can be given; whatever is missing is asked for. */
export interface ConnectArguments {
  readonly name?: string;
  readonly address?: string;
  /** Luma's token, or an access token for Luminary. */
  readonly token?: string;
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly label?: string;
  /** The name of the label's colour. */
  readonly color?: string;
}

/** The names of what both connect commands can be given. */
const names = ['name', 'address', 'token', 'clientId', 'clientSecret', 'label', 'color'] as const;

/** Reads a command's argument: only text counts. */
export function readArguments(argument: unknown): ConnectArguments {
  if (!isJsonObject(argument)) return {};
  return Object.fromEntries(
    names.flatMap((key) => {
      const value = ownValue(argument, key);
      return typeof value === 'string' && value.trim() !== '' ? [[key, value]] : [];
    }),
  );
}

/** A connection in the making. */
export interface Draft {
  readonly id: string;
  readonly service: Connection['kind'];
  name: string;
  address: string;
  readonly label: Label;
  credential: LuminaryCredential | undefined;
}

/** The connection that a draft has become; undefined while it has no credential. */
export function connectionFrom(draft: Draft): Connection | undefined {
  const { id, service, name, address, label, credential } = draft;
  const base = { id, name, address, ...label };
  if (credential === undefined) return undefined;
  if (service === 'luminary') return { ...base, kind: service, credential };
  return credential.kind === 'token'
    ? { ...base, kind: service, token: credential.token }
    : undefined;
}

/** A draft of what a connection is, for giving it another credential. */
export function draftOf(connection: Connection): Draft {
  const { id, kind, name, address, label, color } = connection;
  return {
    id,
    service: kind,
    name,
    address,
    label: readLabel(label, color),
    credential: undefined,
  };
}
