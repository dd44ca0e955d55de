import { isLoopback } from '../http/network.ts';
import { LUMA_ADDRESS } from './luma.ts';

/** What is wrong with an address that a person gave. */
export type AddressProblem = 'empty' | 'notAnAddress' | 'notSecure' | 'hasExtras' | 'badSubdomain';

/** An address that a credential may be sent to, or why it may not. */
export type CheckedAddress =
  | {
      readonly ok: true;
      /** Without a slash at its end. */
      readonly address: string;
      /** Host and port, for people to read. */
      readonly host: string;
      /** Whether the host is neither the service's own nor this machine. */
      readonly foreign: boolean;
    }
  | { readonly ok: false; readonly problem: AddressProblem };

const luma = new URL(LUMA_ADDRESS);
const LUMINARY_PATH = '/api/public/v1';
const LUMINARY_DOMAIN = '.withluminary.com';
const LUMINARY_TOKEN_URL = 'https://auth.withluminary.com/oauth2/token';
const subdomain = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Checks an address for Luma: a URL, or nothing for useapi.net's. */
export function checkLumaAddress(text: string): CheckedAddress {
  if (text.trim() === '') return checkLumaAddress(LUMA_ADDRESS);
  return checkUrl(text, luma.pathname, (host) => host === luma.host);
}

/**
 * Checks an address for Luminary: a subdomain of withluminary.com, or a URL. Without the rule for
 * subdomains, `evil.example/x?` would send the credential to a stranger.
 */
export function checkLuminaryAddress(text: string): CheckedAddress {
  const given = text.trim().toLowerCase();
  if (given === '') return { ok: false, problem: 'empty' };
  if (subdomain.test(given)) {
    return checkLuminaryAddress(`https://${given}${LUMINARY_DOMAIN}`);
  }
  const host = given.replace(/\/+$/, '');
  if (/^[^/:?#@\\]+$/.test(host) && host.endsWith(LUMINARY_DOMAIN)) {
    return checkLuminaryAddress(`https://${host}`);
  }
  if (!given.includes('://')) return { ok: false, problem: 'badSubdomain' };
  return checkUrl(text, LUMINARY_PATH, isLuminaryHost);
}

/**
 * Where a Luminary connection signs in: Luminary's own sign-in for a tenant of withluminary.com,
 * else the same origin, so that a secret only goes to the host that the person named.
 */
export function tokenUrlFor(luminaryAddress: string): string {
  const url = new URL(luminaryAddress);
  return isLuminaryHost(url.host) && url.protocol === 'https:'
    ? LUMINARY_TOKEN_URL
    : `${url.origin}/oauth2/token`;
}

/** A short name for a connection: the tenant's subdomain, or else the host. */
export function nameOfHost(address: string): string {
  const { host } = new URL(address);
  return host.endsWith(LUMINARY_DOMAIN) ? host.slice(0, -LUMINARY_DOMAIN.length) : host;
}

function isLuminaryHost(host: string): boolean {
  return host.endsWith(LUMINARY_DOMAIN) && subdomain.test(host.slice(0, -LUMINARY_DOMAIN.length));
}

function checkUrl(text: string, path: string, isOwn: (host: string) => boolean): CheckedAddress {
  const url = URL.parse(text.trim());
  if (url === null || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    return { ok: false, problem: 'notAnAddress' };
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    return { ok: false, problem: 'hasExtras' };
  }
  const local = isLoopback(url.hostname);
  if (url.protocol === 'http:' && !local) return { ok: false, problem: 'notSecure' };
  const given = url.pathname.replace(/\/+$/, '');
  return {
    ok: true,
    address: url.origin + (given === '' ? path : given),
    host: url.host,
    foreign: !local && !isOwn(url.host),
  };
}
