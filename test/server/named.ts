import type { Fault } from './exchange.ts';
import * as faults from './faults.ts';
import * as pages from './pageFaults.ts';

/** Faults after which no complete answer has come; the last four leave the client waiting. */
export const connectionFaults: Readonly<Record<string, Fault>> = {
  'reset before headers': faults.resetBeforeHeaders,
  'reset in the body': faults.cutInBody('reset'),
  'closed in the body': faults.cutInBody('close'),
  'no answer': faults.noAnswer,
  'headers, then silence': faults.headersThenSilence,
  'a body that trickles for ever': faults.trickle(),
  'a slow answer': faults.slow(60_000),
};

/** Answers with status 200, or redirects, whose content must not be believed. */
export const unexpectedAnswers: Readonly<Record<string, Fault>> = {
  'HTML with 200': faults.htmlWith200,
  'a redirect to the same host': faults.redirect('/login'),
  'truncated JSON': faults.truncatedJson,
  'an empty 200': faults.empty200,
  'JSON null': faults.json(null),
  'an array for an object': faults.json([]),
  'a text for an object': faults.json('text'),
  'a broken gzip': faults.brokenGzip,
  'a gzip that is none': faults.falseGzip,
};

/** Answers that look odd on the way and are right. */
export const harmlessOddities: Readonly<Record<string, Fault>> = {
  gzip: faults.gzipped,
  brotli: faults.brotli,
  'a byte-order mark': faults.byteOrderMark,
  'closed after the answer': faults.closeAfterAnswer,
};

/** Pages of users that lead a careless reader astray. */
export const pageFaults: Readonly<Record<string, Fault>> = {
  'an empty page with more to come': pages.emptyPageWithMore,
  'a repeated cursor': pages.repeatedCursor,
  'no cursor with more to come': pages.endCursorMissing,
  'a null cursor with more to come': pages.endCursorNull,
  'the same user twice': pages.sameUserTwice,
  'a total that is too small': pages.totalCount(1),
  'a total that is too large': pages.totalCount(1_000_000_000),
  'a negative total': pages.totalCount(-1),
  'a changing total': pages.changingTotal,
  'no total': pages.totalCount(undefined),
  'a total that is no number': pages.totalCount('many'),
};
