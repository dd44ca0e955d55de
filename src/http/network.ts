/** The editor's `http.*` settings that say how to get out. A person may have written anything. */
export interface HttpSettings {
  readonly proxy?: unknown;
  readonly noProxy?: unknown;
  readonly proxySupport?: unknown;
  readonly proxyAuthorization?: unknown;
  readonly proxyStrictSSL?: unknown;
  readonly systemCertificates?: unknown;
}

/** Environment variables by name. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** How requests get out, whoever they are for; those to this machine always go straight. */
export interface NetworkPlan {
  readonly proxy: ProxyPlan;
  /** Whether the certificates that the system trusts count too. */
  readonly systemCertificates: boolean;
}

/** Whether requests go through a proxy, and which. */
export type ProxyPlan =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'some';
      /** The setting or variable that names the proxy for `https:`, such as `http.proxy`. */
      readonly source: string;
      /** The proxy for `http:`, with its credentials; empty for none. */
      readonly httpProxy: string;
      /** The proxy for `https:`, with its credentials; empty for none. */
      readonly httpsProxy: string;
      /** The hosts to be asked directly, with commas between them. */
      readonly noProxy: string;
      /** What to send as `Proxy-Authorization` in the place of the credentials. */
      readonly authorization: string | undefined;
      /** Whether the certificate of the proxy itself has to be trusted. */
      readonly strict: boolean;
    }
  | {
      readonly kind: 'unusable';
      /** The setting or variable whose value is no proxy, such as `http.proxy`. Never the value. */
      readonly source: string;
    };

/** Requests go straight out. */
export const straight: NetworkPlan = { proxy: { kind: 'none' }, systemCertificates: false };

/**
 * Decides as VS Code does: its settings count before the environment, where a variable's name in
 * lower case counts before the one in upper case. Never throws.
 */
export function planNetwork(settings: HttpSettings, environment: Environment): NetworkPlan {
  return {
    proxy: settings.proxySupport === 'off' ? straight.proxy : proxyPlan(settings, environment),
    systemCertificates: settings.systemCertificates !== false,
  };
}

/** Whether a host, as a URL has it, is this machine. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function proxyPlan(settings: HttpSettings, environment: Environment): ProxyPlan {
  const set = given('http.proxy', settings.proxy);
  const http = set ?? variable('http_proxy', environment);
  const https = set ?? variable('https_proxy', environment) ?? http;
  if (https === undefined) return straight.proxy;
  const httpProxy = http === undefined ? '' : proxyAddress(http.value);
  const httpsProxy = proxyAddress(https.value);
  if (httpsProxy === undefined) return { kind: 'unusable', source: https.source };
  if (httpProxy === undefined) return { kind: 'unusable', source: http?.source ?? '' };
  const authorization = given('http.proxyAuthorization', settings.proxyAuthorization);
  // HTTP libraries quote a header that they refuse, so it must not get as far as there.
  if (authorization !== undefined && !/^[\x20-\x7e]+$/.test(authorization.value)) {
    return { kind: 'unusable', source: authorization.source };
  }
  return {
    kind: 'some',
    source: https.source,
    httpProxy,
    httpsProxy,
    noProxy: exceptions(settings.noProxy) || (variable('no_proxy', environment)?.value ?? ''),
    authorization: authorization?.value,
    strict: settings.proxyStrictSSL !== false,
  };
}

interface Given {
  readonly value: string;
  readonly source: string;
}

function given(source: string, value: unknown): Given | undefined {
  const text = typeof value === 'string' ? value.trim() : '';
  return text === '' ? undefined : { value: text, source };
}

function variable(name: string, environment: Environment): Given | undefined {
  const upper = name.toUpperCase();
  return given(name, environment[name]) ?? given(upper, environment[upper]);
}

function exceptions(list: unknown): string {
  const hosts: unknown[] = Array.isArray(list) ? list : [];
  return hosts.filter((host) => typeof host === 'string' && host.trim() !== '').join(',');
}

/** A proxy's address in full, or undefined for what is none. A scheme may be missing. */
function proxyAddress(text: string): string | undefined {
  const url = URL.parse(/^[\w+.-]+:\/\//.test(text) ? text : `http://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  // A password with a `/`, `?` or `#` in it ends the host too early.
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') return undefined;
  // The password is decoded before it is sent, and a lone `%` can't be.
  url.username = encoded(url.username);
  url.password = encoded(url.password);
  return url.href;
}

function encoded(text: string): string {
  try {
    return encodeURIComponent(decodeURIComponent(text));
  } catch {
    return encodeURIComponent(text);
  }
}
