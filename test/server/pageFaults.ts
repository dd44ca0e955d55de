import { cursorAt, positionAt } from '../../src/sample/luminary.ts';
import type { Exchange, Fault } from './exchange.ts';
import { changeJson } from './faults.ts';

/** A page of users while it is being spoilt. */
interface Page {
  data: unknown[];
  page_info: Record<string, unknown>;
  total_count?: unknown;
}

/** The right page with something changed; other answers are left alone. */
function changePage(edit: (page: Page, exchange: Exchange) => void): Fault {
  const spoil = changeJson((value, exchange) => {
    edit(value as Page, exchange);
    return value;
  });
  return (exchange) => (exchange.answer.status === 200 ? spoil(exchange) : undefined);
}

/** A page without users, whose cursor leads on to the users that would have stood here. */
export const emptyPageWithMore: Fault = changePage((page, { request }) => {
  const position = positionAt(request.query.get('after') ?? '') ?? -1;
  page.data = [];
  page.page_info = {
    ...page.page_info,
    has_next_page: true,
    start_cursor: null,
    end_cursor: cursorAt(position, request.number),
  };
});

/** The page's cursor is the one that it was asked for with: whoever follows it goes round for ever. */
export const repeatedCursor: Fault = endCursor(
  (right, { request }) => request.query.get('after') ?? right,
);

/** There is more, and no cursor that would lead to it. */
export const endCursorNull: Fault = endCursor(() => null);

/** There is more, and no field for a cursor. */
export const endCursorMissing: Fault = endCursor(() => undefined);

/** There is more, and the cursor is this one, or what a function makes of the right one. */
export function endCursor(cursor: (right: unknown, exchange: Exchange) => unknown): Fault {
  return changePage((page, exchange) => {
    page.page_info['has_next_page'] = true;
    page.page_info['end_cursor'] = cursor(page.page_info['end_cursor'], exchange);
  });
}

/** Members of `page_info` replaced; undefined takes one away. */
export function pageInfo(fields: Readonly<Record<string, unknown>>): Fault {
  return changePage((page) => {
    Object.assign(page.page_info, fields);
  });
}

/** Another total on every page, or what a function makes of the right one; undefined takes it away. */
export function totalCount(total: unknown): Fault {
  return changePage((page, exchange) => {
    page.total_count =
      typeof total === 'function'
        ? (total as (right: unknown, exchange: Exchange) => unknown)(page.total_count, exchange)
        : total;
  });
}

/** A total that goes up with every request. */
export const changingTotal: Fault = totalCount(
  (right: unknown, { request }: Exchange) => Number(right) + request.number,
);

/** Records that stand before the page's own users, such as one that another page has too. */
export function alsoHolds(...records: readonly unknown[]): Fault {
  return changePage((page) => {
    page.data.unshift(...records);
  });
}

/** The page's first user once more at its end. */
export const sameUserTwice: Fault = changePage((page) => {
  page.data.push(...page.data.slice(0, 1));
});
