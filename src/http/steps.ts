import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** One step on the way to a service, or why it failed there. */
export type Step =
  /** A name was found. */
  | { readonly kind: 'name'; readonly host: string; readonly address: string }
  /** A connection stands, to the service or to its proxy. */
  | { readonly kind: 'connected'; readonly to: string; readonly proxy: boolean }
  /** The other side's certificate is trusted. */
  | {
      readonly kind: 'secured';
      readonly to: string;
      /** Such as `TLSv1.3`. */
      readonly protocol: string;
      /** Whom the certificate is for and who has signed it, as far as it says so. */
      readonly subject: string;
      readonly issuer: string;
    }
  /** A proxy has answered to the wish for a tunnel, with this status. */
  | { readonly kind: 'tunnel'; readonly to: string; readonly status: number };

/** Hears of each step when it is done. */
export type Tell = (step: Step) => void;

/** Tells of the steps of a connection in the making. */
export function tellOf(socket: Socket, to: string, proxy: boolean, tell: Tell): void {
  socket.on('lookup', (error: unknown, address: string, _family: unknown, host: string) => {
    if (error === null || error === undefined) tell({ kind: 'name', host, address });
  });
  socket.once('connect', () => {
    tell({ kind: 'connected', to, proxy });
  });
  socket.once('secureConnect', () => {
    tellSecured(socket, to, tell);
  });
}

/** Tells that a connection is secure, where it is one of TLS. */
export function tellSecured(socket: Socket, to: string, tell: Tell): void {
  if (socket instanceof TLSSocket) tell(secured(socket, to));
}

function secured(socket: TLSSocket, to: string): Step {
  const { subject, issuer } = socket.getPeerX509Certificate() ?? {};
  return {
    kind: 'secured',
    to,
    protocol: socket.getProtocol() ?? '',
    subject: commonName(subject),
    issuer: commonName(issuer),
  };
}

/** The name in a certificate's `CN=…` line, or all that it says. */
function commonName(name = ''): string {
  return /^CN=(.*)$/m.exec(name)?.[1] ?? name;
}
