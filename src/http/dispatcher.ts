import { Socket } from 'node:net';
import type { SecureContext } from 'node:tls';
import type { Dispatcher, buildConnector } from 'undici';
import api from 'undici/lib/api/index.js';
import connector from 'undici/lib/core/connect.js';
import type { Connect } from 'undici/lib/core/connect.js';
import Agent from 'undici/lib/dispatcher/agent.js';
import EnvHttpProxyAgent from 'undici/lib/dispatcher/env-http-proxy-agent.js';
import Pool from 'undici/lib/dispatcher/pool.js';
import { ServiceError } from './errors.ts';
import { asProxyFailure, proxyRefusal } from './failures.ts';
import { isLoopback } from './network.ts';
import type { NetworkPlan, ProxyPlan } from './network.ts';
import { tellOf, tellSecured } from './steps.ts';
import type { Tell } from './steps.ts';
import type { Trust } from './trust.ts';

interface TlsOptions {
  readonly allowH2: false;
  readonly secureContext?: SecureContext;
}

/** The time in ms within which a proxy must have opened a tunnel. */
const TUNNEL_TIME_LIMIT = 30_000;

/** The connections that are made by one plan. Nothing about TLS is read before it is needed. */
export class Route {
  readonly plan: NetworkPlan;
  readonly #trust: Trust;
  readonly #tell: Tell | undefined;
  readonly #direct: Agent;
  readonly #connectDirectly: Connect;
  readonly #underWay = new Set<Promise<unknown>>();
  #proxied: EnvHttpProxyAgent | undefined;

  /** @param tell hears of each step that new connections take */
  constructor(plan: NetworkPlan, trust: Trust, tell?: Tell) {
    this.plan = plan;
    this.#trust = trust;
    this.#tell = tell;
    this.#connectDirectly = told(
      withTlsWhenNeeded(() => this.#tls()),
      false,
      tell,
    );
    this.#direct = new Agent({ allowH2: false, connect: this.#connectDirectly });
  }

  /**
   * Does something that sends requests to a host.
   *
   * @throws {@link ServiceError} `proxyAddress`
   */
  async use<T>(url: URL, task: (dispatcher: Dispatcher) => Promise<T>): Promise<T> {
    const doing = task(this.#dispatcherFor(url));
    this.#underWay.add(doing);
    try {
      return await doing;
    } finally {
      this.#underWay.delete(doing);
    }
  }

  /** Ends its connections when what is under way has ended. */
  async retire(): Promise<void> {
    // A tunnel can't be opened any more once close() was called, not even for a waiting request.
    await Promise.allSettled(this.#underWay);
    await this.close();
  }

  /** Ends the connections that are idle now, and the others when their answer is complete. */
  async close(): Promise<void> {
    await Promise.all([this.#direct.close(), this.#proxied?.close()]);
  }

  #dispatcherFor({ hostname }: URL): Dispatcher {
    const { proxy } = this.plan;
    if (proxy.kind === 'none' || isLoopback(hostname)) return this.#direct;
    if (proxy.kind === 'some') return (this.#proxied ??= this.#throughProxy(proxy));
    throw new ServiceError('proxyAddress', { code: proxy.source });
  }

  #tls(): TlsOptions {
    const { systemCertificates } = this.plan;
    return { allowH2: false, ...(systemCertificates && { secureContext: this.#trust.context }) };
  }

  #throughProxy({
    httpProxy,
    httpsProxy,
    ...plan
  }: ProxyPlan & { kind: 'some' }): EnvHttpProxyAgent {
    const tls = this.#tls();
    const proxies = new Set([httpProxy, httpsProxy]);
    return new EnvHttpProxyAgent({
      httpProxy,
      httpsProxy,
      noProxy: plan.noProxy,
      ...(plan.authorization !== undefined && { token: plan.authorization }),
      allowH2: false,
      connect: this.#connectDirectly,
      requestTls: tls,
      proxyTls: { ...tls, rejectUnauthorized: plan.strict },
      clientFactory: (proxy: URL, options: object) => tunnels(proxy, options, this.#tell),
      // Makes the connections of requests, and those to a proxy that no tunnel is asked of.
      factory: (origin, options) =>
        proxies.has(String(origin))
          ? proxyPool(origin, options, this.#tell)
          : tunnelledPool(origin, options, this.#tell),
    });
  }
}

/** Connections straight to a host. */
function withTlsWhenNeeded(tls: () => TlsOptions): Connect {
  const plain = connector({ allowH2: false });
  let secure: Connect | undefined;
  return (options, callback) => {
    const connect = options.protocol === 'https:' ? (secure ??= connector(tls())) : plain;
    return connect(options, callback);
  };
}

/** The same way to connect, which tells of each step where someone wants to know. */
function told(connect: Connect, proxy: boolean, tell: Tell | undefined): Connect {
  if (tell === undefined) return connect;
  return (options, callback) => {
    const socket = connect(options, callback);
    if (socket instanceof Socket) tellOf(socket, options.host ?? options.hostname, proxy, tell);
    return socket;
  };
}

/** Connections to a proxy that open tunnels. Without undici's root, a pool can't do that itself. */
function tunnels(proxy: URL, options: object, tell: Tell | undefined): Dispatcher {
  const pool = proxyPool(proxy, { ...options, headersTimeout: TUNNEL_TIME_LIMIT }, tell);
  const connect = async (to: Dispatcher.ConnectOptions) => {
    let answer: Dispatcher.ConnectData;
    try {
      answer = await api.connect.call(pool, to);
    } catch (error) {
      throw asProxyFailure(error);
    }
    tell?.({ kind: 'tunnel', to: to.path, status: answer.statusCode });
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => undefined).destroy();
    throw proxyRefusal(answer.statusCode);
  };
  return Object.assign(pool, { connect });
}

/** Connections through a tunnel: what is handed back is already secured in it. */
function tunnelledPool(origin: string | URL, options: Pool.Options, tell: Tell | undefined): Pool {
  const { connect } = options;
  if (tell === undefined || typeof connect !== 'function') return new Pool(origin, options);
  return new Pool(origin, {
    ...options,
    connect: (to, callback) => {
      connect(to, (...[error, socket]: Parameters<buildConnector.Callback>) => {
        if (error !== null) {
          callback(error, null);
          return;
        }
        tellSecured(socket, to.host ?? to.hostname, tell);
        callback(null, socket);
      });
    },
  });
}

/** Connections to a proxy, whose failures tell that they are the proxy's. */
function proxyPool(proxy: string | URL, options: Pool.Options, tell: Tell | undefined): Pool {
  if (typeof options.connect !== 'function') throw new TypeError('A proxy needs a connector');
  const connect = told(options.connect, true, tell);
  return new Pool(proxy, {
    ...options,
    connect: (to, callback) => {
      connect(to, (...[error, socket]: Parameters<buildConnector.Callback>) => {
        if (error === null) callback(null, socket);
        else callback(asProxyFailure(error), null);
      });
    },
  });
}
