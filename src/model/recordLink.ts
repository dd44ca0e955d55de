import { checkLumaAddress, checkLuminaryAddress } from '../api/address.ts';

/** Names a user or an account to somebody who has a connection to the same address. */
export interface RecordLink {
  readonly kind: 'account' | 'user';
  /** The connection's address, or {@link SAMPLE} for the one to the sample data. */
  readonly address: string;
  /** A user's id, or an account's Luma user id. */
  readonly id: string;
}

/** What stands for the address of a connection to the sample data. */
export const SAMPLE = 'sample';

/** The parts of an address of the editor's own, as its `Uri` gives them: the query is decoded. */
export interface LinkParts {
  readonly scheme: string;
  readonly authority: string;
  readonly path: string;
  readonly query: string;
}

/** Why something is no link to a record. */
export type LinkProblem = 'notALink' | 'incomplete' | 'doubled' | 'badAddress' | 'badId';

/** A link as it was read, or what is wrong with it. */
export type ReadLink =
  | { readonly ok: true; readonly link: RecordLink }
  | { readonly ok: false; readonly problem: LinkProblem };

/** The id of this extension, by which links reach it. */
export const EXTENSION_ID = 'luma-luminary.luma-luminary-explorer';

/** Neither an email nor anything that an address would have to escape. */
const idPattern = /^[A-Za-z0-9][\w.~-]{0,127}$/;

const MAX_ADDRESS = 300;

/** Whether a link can hold an id. */
export function canBeLinked(id: string): boolean {
  return idPattern.test(id);
}

/** A link as text, for an editor whose addresses have this scheme. */
export function linkText(scheme: string, { kind, address, id }: RecordLink): string {
  const query = `address=${encodeURIComponent(shortAddress(kind, address))}&id=${id}`;
  return `${scheme}://${EXTENSION_ID}/${kind}?${query}`;
}

/**
 * Reads a link. The address is the one that a connection to it has. Everything else that stands in
 * the link is passed over, and that of a colleague's editor has a scheme of that editor's own.
 */
export function readLink({ scheme, authority, path, query }: LinkParts): ReadLink {
  const kind = path === '/user' || path === '/account' ? kinds[path] : undefined;
  const ours = !ofOthers.has(scheme) && authority.toLowerCase() === EXTENSION_ID;
  if (!ours || kind === undefined) return { ok: false, problem: 'notALink' };
  const [addresses, ids] = [valuesOf(query, 'address'), valuesOf(query, 'id')];
  if (addresses.length > 1 || ids.length > 1) return { ok: false, problem: 'doubled' };
  const [[address], [id]] = [addresses, ids];
  if (address === undefined || id === undefined) return { ok: false, problem: 'incomplete' };
  if (!canBeLinked(id)) return { ok: false, problem: 'badId' };
  const full = fullAddress(kind, address);
  return full === undefined
    ? { ok: false, problem: 'badAddress' }
    : { ok: true, link: { kind, address: full, id } };
}

/** Schemes of no editor: what stands in such a link is a host. */
const ofOthers: ReadonlySet<string> = new Set(['http', 'https', 'file']);

const kinds = { '/user': 'user', '/account': 'account' } as const;

/** The editor has decoded the query, so that nothing in it may be decoded again. */
function valuesOf(query: string, name: string): string[] {
  return query
    .split('&')
    .filter((part) => part.startsWith(`${name}=`))
    .map((part) => part.slice(name.length + 1));
}

/** An address without the path that all addresses of its kind have. */
function shortAddress(kind: RecordLink['kind'], address: string): string {
  if (address === SAMPLE) return address;
  const { origin } = new URL(address);
  return fullAddress(kind, origin) === address ? origin : address;
}

function fullAddress(kind: RecordLink['kind'], text: string): string | undefined {
  if (text === SAMPLE) return SAMPLE;
  if (text.length > MAX_ADDRESS || !/^https?:\/\//i.test(text)) return undefined;
  const checked = kind === 'user' ? checkLuminaryAddress(text) : checkLumaAddress(text);
  return checked.ok ? checked.address : undefined;
}
