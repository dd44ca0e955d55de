import type { Locator } from 'playwright-core';

/** A row of the tree, as it stands in the window. */
export interface Row {
  label: string;
  description: string;
  /** 1 for the rows of the root. */
  level: number;
  /** `undefined` for a row that can't be opened. */
  expanded: boolean | undefined;
  /** What a screen reader says. */
  ariaLabel: string;
  selected: boolean;
  focused: boolean;
  /** Its place among all rows that are open, from 0. */
  index: number;
}

/** A row's whole label, a pattern for it, or anything else about the row. */
export type RowMatch = string | RegExp | ((row: Row) => boolean);

/** Whether a row is the one that is meant. */
export function matches(row: Row, match: RowMatch): boolean {
  if (typeof match === 'string') return row.label === match;
  return match instanceof RegExp ? match.test(row.label) : match(row);
}

/** The first row that is meant. */
export function firstRow(rows: readonly Row[], match: RowMatch): Row | undefined {
  return rows.find((row) => matches(row, match));
}

/** The rows as text, one a line, indented by their level. */
export function rowsAsText(rows: readonly Row[]): string {
  return rows
    .map(({ level, expanded, label, description }) => {
      const twistie = expanded === undefined ? ' ' : expanded ? '▾' : '▸';
      return `${'  '.repeat(level - 1)}${twistie} ${label}  ${description}`.trimEnd();
    })
    .join('\n');
}

/** What a match means, for a message. */
export function describeMatch(match: RowMatch): string {
  return typeof match === 'string' ? `“${match}”` : String(match);
}

/**
 * Reads the rows that can be seen of a list, from above. The editor may forget an element of a row
 * that is gone, far from the others.
 */
export async function readRows(items: Locator): Promise<Row[]> {
  const rows = await items.evaluateAll((elements) => {
    const list = elements[0]?.closest('.monaco-list')?.getBoundingClientRect();
    const seen = elements.filter((element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return list !== undefined && bottom > list.top && top < list.bottom;
    });
    return seen.map((element) => {
      const text = (part: string) =>
        (element.querySelector(part)?.textContent ?? '').replaceAll('\u00a0', ' ');
      const attribute = (name: string) => element.getAttribute(name) ?? '';
      const expanded = attribute('aria-expanded');
      return {
        label: text('.label-name'),
        description: text('.label-description'),
        level: Number(attribute('aria-level')),
        expanded: expanded === '' ? undefined : expanded === 'true',
        ariaLabel: attribute('aria-label'),
        selected: element.classList.contains('selected'),
        focused: element.classList.contains('focused'),
        index: Number(attribute('data-index')),
      };
    });
  });
  return rows.sort((a, b) => a.index - b.index);
}
