import type { Node } from '../tree/nodes.ts';

/** What a command was called on. */
export interface Target {
  /** The rows it is for: those of a menu, else those that are selected; none if there are none. */
  readonly nodes: readonly Node[];
  /** The row that was pressed, however many are selected; else the first of {@link nodes}. */
  readonly first: Node | undefined;
  /** Whether the rows are those of a menu or a click, and not just what happens to be selected. */
  readonly fromMenu: boolean;
  /** The argument of a command that takes one of another kind. */
  readonly argument: unknown;
}

/**
 * What a command was called on: `(node, selected[])` from a menu, a node from a click, one argument
 * from code, or nothing from the palette and the keyboard.
 */
export function targetOf(args: readonly unknown[], selection: readonly Node[]): Target {
  const [first, second] = args;
  if (Array.isArray(second)) {
    const nodes = second.filter(isNode);
    const pressed = isNode(first) ? first : nodes[0];
    if (nodes.length > 0) return { nodes, first: pressed, fromMenu: true, argument: undefined };
  }
  if (isNode(first)) return { nodes: [first], first, fromMenu: true, argument: undefined };
  const nodes = first === undefined ? selection : [];
  return { nodes, first: nodes[0], fromMenu: false, argument: first };
}

const kinds: ReadonlySet<unknown> = new Set<Node['kind']>([
  'connection',
  'unreadableConnection',
  'account',
  'page',
  'lookedUp',
  'user',
  'pinned',
  'pin',
  'field',
  'unreadable',
  'message',
]);

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'kind' in value && kinds.has(value.kind);
}
