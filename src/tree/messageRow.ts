import { l10n } from 'vscode';
import { oneLine } from '../http/text.ts';
import type { Json } from '../http/json.ts';
import { MAX_PAGES } from '../model/userPages.ts';
import { explain, explanationText, isNetworkFailure } from '../words/errors.ts';
import type { Remedy } from '../words/errors.ts';
import { numberText } from '../words/format.ts';
import { jsonText } from './fields.ts';
import type { Message } from './nodes.ts';
import { warning } from './row.ts';
import type { Icon, Row, RowCommand } from './row.ts';

/** The row of a message. */
export function messageRow(message: Message): Row {
  switch (message.type) {
    case 'loading':
      return {
        ...said(l10n.t('Loading…'), { id: 'loading~spin' }),
        context: 'loading',
        spoken: l10n.t('Loading is under way. Cancel Loading in the menu of this row stops it.'),
      };
    case 'noAccounts':
      return {
        ...said(l10n.t('No accounts configured'), { id: 'info' }),
        spoken: l10n.t('No accounts are configured.'),
      };
    case 'noUsers':
      return { ...said(l10n.t('No users'), { id: 'info' }), spoken: l10n.t('There are no users.') };
    case 'cancelled':
      return said(l10n.t('Loading was cancelled.'), { id: 'circle-slash' });
    case 'failed':
      return failureRow(message.error);
    case 'remedy':
      return remedyRow(explain(message.error).remedy);
    case 'retry':
      return remedyRow('retry');
    case 'continue':
      return {
        ...remedyRow('retry'),
        label: l10n.t('Continue'),
        spoken: l10n.t('Continue: press Enter to go on loading.'),
      };
    case 'stopped':
      return said(stoppedText(message.end), warning);
    case 'beyond':
      return said(
        l10n.t(
          'The service counts {0} more. Pages are added as the last ones are opened, {1} at first.',
          numberText(message.count),
          numberText(MAX_PAGES),
        ),
        { id: 'info' },
      );
    case 'secretsUnreadable':
      return said(
        l10n.t('The editor can’t read its secrets: is the system’s keyring running?'),
        warning,
      );
    case 'keyringHelp':
      return {
        ...remedyRow('retry'),
        label: l10n.t('What to Do…'),
        spoken: l10n.t('What to Do…'),
        icon: { id: 'question', color: 'textLink.foreground' },
        command: { id: 'lumaLuminary.keyringHelp', on: 'parent' },
      };
    case 'retryAll':
      return { ...remedyRow('retry'), command: { id: 'lumaLuminary.refreshAll', on: 'itself' } };
  }
}

/** The row of a record that can't be read. */
export function unreadableRow(record: Json): Row {
  const label = l10n.t('Unreadable record');
  const description =
    typeof record === 'object' && record !== null && !Array.isArray(record)
      ? l10n.t('it has no ID')
      : l10n.t('it is no object: {0}', oneLine(jsonText(record), 60));
  return {
    label,
    description,
    icon: warning,
    context: 'unreadable',
    spoken: l10n.t('{0}: {1}.', label, description),
  };
}

function said(label: string, icon: Icon): Row {
  return { label, icon, context: 'message', spoken: label };
}

function failureRow(error: unknown): Row {
  const explanation = explain(error);
  return {
    ...said(explanation.sentence, warning),
    description: explanation.facts,
    context: isNetworkFailure(error) ? 'message.network' : 'message',
    spoken: l10n.t('This could not be read. {0}', explanationText(explanation)),
  };
}

function stoppedText(end: Extract<Message, { type: 'stopped' }>['end']): string {
  switch (end) {
    case 'missingCursor':
      return l10n.t('The list stops here: the service says there is more, but not where.');
    case 'repeatedCursor':
      return l10n.t('The list stops here: the service leads back to users already read.');
    case 'noProgress':
      return l10n.t('The list stops here: the service keeps answering without new users.');
  }
}

function remedyRow(remedy: Remedy): Row {
  const { label, icon, spoken, command } = remedyRows[remedy]();
  return {
    label,
    icon: { id: icon, color: 'textLink.foreground' },
    context: 'message',
    spoken,
    command,
  };
}

const remedyRows: Readonly<
  Record<Remedy, () => { label: string; icon: string; spoken: string; command: RowCommand }>
> = {
  retry: () => ({
    label: l10n.t('Retry'),
    icon: 'refresh',
    spoken: l10n.t('Retry: press Enter to try again.'),
    command: { id: 'lumaLuminary.refresh', on: 'parent' },
  }),
  replaceToken: () => ({
    label: l10n.t('Replace Token…'),
    icon: 'key',
    spoken: l10n.t('Replace Token…: press Enter to give another token.'),
    command: { id: 'lumaLuminary.replaceToken', on: 'connection' },
  }),
  replaceClient: () => ({
    label: l10n.t('Replace Client ID or Secret…'),
    icon: 'key',
    spoken: l10n.t('Replace Client ID or Secret…: press Enter to give others.'),
    command: { id: 'lumaLuminary.replaceToken', on: 'connection' },
  }),
  diagnose: () => ({
    label: l10n.t('Show Network Diagnostics'),
    icon: 'pulse',
    spoken: l10n.t('Show Network Diagnostics: press Enter to see what fails.'),
    command: { id: 'lumaLuminary.diagnoseConnection', on: 'connection' },
  }),
  showLog: () => ({
    label: l10n.t('Show Log'),
    icon: 'output',
    spoken: l10n.t('Show Log: press Enter to see every request.'),
    command: { id: 'lumaLuminary.showLog', on: 'itself' },
  }),
};
