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
  const fields = nodes.filter((node) => node.kind === 'field');
  const others = nodes.filter((node) => node.kind !== 'field');
  const ids = new Records(sessions).of(others).map(({ id }) => id);
  return [...ids, ...fields.map(({ value }) => valueForCopy(value))].join('\n');
}
