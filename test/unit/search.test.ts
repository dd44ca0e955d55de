import assert from 'node:assert/strict';

import fc from 'fast-check';

import type { Json } from '../../src/http/json.ts';
import type { Found } from '../../src/model/search/best.ts';
import { mergeFound } from '../../src/model/search/merge.ts';
import { parseQuery } from '../../src/model/search/query.ts';
import { UserIndex } from '../../src/model/search/userIndex.ts';
import { personAt } from '../../src/sample/people.ts';
import { user } from './fakes.ts';
import { allHits } from './searchReference.ts';
import { find, named, people } from './searchStage.ts';

describe('Finding users', () => {
  const finds: readonly (readonly [query: string, first: string, last: string])[] = [
    ['lukasz', 'Łukasz', 'Wójcik'],
    ['ŁUKASZ', 'lukasz', 'wojcik'],
    ['strasse', 'Jürgen', 'Straße'],
    ['doe jane', 'Jane', 'Doe'],
    ['an do', 'Jane', 'Doe'],
    ['ostergard', 'Åse', 'Østergård'],
    ['aeon', 'X', 'Æon'],
    ["o'brien", 'Zoë', 'O’Brien'],
    ['дмитрий', 'Дмитрий', 'Шевчук'],
    ['田 明', '明美', '田中'],
    ['하', '한', '김'],
    ['🦊', 'Robin 🦊', 'Berg'],
    ['angeles vazquez', 'María de los Ángeles', 'de la Cruz y Vázquez'],
  ];
  for (const [query, first, last] of finds) {
    it(`finds ${first} ${last} with ${query}`, () => {
      assert.equal(find([named(first, last)], query).count, 1);
    });
  }

  const people3 = [named('Jane', 'Doe', { id: 'user_01HX', email: 'jd+news@example.com' })];
  for (const query of ['01hx', 'ser_', 'NEWS@exam', 'jd 01 doe']) {
    it(`finds a part of email and id: ${query}`, () => {
      assert.equal(find(people3, query).count, 1);
    });
  }
  for (const query of ['janedoe', 'doejd', 'jane bob', 'comuser', 'x']) {
    const where = query === 'x' ? [named('Jane', 'Doe', { email: 'j@a.b' })] : people3;
    it(`does not find what is not there, or in no single field: ${query}`, () => {
      assert.equal(find(where, query).count, 0);
    });
  }

  it('gives the first users of the list while nothing is typed', () => {
    const elements = [null, user(1), 'nobody', user(2), user(3)];
    assert.deepEqual(find(elements, ' ', 2), {
      hits: [
        { position: 1, rank: 3 },
        { position: 3, rank: 3 },
      ],
      count: 3,
    });
  });

  it('puts exact ones first, then words of the name, then of the email, then the rest', () => {
    const elements = [
      named('Emaria', 'Bell'),
      named('Eve', 'Bell', { email: 'eve.maria@example.com' }),
      named('Maria Jo', 'Bell'),
      named('Eve', 'O’Maria-Bell'),
      named('Maria', ''),
      named('Eve', 'Bell', { id: 'maria' }),
      named('', 'María'),
      named('Eve', 'Bell', { email: 'maria' }),
      named('Eve', 'Bell', { email: 'e@maria.example.com' }),
    ];
    assert.deepEqual(positions(find(elements, 'maria')), [4, 5, 6, 7, 2, 3, 1, 0, 8]);
  });

  it('knows a whole name in either order', () => {
    const elements = [
      named('Mary Jane', 'Doe'),
      named('Jane', 'Doe Mary'),
      named('Jane', 'Doe'),
      named('Doe', 'Jane'),
    ];
    assert.deepEqual(positions(find(elements, 'doe jane')), [2, 3, 0, 1]);
    assert.deepEqual(positions(find(elements, 'Doe Mary Jane')), [0, 1]);
  });

  it('gives the best even if they come last, and counts all', () => {
    const elements = [...people(0, 3000), named('e', '')];
    const found = find(elements, 'e', 5);
    assert.equal(found.count, 3001);
    assert.equal(found.hits.length, 5);
    assert.deepEqual(found.hits[0], { position: 3000, rank: 0 });
  });

  it('finds words of a name behind many that are found in their emails', () => {
    const emails = Array.from({ length: 600 }, () => named('A', 'B', { email: 'zed@example.com' }));
    const found = find([...emails, named('Zed', 'B'), named('C', 'Zed')], 'zed', 3);
    assert.deepEqual(positions(found), [600, 601, 0]);
  });

  it('reads odd records as the tree does', () => {
    const long = 'a'.repeat(10_000);
    const elements: Json[] = [
      { id: 'user_1', email: 7, first_name: null, last_name: ['Doe'] },
      { id: '', first_name: 'Jane' },
      { id: 'user_2', first_name: `Jane ${long}`, last_name: 'ﷺ'.repeat(300) },
      { id: `user_3${'é'.repeat(10_000)}` },
    ];
    assert.deepEqual(positions(find(elements, 'user')), [0, 2, 3]);
    assert.deepEqual(positions(find(elements, 'jane a')), [2]);
    assert.deepEqual(positions(find(elements, 'a'.repeat(295))), [2]);
    assert.deepEqual(positions(find(elements, 'a'.repeat(296))), []);
  });

  it('bears a long text that is pasted', () => {
    const text = Array.from({ length: 20_000 }, (_, i) => `jane${i % 7}`).join(' ');
    assert.equal(find([named('Jane', 'Doe'), named('Jane0', 'Doe')], text).count, 0);
    const words = Array.from({ length: 150 }, () => 'j').join(' ');
    assert.equal(find([named(words, words)], `${words} ${words}`).hits[0]?.rank, 0);
  });

  it('finds the sample people by name, email and id', () => {
    const elements = people(0, 2500);
    const index = new UserIndex(() => elements);
    for (let i = 0; i < 2500; i += 97) {
      const person = personAt(i);
      for (const query of [person.id, person.email, `${person.last_name} ${person.first_name}`]) {
        if (query === ' ') continue;
        const { hits } = index.search(parseQuery(query), 2500);
        assert.equal(hits.find(({ position }) => position === i)?.rank, 0, query);
      }
    }
  });
});

