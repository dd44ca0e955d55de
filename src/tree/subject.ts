import type { Pin } from '../model/pins.ts';
import { connectionOf, parentOf } from './nodes.ts';
import type { Node } from './nodes.ts';

/** What can be read by itself, now or again. */
export type Subject =
  | { readonly kind: 'connection'; readonly connection: string }
  | { readonly kind: 'page'; readonly connection: string; readonly index: number }
  | { readonly kind: 'lookedUp'; readonly connection: string }
  | { readonly kind: 'account'; readonly connection: string; readonly key: string }
  | { readonly kind: 'user'; readonly connection: string; readonly id: string };

/** What a row is read with: itself, or the nearest row above it that is read as a whole. */
export function subjectOf(node: Node): Subject | undefined {
  const connection = connectionOf(node)?.id;
  if (connection === undefined) return undefined;
  switch (node.kind) {
    case 'connection':
      return { kind: 'connection', connection };
    case 'page':
      return { kind: 'page', connection, index: node.index };
    case 'lookedUp':
      return { kind: 'lookedUp', connection };
    case 'account':
      return { kind: 'account', connection, key: node.key };
    case 'pin':
      return pinSubject(node.pin);
    case 'user':
      return subjectOf(node.parent);
    case 'field':
    case 'unreadable':
    case 'message': {
      const parent = parentOf(node);
      return parent && subjectOf(parent);
    }
    case 'pinned':
    case 'unreadableConnection':
      return undefined;
  }
}

/** What something pinned is read with: an account comes with all of its connection. */
export function pinSubject({ connection, kind, id }: Pin): Subject {
  return kind === 'user' ? { kind, connection, id } : { kind: 'connection', connection };
}

/** The same text for the same subject. */
export function keyOf(subject: Subject): string {
  return JSON.stringify(subject);
}
