import assert from 'node:assert/strict';
import { answerFaults } from './answers.ts';
import { connectionCases } from './connections.ts';
import { hold } from './harness.ts';
import { lumaFaults } from './luma.ts';
import { luminaryFaults } from './luminary.ts';
import { proxyFaults } from './proxies.ts';
import { retryAfterFaults } from './retryAfter.ts';
import { statusFaults } from './statuses.ts';

const catalogue = {
  'of statuses': statusFaults,
  'of pauses that are asked for': retryAfterFaults,
  'of the way and the time': connectionCases,
  'of proxies': proxyFaults,
  'of answers': answerFaults,
  'of Luma': lumaFaults,
  'of Luminary': luminaryFaults,
};

describe('Faults', function () {
  this.timeout(30_000);
  const [tried, held] = [new Set<string>(), new Set<string>()];

  for (const [subject, faults] of Object.entries(catalogue)) {
    describe(subject, () => {
      for (const fault of faults) {
        it(fault.name, async () => {
          tried.add(`${subject}: ${fault.name}`);
          await hold(fault);
          held.add(`${subject}: ${fault.name}`);
        });
      }
    });
  }

  describe('of every kind', () => {
    it('were all tried, and each held', () => {
      const all = Object.values(catalogue).flat();
      assert.equal(tried.size, all.length);
      assert.equal(held.size, all.length);
    });
  });

  after(() => {
    console.log(`    Faults: ${tried.size} tried, ${held.size} held`);
  });
});
