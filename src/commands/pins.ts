import * as vscode from 'vscode';
import { isJsonObject } from '../http/json.ts';
import { readLumaAccount } from '../api/luma.ts';
import { readUser } from '../api/luminary.ts';
import { withPins } from '../model/pins.ts';
import type { Pin } from '../model/pins.ts';
import { accountLabel } from '../tree/accountRow.ts';
import { connectionOf } from '../tree/nodes.ts';
import type { Node } from '../tree/nodes.ts';
import { pinOf, pinState } from '../tree/pinned.ts';
import { pinLabel } from '../tree/pinnedRow.ts';
import { userLabel } from '../tree/userRow.ts';
import { counted, numberText } from '../words/format.ts';
import { labelledName } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import type { Ask } from './ask.ts';
import { say } from './clipboard.ts';
import type { Run } from './register.ts';
import type { Services } from './services.ts';
import { tell } from './tell.ts';

/** The commands that keep users and accounts at hand. */
export function pinCommands(
  { store, sessions, pins }: Pick<Services, 'store' | 'sessions' | 'pins'>,
  ask: Ask,
): Record<'pin' | 'unpin' | 'movePinUp' | 'movePinDown', Run> {
  /** What the users and accounts among rows are pinned as, whether they are or not, each once. */
  function pinsOf(nodes: readonly Node[]): Pin[] {
    const found = nodes.flatMap((node) => {
      if (node.kind === 'pin') return [node.pin];
      if (node.kind === 'field') return pinsOf([node.parent]);
      const connection = connectionOf(node)?.id;
      if (connection === undefined || (node.kind !== 'user' && node.kind !== 'account')) return [];
      return [pinOf(node, connection, sessions)];
    });
    return withPins([], found);
  }

  /** The pins among rows, or one that the person chooses. */
  async function chosenPins(nodes: readonly Node[], placeHolder: string): Promise<Pin[]> {
    const chosen = pinsOf(nodes).filter((pin) => pins.has(pin));
    if (chosen.length > 0) return chosen;
    await store.ready();
    const items = pins.all.flatMap(item);
    if (items.length === 0) {
      tell(vscode.l10n.t('Nothing is pinned.'));
      return [];
    }
    const answer = await vscode.window.showQuickPick(items, {
      placeHolder,
      matchOnDescription: true,
    });
    return answer === undefined ? [] : [answer.pin];
  }

  function item(pin: Pin): (vscode.QuickPickItem & { readonly pin: Pin })[] {
    const connection = store.get(pin.connection);
    if (connection === undefined) return [];
    const description = plain(labelledName(connection));
    return [{ label: plain(labelOf(pin)), description, pin }];
  }

  /** What a pinned user or account is called, as far as its record is known. */
  function labelOf(pin: Pin): string {
    const state = pinState(pin, sessions.get(pin.connection));
    if (state.kind === 'found') return userLabel(readUser(state.user));
    if (state.kind !== 'account') return pinLabel(pin);
    const record = sessions.luma(pin.connection)?.accounts.get(state.key)?.shown;
    return isJsonObject(record) ? accountLabel(state.key, readLumaAccount(record)) : pinLabel(pin);
  }

  async function move(nodes: readonly Node[], direction: 'up' | 'down', ask: string) {
    await pins.move(await chosenPins(nodes, ask), direction);
  }

  return {
    async pin({ nodes }) {
      const rows = await ask.rows(nodes, vscode.l10n.t('Pin…'));
      const chosen = pinsOf(rows);
      if (chosen.length > 0) {
        await pins.add(chosen);
        say(counted(chosen.length, vscode.l10n.t('Pinned'), pinnedText(chosen.length)));
      } else if (rows.length > 0) {
        tell(vscode.l10n.t('Only users and accounts can be pinned.'));
      }
    },

    async unpin({ nodes }) {
      const chosen = await chosenPins(nodes, vscode.l10n.t('Unpin…'));
      if (chosen.length === 0) return;
      await pins.remove(chosen);
      say(vscode.l10n.t('Unpinned'));
    },

    movePinUp: ({ nodes }) => move(nodes, 'up', vscode.l10n.t('Move which pin up?')),

    movePinDown: ({ nodes }) => move(nodes, 'down', vscode.l10n.t('Move which pin down?')),
  };
}

function pinnedText(count: number): string {
  return vscode.l10n.t('Pinned {0}', numberText(count));
}