describe('What several indexes find', () => {
  it('is put together best first, then in the order of the lists', () => {
    const one = find([named('Janet', 'Doe'), named('Jane', '')], 'jane');
    const none = find([], 'jane');
    const two = find([named('Ajane', ''), named('Jane', ''), named('Jane B', '')], 'jane');
    assert.deepEqual(mergeFound([one, none, two], 4), {
      hits: [
        { list: 0, position: 1, rank: 0 },
        { list: 2, position: 1, rank: 0 },
        { list: 0, position: 0, rank: 1 },
        { list: 2, position: 2, rank: 1 },
      ],
      count: 5,
    });
  });
});

describe('Finding users, against a plain search', () => {
  const bit = fc.constantFrom(
    ...['a', 'b', 'A', 'é', 'Ł', 'ß', 'Σ', 'ж', '한', '하', '明', '🦊', 'ा', 'ุ', '่', '\u0301'],
    ...[' ', ' ', '-', '.', '@', '_', '’', '\u0001', '\u0007', '\u200d', '\ud83d', '1', 'ﬁ', 'ﷺ'],
  );
  const text = fc.array(bit, { maxLength: 8 }).map((bits) => bits.join(''));
  const field = fc.oneof({ weight: 9, arbitrary: text }, fc.constantFrom(null, 7, undefined));
  const record = fc.record(
    { id: text, email: field, first_name: field, last_name: field },
    { requiredKeys: [] },
  );
  const elements = fc.array(record, { maxLength: 40 }) as fc.Arbitrary<Json[]>;
  const query = fc.oneof(
    text,
    fc
      .array(fc.constantFrom('a', 'b', 'ab', 'aa', 'l', 'ss', 'e', '1'), { maxLength: 3 })
      .map((w) => w.join(' ')),
  );

  it('finds the same, equally ranked, whatever is typed first and however the list grows', () => {
    fc.assert(
      fc.property(elements, fc.array(query, { minLength: 1, maxLength: 6 }), (all, queries) => {
        const list: Json[] = [];
        const index = new UserIndex(() => list);
        queries.forEach((typed, i) => {
          list.push(...all.slice(list.length, Math.ceil((all.length * (i + 1)) / queries.length)));
          const expected = allHits(list, typed);
          const found = index.search(parseQuery(typed), 1000);
          assert.deepEqual(found, { hits: expected, count: expected.length });
        });
      }),
      { numRuns: 500 },
    );
  });

  it('finds by whole fields and parts of them', () => {
    const cut = fc.tuple(elements, fc.nat(), fc.nat(), fc.nat(), fc.nat());
    fc.assert(
      fc.property(cut, ([list, which, field, from, length]) => {
        const values = Object.values((list[which % (list.length || 1)] ?? {}) as object);
        const value: unknown = values[field % (values.length || 1)];
        const whole = typeof value === 'string' ? value : '';
        const begin = from % (whole.length + 1);
        const typed = whole.slice(begin, begin + 1 + (length % 8));
        for (const query of [whole, typed]) {
          const expected = allHits(list, query);
          const found = find(list, query, 3);
          assert.deepEqual(found, { hits: expected.slice(0, 3), count: expected.length });
        }
      }),
      { numRuns: 500 },
    );
  });

  it('finds the same among many sample people', () => {
    const list = people(0, 3000);
    const index = new UserIndex(() => list);
    for (const typed of [
      'm',
      'ma',
      'mar',
      'maria g',
      'e r',
      'straße',
      '01h',
      'oe.',
      '@example.org',
      'ng',
    ]) {
      const expected = allHits(list, typed);
      const found = index.search(parseQuery(typed), 200);
      assert.deepEqual(found, { hits: expected.slice(0, 200), count: expected.length }, typed);
    }
  });
});

function positions(found: Found): number[] {
  return found.hits.map(({ position }) => position);
}
