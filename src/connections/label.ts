import { oneLine } from '../http/text.ts';

/**
 * The colours that a label can have, each as the editor's themes show it in charts. Their orange is
 * left out: hardly anybody can tell it from their yellow.
 */
export const labelColors = ['red', 'yellow', 'green', 'blue', 'purple'] as const;

/** One of the colours that a label can have. */
export type LabelColor = (typeof labelColors)[number];

/** What tells a connection from others, if it has such a label. No colour stands without a word. */
export interface Label {
  /** A word such as PRODUCTION; one line. */
  readonly label?: string | undefined;
  readonly color?: LabelColor | undefined;
}

/** No label has more UTF-16 units than this. */
export const MAX_LABEL = 30;

/** What can stand as a label, of whatever was given or stored. */
export function readLabel(label: unknown, color: unknown): Label {
  const line = typeof label === 'string' ? oneLine(label, MAX_LABEL) : '';
  if (line === '') return {};
  const known = labelColors.find((one) => one === color);
  return { label: line, ...(known !== undefined && { color: known }) };
}

/** The id of a colour in the editor's themes. */
export function themeColor(color: LabelColor): string {
  return `charts.${color}`;
}
