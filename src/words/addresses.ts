import { l10n } from 'vscode';
import type { AddressProblem } from '../api/address.ts';

/** Says what is wrong with an address. */
export function explainAddress(problem: AddressProblem): string {
  switch (problem) {
    case 'empty':
      return l10n.t('Enter a subdomain or an address.');
    case 'badSubdomain':
      return l10n.t(
        'A subdomain has only letters, digits and hyphens; an address starts with https://.',
      );
    case 'notAnAddress':
      return l10n.t('This is no address. Write it like https://gateway.example.com.');
    case 'notSecure':
      return l10n.t('Only https:// is safe for a credential; http:// works on this machine alone.');
    case 'hasExtras':
      return l10n.t('An address has no user name, no “?” and no “#”.');
  }
}
