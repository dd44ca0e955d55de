import { l10n } from 'vscode';
import { LUMA_ADDRESS } from '../api/luma.ts';
import { checkedToken } from '../http/credential.ts';
import { isServiceError } from '../http/errors.ts';
import type { Transport } from '../http/transport.ts';
import type { LuminaryCredential } from './connection.ts';
import { connectionFrom } from './draft.ts';
import type { ConnectArguments, Draft } from './draft.ts';
import { shownTrial, trial } from './trial.ts';
import type { TrialResult } from './trial.ts';
import type { Outcome, Step, TextQuestion } from './wizard.ts';

/** What the steps for a credential work with. */
export interface CredentialFlow {
  readonly draft: Draft;
  readonly transport: Transport;
  /** What was given beforehand. Each is used once: going back to its step asks for it. */
  given: Pick<ConnectArguments, 'token' | 'clientId' | 'clientSecret'>;
  /** Why the service refused the latest credential, to be shown where it can be mended. */
  refusal?: string | undefined;
  /** What comes when the draft has a credential that works, or is to be saved anyway. */
  readonly then: Step;
  /** A button on the first step of Luma's flow. */
  readonly button?: TextQuestion['button'];
}

/** Asks for the credential that the draft's service takes. */
export function credentialStep(flow: CredentialFlow): Step {
  return flow.draft.service === 'luma' ? lumaTokenStep(flow) : luminaryKindStep(flow);
}

function lumaTokenStep(flow: CredentialFlow): Step {
  return tokenStep(
    flow,
    () =>
      flow.draft.address === LUMA_ADDRESS
        ? l10n.t('Luma API token, from your account at useapi.net')
        : l10n.t('Luma API token for {0}', hostOf(flow.draft)),
    (token) =>
      looksLikeLumaToken(token)
        ? undefined
        : l10n.t('Luma’s tokens mostly look like user:12345-abcdefghijklmnop.'),
  );
}

function luminaryKindStep(flow: CredentialFlow): Step {
  const [askToken, askClient] = [accessTokenStep(flow), clientIdStep(flow)];
  return async (wizard) => {
    const { given } = flow;
    if (given.token !== undefined) return next(askToken);
    if (given.clientId !== undefined || given.clientSecret !== undefined) return next(askClient);
    const answer = await wizard.pick(l10n.t('How do you sign in to this tenant?'), [
      {
        label: l10n.t('Client ID and secret'),
        detail: l10n.t('Signs in by itself whenever that is needed'),
        value: askClient,
      },
      {
        label: l10n.t('Access token'),
        detail: l10n.t('Works until the token ends, usually an hour'),
        value: askToken,
      },
    ]);
    return answer.kind === 'given' ? next(answer.value) : answer;
  };
}

function accessTokenStep(flow: CredentialFlow): Step {
  return tokenStep(flow, () => l10n.t('Access token for {0}', hostOf(flow.draft)));
}

function tokenStep(
  flow: CredentialFlow,
  prompt: () => string,
  doubt?: (token: string) => string | undefined,
): Step {
  return secretStep(flow, {
    prompt,
    ...(doubt && { doubt }),
    given() {
      const { token, ...rest } = flow.given;
      flow.given = rest;
      return token;
    },
    credential: (token) => ({ kind: 'token', token: checkedToken(token) }),
    problem: tokenProblem,
  });
}

function clientIdStep(flow: CredentialFlow): Step {
  let known = '';
  const askSecret = clientSecretStep(flow, () => known.trim());
  return async (wizard) => {
    const { clientId, ...rest } = flow.given;
    flow.given = rest;
    if (clientId !== undefined) {
      known = clientId;
      return next(askSecret);
    }
    const answer = await wizard.text({
      value: known,
      typed(value) {
        known = value;
      },
      prompt: l10n.t('Client ID, from Luminary’s support'),
      problem: (value) => (value.trim() === '' ? l10n.t('Enter the client ID.') : undefined),
    });
    if (answer.kind !== 'given') return answer;
    known = answer.value;
    return next(askSecret);
  };
}

