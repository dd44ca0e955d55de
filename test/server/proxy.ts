import { type IncomingMessage, type Server, type ServerResponse, createServer } from 'node:http';
import { request as forward } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, type Socket, connect } from 'node:net';
import type { Duplex } from 'node:stream';
import type { KeyPair } from './certificates.ts';

/** How a proxy is set up. All but the certificate can be changed while it runs. */
export interface ProxyOptions {
  /** Such as `user:password`; without it, everybody may pass. */
  readonly credentials?: string;
  /** Speaks TLS itself, with this certificate. */
  readonly tls?: KeyPair;
}

/** What was asked of a proxy. */
export interface ProxyRecord {
  readonly method: string;
  /** As it was asked for: `host:port`, or a whole address. */
  readonly target: string;
  readonly authorization: string | undefined;
  /** The status that the proxy itself answered with; 200 where it passed the request on. */
  status: number;
}

/** Starts an HTTP proxy on loopback. */
export async function startProxy(options: ProxyOptions = {}): Promise<TestProxy> {
  const proxy = new TestProxy(options);
  await proxy.listen();
  return proxy;
}

/**
 * An HTTP proxy that passes on requests and opens tunnels, but only to where a test says that a host
 * is: nothing leaves this machine.
 */
export class TestProxy {
  credentials: string | undefined;
  /** Answers everything with this status, closes the connection, or gives no answer. */
  refusal: number | 'close' | 'silent' | undefined;
  /** Where hosts are: `api.example.com:443` on which port of this machine. */
  readonly hosts = new Map<string, number>();
  /** Every request so far, in the order of arrival. */
  readonly requests: ProxyRecord[] = [];
  readonly #http: Server;
  readonly #scheme: 'http' | 'https';
  readonly #sockets = new Set<Duplex>();

  constructor({ credentials, tls }: ProxyOptions) {
    this.credentials = credentials;
    this.#scheme = tls === undefined ? 'http' : 'https';
    this.#http = tls === undefined ? createServer() : createTlsServer({ ...tls });
    this.#http.keepAliveTimeout = 0;
    this.#http.requestTimeout = 0;
    this.#http.on('request', (request: IncomingMessage, response: ServerResponse) => {
      this.#pass(request, response);
    });
    this.#http.on('connect', (request: IncomingMessage, socket: Duplex) => {
      this.#tunnel(request, socket);
    });
    this.#http.on('connection', (socket: Socket) => {
      this.#keep(socket);
    });
  }

  /** Begins to accept connections. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#http.once('error', reject);
      this.#http.listen(0, '127.0.0.1', resolve);
    });
  }

  /** Host and port. The certificates are for `localhost`. */
  get host(): string {
    return `localhost:${(this.#http.address() as AddressInfo).port}`;
  }

  /** As a setting has it, with or without credentials. */
  address(credentials?: string): string {
    return `${this.#scheme}://${credentials === undefined ? '' : `${credentials}@`}${this.host}`;
  }

  /** How many connections are open, to either side. */
  get connectionCount(): number {
    return this.#sockets.size;
  }

  /** Ends every connection and stops listening. */
  async close(): Promise<void> {
    await new Promise((resolve) => {
      this.#http.close(resolve);
      this.#http.closeAllConnections();
      for (const socket of this.#sockets) socket.destroy();
    });
  }

  /** Takes note of a request, and decides on it. */
  #begin(request: IncomingMessage): ProxyRecord & { port: number | undefined } {
    const target = request.url ?? '';
    const authorization = request.headers['proxy-authorization'];
    const host = target.includes('://') ? hostOf(target) : target;
    const port = this.hosts.get(host);
    const record = {
      method: request.method ?? '',
      target,
      authorization,
      port,
      status: this.#statusFor(authorization, port),
    };
    this.requests.push(record);
    return record;
  }

  #statusFor(authorization: string | undefined, port: number | undefined): number {
    const { credentials } = this;
    const wanted = credentials && `Basic ${Buffer.from(credentials).toString('base64')}`;
    if (wanted !== undefined && authorization !== wanted) return 407;
    if (typeof this.refusal === 'number') return this.refusal;
    return port === undefined ? 502 : 200;
  }

  #pass(request: IncomingMessage, response: ServerResponse): void {
    const { status, port } = this.#begin(request);
    if (this.refusal === 'silent') return;
    if (this.refusal === 'close') {
      response.destroy();
      return;
    }
    if (status !== 200) {
      response.writeHead(status, challenge(status)).end('The proxy says no.');
      return;
    }
    const { pathname, search } = new URL(request.url ?? '');
    const { method } = request;
    const headers = { ...request.headers };
    delete headers['proxy-authorization'];
    const onward = forward({
      host: '127.0.0.1',
      port,
      method,
      headers,
      path: pathname + search,
      agent: false,
    });
    onward.on('socket', (socket) => {
      this.#keep(socket);
    });
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  }

  #tunnel(request: IncomingMessage, socket: Duplex): void {
    const { status, port } = this.#begin(request);
    socket.on('error', () => undefined);
    if (this.refusal === 'silent') return;
    if (this.refusal === 'close') {
      socket.destroy();
      return;
    }
    if (status !== 200 || port === undefined) {
      const head = Object.entries(challenge(status)).map((field) => `${field.join(': ')}\r\n`);
      socket.end(`HTTP/1.1 ${status} No\r\n${head.join('')}content-length: 4\r\n\r\nNo.\n`);
      return;
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.pipe(socket).pipe(onward);
    });
    this.#keep(onward);
    onward.on('close', () => socket.destroy());
    socket.on('close', () => onward.destroy());
  }

  #keep(socket: Duplex): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => this.#sockets.delete(socket));
  }
}

function challenge(status: number): Record<string, string> {
  return status === 407 ? { 'proxy-authenticate': 'Basic realm="loopback"' } : {};
}

/** Host and port of a whole address. */
function hostOf(address: string): string {
  const url = URL.parse(address);
  return url === null ? '' : `${url.hostname}:${url.port === '' ? '80' : url.port}`;
}
