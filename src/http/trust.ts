import { X509Certificate } from 'node:crypto';
import { createSecureContext, getCACertificates } from 'node:tls';
import type { SecureContext } from 'node:tls';

/** Reads the certificates, as PEM, of the authorities that Node or the system trusts. */
export type CertificateSource = (kind: 'default' | 'system') => readonly string[];

/**
 * The authorities that are trusted, those of the system included. They are read when they are first
 * needed, and made into one context: reading them anew for each connection would take too long.
 */
export class Trust {
  readonly #read: CertificateSource;
  #certificates: readonly string[] | undefined;
  #context: SecureContext | undefined;

  constructor(read: CertificateSource = getCACertificates) {
    this.#read = read;
  }

  get context(): SecureContext {
    return this.#made();
  }

  /**
   * Makes ready what the first connection needs.
   *
   * @returns how many authorities are trusted
   */
  prepare(): number {
    this.#made();
    return this.#all.length;
  }

  #made(): SecureContext {
    return (this.#context ??= createSecureContext({ ca: [...this.#all] }));
  }

  get #all(): readonly string[] {
    return (this.#certificates ??= this.#readAll());
  }

  #readAll(): string[] {
    const all = [...this.#read('default'), ...this.#read('system')];
    return [...new Set(all.map((pem) => pem.trim()))].filter(isCurrent);
  }
}

/** Whether a certificate can be read and has not expired: an expired one can hide its successor. */
function isCurrent(pem: string): boolean {
  try {
    return new X509Certificate(pem).validToDate.getTime() > Date.now();
  } catch {
    return false;
  }
}
