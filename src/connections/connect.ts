import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { oneLine } from '../http/text.ts';
import { LUMA_ADDRESS } from '../api/luma.ts';
import { checkLumaAddress, checkLuminaryAddress, nameOfHost } from '../api/address.ts';
import type { CheckedAddress } from '../api/address.ts';
import type { Transport } from '../http/transport.ts';
import { explainAddress } from '../words/addresses.ts';
import { labelledName } from '../words/names.ts';
import { plain } from '../words/plain.ts';
import type { Connection } from './connection.ts';
import { credentialStep } from './credentialSteps.ts';
import { connectionFrom, draftOf } from './draft.ts';
import type { ConnectArguments, Draft } from './draft.ts';
import { readLabel } from './label.ts';
import type { ConnectionStore } from './store.ts';
import { Wizard } from './wizard.ts';
import type { Outcome, Step } from './wizard.ts';

/** What the connect flows work with. */
export interface ConnectServices {
  readonly store: ConnectionStore;
  /** The network: a sample connection is never made this way. */
  readonly transport: Transport;
}

/**
 * Connects a Luma token: asks for what is missing, tries it, and saves it.
 *
 * @returns the new connection; undefined if the person left
 */
export function connectLuma(
  given: ConnectArguments,
  services: ConnectServices,
): Promise<Connection | undefined> {
  const draft = newDraft('luma', given);
  const askToken = credentialStep({
    draft,
    transport: services.transport,
    given,
    then: nameStep(draft, given, services.store),
    button: {
      icon: 'server-environment',
      tooltip: vscode.l10n.t('Use another address than useapi.net’s'),
      pressed: (wizard) => askAddress(wizard),
    },
  });
  const askAddress = addressStep(draft, {
    prompt: vscode.l10n.t('Address of a Luma gateway or mock'),
    placeholder: LUMA_ADDRESS,
    given: given.address,
    check: checkLumaAddress,
    then: askToken,
  });
  const first = given.address === undefined ? askToken : askAddress;
  return connect(vscode.l10n.t('Connect Luma'), first, draft, services.store);
}

/**
 * Connects a Luminary tenant: asks for what is missing, tries it, and saves it.
 *
 * @returns the new connection; undefined if the person left
 */
export function connectLuminary(
  given: ConnectArguments,
  services: ConnectServices,
): Promise<Connection | undefined> {
  const draft = newDraft('luminary', given);
  const first = addressStep(draft, {
    prompt: vscode.l10n.t('Subdomain of your tenant (SUBDOMAIN.withluminary.com), or an address'),
    placeholder: 'acme',
    given: given.address,
    check: checkLuminaryAddress,
    then: credentialStep({
      draft,
      transport: services.transport,
      given,
      then: nameStep(draft, given, services.store),
    }),
  });
  return connect(vscode.l10n.t('Connect Luminary'), first, draft, services.store);
}

/**
 * Asks for another credential for a connection, tries it, and saves it. What is loaded stays.
 *
 * @returns the connection with the new credential; undefined if it was not replaced
 */
export async function replaceToken(
  connection: Connection,
  { store, transport }: ConnectServices,
): Promise<Connection | undefined> {
  const draft = draftOf(connection);
  const done: Step = () => Promise.resolve({ kind: 'done' });
  const first = credentialStep({ draft, transport, given: {}, then: done });
  if (!(await new Wizard(replacingTitle(connection)).run(first))) return undefined;
  // Another window may have renamed or removed it meanwhile.
  const current = store.get(connection.id);
  const replaced = current && connectionFrom({ ...draftOf(current), credential: draft.credential });
  if (replaced === undefined) tellGone(connection);
  else await store.save(replaced);
  return replaced;
}

/** Whether a connection signs in with a client ID and secret, not with a token. */
export function hasClient(connection: Connection): boolean {
  return connection.kind === 'luminary' && connection.credential.kind === 'client';
}

function tellGone(connection: Connection): void {
  const name = labelledName(connection);
  const text = vscode.l10n.t('{0} was changed or removed meanwhile: nothing was replaced.', name);
  void vscode.window.showInformationMessage(plain(text));
}

function replacingTitle(connection: Connection): string {
  const name = labelledName(connection);
  return hasClient(connection)
    ? vscode.l10n.t('Replace Client ID or Secret: {0}', name)
    : vscode.l10n.t('Replace Token: {0}', name);
}

