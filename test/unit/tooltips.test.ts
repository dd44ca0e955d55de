import assert from 'node:assert/strict';
import type { Connection } from '../../src/connections/connection.ts';
import type { Session } from '../../src/connections/session.ts';
import { ServiceError } from '../../src/http/errors.ts';
import { messageRow } from '../../src/tree/messageRow.ts';
import { tooltipOf } from '../../src/tree/tooltips.ts';

describe('What hovers over a connection', () => {
  const error = new ServiceError('unauthorized', { status: 401, detail: 'No\n[x](command:y)' });
  const why = 'The service refused the token. (401: No [x] (command:y))';
  const failed = { state: { kind: 'failed', error } };
  const old = { state: { kind: 'loaded', readAt: 0 }, all: [], freeSlots: none, attention: none };
  const luma = (accounts: object) => ({ kind: 'luma', accounts }) as unknown as Session;
  const luminary = (pages: object) => {
    const state = () => ({ kind: 'loaded' });
    return { kind: 'luminary', pages: { list: {}, state, ...pages } } as unknown as Session;
  };

  function none(): number {
    return 0;
  }

  function linesOver(session: Session): readonly string[] {
    const { kind } = session;
    const address = 'https://example.com/';
    const connection = { kind, id: 'c', name: 'acme', address } as Connection;
    const node = { kind: 'connection', id: 'c', service: kind } as const;
    const tooltip = tooltipOf(node, { get: () => session }, { get: () => connection }, 0);
    assert.ok(typeof tooltip === 'string');
    return tooltip.split('\n');
  }

  it('says why the latest reading failed, as the row below does', () => {
    const lines = [
      luma(failed),
      luma({ ...old, refreshError: error }),
      luminary({ state: () => failed.state }),
      luminary({ known: true, total: 3, refreshError: error }),
    ].map((session) => linesOver(session).filter((line) => line === why));
    assert.deepEqual(lines, [[why], [why], [why], [why]]);
    assert.ok(messageRow({ type: 'failed', error }).spoken.endsWith(why));
  });

  it('says nothing of the kind where nothing has failed', () => {
    assert.deepEqual(linesOver(luminary({ known: true, total: 3 })), [
      'Luminary: acme',
      '3 users',
      'https://example.com/',
    ]);
  });
});
