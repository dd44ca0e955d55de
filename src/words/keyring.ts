import { l10n } from 'vscode';

/** Where the editor runs that keeps the secrets; `unknown` where it is on another computer. */
export type KeyringPlace = 'linux' | 'mac' | 'windows' | 'browser' | 'unknown';

/** Where secrets are kept, by what the editor tells of itself and of where this code runs. */
export function keyringPlace(
  platform: NodeJS.Platform,
  inBrowser: boolean,
  remote: boolean,
): KeyringPlace {
  if (inBrowser) return 'browser';
  if (remote) return 'unknown';
  if (platform === 'darwin') return 'mac';
  if (platform === 'win32') return 'windows';
  return platform === 'linux' ? 'linux' : 'unknown';
}

/** What to do where secrets can't be read, in paragraphs. */
export function keyringAdvice(place: KeyringPlace): string {
  const again = l10n.t(
    'What still can’t be read then has to be disconnected and connected again. Nothing changes at the service.',
  );
  return [...steps(place), again].join('\n\n');
}

function steps(place: KeyringPlace): string[] {
  switch (place) {
    case 'linux':
      return linuxSteps();
    case 'mac':
      return [
        l10n.t(
          'The editor encrypts secrets with a key in your login keychain. Unlock it in Keychain Access, and allow the editor to use its entry “Safe Storage” when you are asked. Then try again.',
        ),
      ];
    case 'windows':
      return [
        l10n.t(
          'Windows encrypts secrets for your account on this computer. After the account’s password was reset, or when the editor’s files came from another computer, they can’t be read any more.',
        ),
      ];
    case 'browser':
      return [
        l10n.t(
          'Whoever serves this editor decides how long a browser keeps its secrets: some editors keep them until the browser’s data for this site are deleted, others lose them when the page is reloaded. Another browser, and a private window that was closed, have none of them. Connections go with their secrets: connect them again.',
        ),
      ];
    case 'unknown':
      return [
        l10n.t('Secrets are kept on the computer that shows this window. If that runs Linux:'),
        ...linuxSteps(),
      ];
  }
}

/** See “Troubleshoot keychain issues” in the editor's documentation. */
function linuxSteps(): string[] {
  return [
    l10n.t(
      '1. Install a keyring if there is none: GNOME Keyring (package gnome-keyring) or KWallet (package kwalletmanager).',
    ),
    l10n.t(
      '2. Unlock it: log in with your password, or open Passwords and Keys (package seahorse) or KWallet Manager. Then try again.',
    ),
    l10n.t(
      '3. If the editor doesn’t find it, start the editor with --password-store=gnome-libsecret, kwallet5 or kwallet6, or write "password-store" into its runtime arguments, and restart it. With --password-store=basic it needs no keyring, but others who can read your files can then read your secrets.',
    ),
  ];
}