function clientSecretStep(flow: CredentialFlow, clientId: () => string): Step {
  return secretStep(flow, {
    prompt: () => l10n.t('Client secret that belongs to this client ID'),
    given() {
      const { clientSecret, ...rest } = flow.given;
      flow.given = rest;
      return clientSecret;
    },
    credential: (secret) => ({
      kind: 'client',
      clientId: clientId(),
      clientSecret: secret.trim(),
    }),
    problem: (value) => (value.trim() === '' ? l10n.t('Enter the client secret.') : undefined),
  });
}

interface SecretQuestion {
  readonly prompt: () => string;
  readonly doubt?: (text: string) => string | undefined;
  readonly given: () => string | undefined;
  readonly credential: (text: string) => LuminaryCredential;
  readonly problem: (text: string) => string | undefined;
}

/**
 * Asks for a secret and tries it at once: a refusal is told where it can be mended. Whoever comes
 * back finds what was typed, but only for the address that it was typed for.
 */
function secretStep(flow: CredentialFlow, question: SecretQuestion): Step {
  const typed = new Map<string, string>();
  return async (wizard) => {
    const { draft, transport } = flow;
    const { address } = draft;
    const given = question.given();
    if (given !== undefined && question.problem(given) === undefined) {
      typed.set(address, given);
      draft.credential = question.credential(given);
      const result = await tryDraft(flow);
      if (result === undefined) return { kind: 'left' };
      if (result.kind !== 'refused') return afterTrial(flow, result);
      flow.refusal = result.sentence;
    }
    let result: TrialResult = { kind: 'works' };
    const answer = await wizard.text({
      prompt: question.prompt(),
      value: typed.get(address) ?? '',
      typed(value) {
        typed.set(address, value);
      },
      secret: true,
      problem: question.problem,
      ...(question.doubt && { doubt: question.doubt }),
      initialProblem: flow.refusal,
      async check(value, signal) {
        draft.credential = question.credential(value);
        const connection = connectionFrom(draft);
        if (connection !== undefined) result = await trial(connection, transport, signal);
        return result.kind === 'refused' ? result.sentence : undefined;
      },
      ...(flow.button && { button: flow.button }),
    });
    flow.refusal = undefined;
    return answer.kind === 'given' ? afterTrial(flow, result) : answer;
  };
}

function afterTrial(flow: CredentialFlow, result: TrialResult): Outcome {
  return next(result.kind === 'absent' ? absenceStep(flow, result.sentence) : flow.then);
}

/** The service can't be asked now: the person decides whether that matters. */
function absenceStep(flow: CredentialFlow, sentence: string): Step {
  return async (wizard) => {
    let reason = sentence;
    for (;;) {
      const question = l10n.t('{0} could not be tried. What now?', hostOf(flow.draft));
      const choices = [
        { label: l10n.t('Retry'), value: 'retry' },
        {
          label: l10n.t('Save Anyway'),
          detail: l10n.t('The connection is kept without having been tried'),
          value: 'save',
        },
        { label: l10n.t('Cancel'), value: 'cancel' },
      ];
      const answer = await wizard.pick(question, choices, reason);
      if (answer.kind !== 'given') return answer;
      if (answer.value === 'save') return next(flow.then);
      if (answer.value === 'cancel') return { kind: 'left' };
      const result = await tryDraft(flow);
      if (result?.kind === 'works') return next(flow.then);
      if (result?.kind === 'refused') {
        flow.refusal = result.sentence;
        return { kind: 'back' };
      }
      reason = result?.sentence ?? reason;
    }
  };
}

async function tryDraft({ draft, transport }: CredentialFlow): Promise<TrialResult | undefined> {
  const connection = connectionFrom(draft);
  return connection === undefined ? undefined : shownTrial(connection, transport);
}

function tokenProblem(text: string): string | undefined {
  if (text.trim() === '') return l10n.t('Enter the token.');
  try {
    checkedToken(text);
    return undefined;
  } catch (error) {
    if (!isServiceError(error)) throw error;
    return l10n.t('A token has no spaces, line breaks or accented letters in it.');
  }
}

function looksLikeLumaToken(token: string): boolean {
  return /^\s*(Bearer\s+)?user:\d+-\w+\s*$/i.test(token);
}

function hostOf({ address }: Draft): string {
  return new URL(address).host;
}

function next(step: Step): Outcome {
  return { kind: 'next', step };
}