async function connect(
  title: string,
  first: Step,
  draft: Draft,
  store: ConnectionStore,
): Promise<Connection | undefined> {
  if (!(await new Wizard(title).run(first))) return undefined;
  const connection = connectionFrom(draft);
  if (connection !== undefined) await store.save(connection);
  return connection;
}

function newDraft(service: Connection['kind'], { label, color }: ConnectArguments): Draft {
  return {
    id: randomUUID(),
    service,
    name: service === 'luma' ? 'Luma' : 'Luminary',
    address: LUMA_ADDRESS,
    label: readLabel(label, color),
    credential: undefined,
  };
}

interface AddressQuestion {
  readonly prompt: string;
  readonly placeholder: string;
  readonly given: string | undefined;
  readonly check: (text: string) => CheckedAddress;
  readonly then: Step;
}

/** Asks for an address, and for leave to send a credential to one that is not the service's own. */
function addressStep(draft: Draft, question: AddressQuestion): Step {
  let { given } = question;
  let value = given ?? '';
  const usual = draft.address;
  const problem = (text: string) => {
    const checked = question.check(text);
    return checked.ok ? undefined : explainAddress(checked.problem);
  };
  return async (wizard) => {
    for (;;) {
      if (given === undefined || problem(given) !== undefined) {
        const answer = await wizard.text({
          prompt: question.prompt,
          placeholder: question.placeholder,
          value,
          typed(text) {
            value = text;
          },
          problem,
          initialProblem: given === undefined ? undefined : problem(given),
        });
        if (answer.kind !== 'given') {
          draft.address = usual; // Whoever goes back from here has not chosen an address.
          return answer;
        }
        value = answer.value;
      }
      given = undefined;
      const checked = question.check(value);
      if (checked.ok && (!checked.foreign || (await confirmed(checked.host)))) {
        draft.address = checked.address;
        return { kind: 'next', step: question.then };
      }
    }
  };
}

async function confirmed(host: string): Promise<boolean> {
  const send = vscode.l10n.t('Use This Address');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Send the credential to {0}?', host),
    {
      modal: true,
      detail: vscode.l10n.t(
        'This is not an address of the service itself. Whoever runs it can use your credential.',
      ),
    },
    send,
  );
  return answer === send;
}

function nameStep(draft: Draft, given: ConnectArguments, store: ConnectionStore): Step {
  let name = given.name?.trim();
  let typed: string | undefined;
  const problem = (text: string) => nameProblem(text, draft.service, store.all);
  return async (wizard): Promise<Outcome> => {
    if (name === undefined || problem(name) !== undefined) {
      const answer = await wizard.text({
        prompt: vscode.l10n.t('Name of this connection, as it stands in the view'),
        value: typed ?? proposedName(draft, store),
        typed(text) {
          typed = text;
        },
        problem,
      });
      if (answer.kind !== 'given') return answer;
      name = answer.value.trim();
    }
    draft.name = name;
    name = undefined;
    return { kind: 'done' };
  };
}

/** No connection's name has more UTF-16 units than this. */
const MAX_NAME = 60;

/** What is wrong with a connection's name, if anything; `others` are the connections beside it. */
export function nameProblem(
  name: string,
  service: Connection['kind'],
  others: ConnectionStore['all'],
): string | undefined {
  const line = oneLine(name);
  if (line === '') return vscode.l10n.t('Enter a name.');
  if (line !== name.trim()) return vscode.l10n.t('Use one line of plain text.');
  if (line.length > MAX_NAME) return vscode.l10n.t('Use at most {0} characters.', MAX_NAME);
  const taken = others?.some((other) => other.kind === service && other.name === line);
  return taken === true ? vscode.l10n.t('There is a connection of this name already.') : undefined;
}

function proposedName({ service, address }: Draft, store: ConnectionStore): string {
  const base = service === 'luminary' ? nameOfHost(address) : vscode.l10n.t('personal');
  const taken = new Set(
    store.all?.map((other) => (other.kind === service ? other.name : undefined)),
  );
  if (!taken.has(base)) return base;
  const number = Array.from({ length: taken.size + 1 }, (_, index) => index + 2).find(
    (n) => !taken.has(`${base} ${String(n)}`),
  );
  return `${base} ${String(number)}`;
}
