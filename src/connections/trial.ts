import * as vscode from 'vscode';
import { isServiceError } from '../http/errors.ts';
import type { ErrorReason } from '../http/errors.ts';
import type { Transport } from '../http/transport.ts';
import { withSignal } from '../words/cancellation.ts';
import { explain, explanationText } from '../words/errors.ts';
import { plain } from '../words/plain.ts';
import type { Connection } from './connection.ts';
import { tryConnection } from './session.ts';

/** How a connection's trial went: a refusal won't pass by itself, an absence may. */
export type TrialResult =
  | { readonly kind: 'works' }
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'absent'; readonly sentence: string };

const absences: ReadonlySet<ErrorReason> = new Set([
  'unreachable',
  'certificate',
  'proxyAddress',
  'proxyUnreachable',
  'proxyCertificate',
  'proxyUnauthorized',
  'proxyRefused',
  'connectionLost',
  'timeout',
  'serverError',
  'rateLimited',
]);

/**
 * Tries a connection.
 *
 * @throws the signal's reason
 */
export async function trial(
  connection: Connection,
  transport: Transport,
  signal: AbortSignal,
): Promise<TrialResult> {
  try {
    await tryConnection(connection, transport, signal);
    return { kind: 'works' };
  } catch (error) {
    signal.throwIfAborted();
    if (!isServiceError(error)) throw error;
    const sentence = explanationText(explain(error));
    return { kind: absences.has(error.reason) ? 'absent' : 'refused', sentence };
  }
}

/** Tries a connection while a notification says so; undefined if the person cancelled. */
export async function shownTrial(
  connection: Connection,
  transport: Transport,
): Promise<TrialResult | undefined> {
  return vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: plain(vscode.l10n.t('Trying the connection “{0}”…', connection.name)),
      cancellable: true,
    },
    (_, token) =>
      withSignal(token, async (signal) => {
        try {
          return await trial(connection, transport, signal);
        } catch (error) {
          if (signal.aborted) return undefined;
          throw error;
        }
      }),
  );
}
