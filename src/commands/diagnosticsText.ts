import { l10n } from 'vscode';
import type { Diagnosis, TrialEvent } from '../connections/diagnosis.ts';
import { isServiceError } from '../http/errors.ts';
import type { NetworkPlan, ProxyPlan } from '../http/network.ts';
import { oneLine } from '../http/text.ts';
import { numberText } from '../words/format.ts';
import { code, failureText } from '../words/inert.ts';
import { labelledName } from '../words/names.ts';

/** Everything that the document on the network tells. */
export interface Diagnostics {
  /** Time, versions and system, in words. */
  readonly about: string;
  readonly plan: NetworkPlan;
  /** How many authorities' certificates are trusted, where the system's are looked at. */
  readonly authorities: number;
  readonly diagnoses: readonly Diagnosis[];
}

/** The document in Markdown. It holds no credential, and none of a proxy's. */
export function diagnosticsText({ about, plan, authorities, diagnoses }: Diagnostics): string {
  return (
    [
      `# ${l10n.t('Network diagnostics')}`,
      about,
      [...proxyLines(plan.proxy), certificatesLine(plan, authorities)]
        .map((line) => `- ${line}`)
        .join('\n'),
      ...diagnoses.flatMap((diagnosis) => connectionParts(diagnosis, plan.proxy)),
      '',
    ]
      .join('\n\n')
      .trimEnd() + '\n'
  );
}

function proxyLines(proxy: ProxyPlan): string[] {
  switch (proxy.kind) {
    case 'none':
      return [l10n.t('Proxy: none is set. Requests go straight out.')];
    case 'unusable':
      return [
        l10n.t('Proxy: what stands in {0} can’t be used as one of HTTP.', code(proxy.source)),
      ];
    case 'some':
      return [
        l10n.t('Proxy: {0}, from {1}', code(withoutPassword(proxy.httpsProxy)), code(proxy.source)),
        ...(proxy.httpProxy === proxy.httpsProxy || proxy.httpProxy === ''
          ? []
          : [l10n.t('Proxy for http: {0}', code(withoutPassword(proxy.httpProxy)))]),
        proxy.authorization !== undefined || new URL(proxy.httpsProxy).username !== ''
          ? l10n.t('It is given a password.')
          : l10n.t('It is given no password.'),
        ...(proxy.noProxy === '' ? [] : [l10n.t('Not used for: {0}', code(proxy.noProxy))]),
        ...(proxy.strict
          ? []
          : [
              l10n.t(
                'Its own certificate is not checked: {0} is off.',
                code('http.proxyStrictSSL'),
              ),
            ]),
      ];
  }
}

function certificatesLine({ systemCertificates }: NetworkPlan, authorities: number): string {
  return systemCertificates
    ? l10n.t(
        'Certificates: those of {0} authorities, which Node.js or the system trusts',
        numberText(authorities),
      )
    : l10n.t(
        'Certificates: those that Node.js trusts, as {0} is off',
        code('http.systemCertificates'),
      );
}

function connectionParts(diagnosis: Diagnosis, proxy: ProxyPlan): string[] {
  const { connection, events, error } = diagnosis;
  const title = `## ${code(oneLine(labelledName(connection)))}`;
  if (connection.sample === true) {
    return [title, l10n.t('Sample data: it is answered inside the editor, without a network.')];
  }
  const steps = events.map((event, index) => `${index + 1}. ${eventLine(event)}`);
  return [
    title,
    `${code(connection.address)}, ${wayText(diagnosis, proxy)}`,
    ...(steps.length === 0 ? [] : [steps.join('\n')]),
    error === undefined ? `✔ ${l10n.t('It works.')}` : `✘ ${failureText(error)}`,
  ];
}

/** Read off what happened, where something did: exceptions to a proxy are the HTTP library's to know. */
function wayText({ events, error }: Diagnosis, proxy: ProxyPlan): string {
  const connected = events.find((event) => event.kind === 'connected');
  if (proxy.kind === 'none' || connected?.proxy === false) return l10n.t('asked directly');
  const atProxy = isServiceError(error) && error.reason.startsWith('proxy');
  return connected?.proxy === true || atProxy
    ? l10n.t('asked through the proxy')
    : l10n.t('never connected');
}

function eventLine(event: TrialEvent): string {
  const text = eventText(event);
  return `${text} (${l10n.t('{0} ms', numberText(Math.round(event.ms)))})`;
}

function eventText(event: TrialEvent): string {
  switch (event.kind) {
    case 'name':
      return l10n.t('The name {0} was found: {1}', code(event.host), code(event.address));
    case 'connected':
      return event.proxy
        ? l10n.t('Connected to the proxy {0}', code(event.to))
        : l10n.t('Connected to {0}', code(event.to));
    case 'secured':
      return l10n.t(
        'Secured by {0}; certificate for {1}, signed by {2}',
        code(event.protocol),
        code(event.subject),
        code(event.issuer),
      );
    case 'tunnel':
      return l10n.t(
        'The proxy answered {0} to the wish for a tunnel to {1}',
        event.status,
        code(event.to),
      );
    case 'exchange':
      return l10n.t(
        '{0} was answered with {1}',
        code(`${event.method} ${event.template}`),
        event.status,
      );
  }
}

function withoutPassword(address: string): string {
  const url = new URL(address);
  url.username = '';
  url.password = '';
  return url.href;
}
