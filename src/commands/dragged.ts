import type { Sessions } from '../connections/sessions.ts';
import { valueForCopy } from '../tree/fields.ts';
import type { Node } from '../tree/nodes.ts';
import { Records } from './records.ts';

/**
 * What rows are as a text where they are dropped: IDs, one a line, a page's and a connection's as
 * far as they are loaded; the values of fields.
 */
export function draggedText(
  sessions: Pick<Sessions, 'luma' | 'luminary'>,
  nodes: readonly Node[],
): string {
  const records = new Records(sessions);
  const given = new Set<string>();
  const textsOf = (node: Node): string[] => {
    if (node.kind === 'field') return [valueForCopy(node.value)];
    const ids = records.of([node]).map(({ id }) => id);
    return ids.filter((id) => !given.has(id) && given.add(id));
  };
  return nodes.flatMap(textsOf).join('\n');
}
