import * as vscode from 'vscode';
import { EXTENSION_ID } from '../model/recordLink.ts';
import { COMMAND_PREFIX } from './ids.ts';
import { Preview } from './preview.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';

/** The command that tells how everything is done with the keyboard. */
export function keyboardHelpCommand({
  documents,
}: Pick<Services, 'documents'>): Record<'showKeyboardHelp', Run> {
  const preview = new Preview(documents, 'keyboard-help.md');
  return { showKeyboardHelp: () => preview.show(ownKeyboardHelp()) };
}

/** The help on this extension's own commands. */
export function ownKeyboardHelp(): string {
  return keyboardHelp(ownManifest());
}

/** What of this extension's manifest tells how its commands are called, and which keys they have. */
export interface Manifest {
  readonly displayName: string;
  readonly contributes: {
    readonly views: Readonly<Record<string, readonly { readonly name: string }[]>>;
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly keybindings: readonly {
      readonly command: string;
      readonly key: string;
      readonly mac?: string;
      readonly args?: { readonly commands?: readonly string[] };
    }[];
  };
}

/** The titles in it are in the editor's language. */
function ownManifest(): Manifest {
  const own = vscode.extensions.getExtension<unknown>(EXTENSION_ID);
  return own?.packageJSON as Manifest;
}

/** The help as Markdown, made of lists, which are easy to follow line by line. */
export function keyboardHelp({ displayName, contributes }: Manifest): string {
  const { commands, keybindings, views } = contributes;
  const title = (id: string) =>
    commands.find(({ command }) => command === COMMAND_PREFIX + id)?.title ?? id;
  const category = commands[0]?.category ?? '';
  const view = Object.values(views).flat()[0]?.name ?? '';
  const focus = `${category}: ${vscode.l10n.t('Focus on {0} View', view)}`;
  const list = (...lines: readonly string[]) => lines.map((line) => `- ${line}`).join('\n');
  return [
    `# ${displayName}: ${vscode.l10n.t('Keyboard Help')}`,
    vscode.l10n.t(
      'F1 opens the command palette, which can run every command. The keys below are the default ones; to see or change yours, run “{0}” and search for “{1}”.',
      'Preferences: Open Keyboard Shortcuts',
      'lumaLuminary',
    ),
    `## ${vscode.l10n.t('The view')}`,
    list(
      vscode.l10n.t('{0} in the command palette: moves to the view.', `**${focus}**`),
      vscode.l10n.t('{0} and {1}: move from row to row.', '**↑**', '**↓**'),
      vscode.l10n.t(
        '{0}: opens a row, or moves to the first row in it. {1}: closes a row, or moves to the row that it is in.',
        '**→**',
        '**←**',
      ),
      vscode.l10n.t('{0}: opens a row, or runs its action, such as Retry.', '**Enter**'),
      vscode.l10n.t(
        '{0} or the menu key: opens the menu with everything that can be done with a row.',
        '**Shift+F10**',
      ),
      vscode.l10n.t('{0}: shows more about a row.', keys('ctrl+k ctrl+i', 'cmd+k cmd+i')),
      vscode.l10n.t('{0} and {1}: select several rows.', '**Shift+↑**', '**Shift+↓**'),
      vscode.l10n.t('{0}: searches the rows that are loaded.', keys('ctrl+alt+f', 'cmd+alt+f')),
      vscode.l10n.t('{0}: moves to the buttons of the view.', '**Shift+Tab**'),
    ),
    `## ${title('findUser')}`,
    list(
      vscode.l10n.t(
        'Type any part of a name, an email or an ID, then choose a user with {0} and {1}.',
        '**↑**',
        '**↓**',
      ),
      vscode.l10n.t('{0}: shows the user in the tree.', '**Enter**'),
      vscode.l10n.t(
        '{0} twice: moves to the buttons of the user, such as Copy ID. {1} and {2}: move between the buttons. {3}: presses one.',
        '**Tab**',
        '**→**',
        '**←**',
        '**Enter**',
      ),
      vscode.l10n.t(
        '{0} on the last line: searches the users that are not loaded, or stops that search.',
        '**Enter**',
      ),
    ),
    `## ${vscode.l10n.t('Notifications')}`,
    list(
      vscode.l10n.t(
        'Long-running work is announced at its start, after each quarter and at its end. To cancel it, run {0} in the command palette and press {1} until Cancel has the focus.',
        '**Notifications: Focus Notification Toast**',
        '**Tab**',
      ),
    ),
    `## ${vscode.l10n.t('In an editor')}`,
    list(
      vscode.l10n.t('{0} on an ID: shows who has it.', keys('ctrl+k ctrl+i', 'cmd+k cmd+i')),
      vscode.l10n.t(
        '{0} with an ID or an email selected: shows the user or the account in the tree.',
        `**${title('lookUpSelection')}**`,
      ),
    ),
    `## ${vscode.l10n.t('All commands')}`,
    list(
      ...commands.map((command) => {
        const bound = keybindings.find(
          ({ command: id, args }) =>
            id === command.command || args?.commands?.includes(command.command) === true,
        );
        const name = `**${command.category}: ${command.title}**`;
        return bound === undefined
          ? name
          : vscode.l10n.t('{0}: {1}, in the view', name, keys(bound.key, bound.mac ?? bound.key));
      }),
    ),
    '',
  ].join('\n\n');
}

/** Keys as people write them, such as `Ctrl+C (macOS: Cmd+C)`. */
function keys(usual: string, mac: string): string {
  const written = (text: string) =>
    `**${text.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase())}**`;
  return usual === mac
    ? written(usual)
    : vscode.l10n.t('{0} (macOS: {1})', written(usual), written(mac));
}
