import { activationSize, packageSize } from './built.ts';
import { activation } from './editor/activation.ts';
import { calls } from './editor/calls.ts';
import { exportInWindow } from './editor/exporting.ts';
import { farPage, firstRow } from './editor/opening.ts';
import { exporting } from './exporting.ts';
import type { Figure } from './figure.ts';
import { growthSizes, oncePerSize } from './figure.ts';
import { finding, indexing, memory } from './finding.ts';
import { reading, readingLate, refreshing } from './reading.ts';

/** Every budget. Those of the editor are measured in the VS Code of the given version. */
export function allFigures(version: string): Figure[] {
  const activated = oncePerSize(() => activation(version));
  const indexed = oncePerSize(indexing);
  const exported = oncePerSize(exporting);
  return [
    {
      name: 'activate(): time',
      unit: 'ms',
      limit: 5,
      measure: async () => (await activated(0)).time,
    },
    {
      name: 'activate(): network calls',
      unit: '',
      limit: 0,
      measure: async () => (await activated(0)).connections,
    },
    {
      name: 'activate(): secret reads awaited',
      unit: '',
      limit: 0,
      measure: async () => (await activated(0)).secretReads,
    },
    { name: 'the file that activate() loads', unit: 'KB', limit: 60, measure: activationSize },
    { name: 'the package', unit: 'KB', limit: 400, measure: packageSize },
    {
      name: 'reading all users, against a bare loop',
      unit: '×',
      limit: 1.5,
      size: 100_000,
      growth: growthSizes,
      measure: reading,
    },
    {
      name: 'reading with 20 ms an answer, against the round trips alone',
      unit: '×',
      limit: 1.05,
      size: 100_000,
      growth: growthSizes,
      measure: readingLate,
    },
    {
      name: 'search index: longest slice',
      unit: 'ms',
      limit: 8,
      size: 100_000,
      growth: growthSizes,
      measure: async (users) => (await indexed(users)).longest,
    },
    {
      name: 'search index: all slices together',
      unit: 'ms',
      limit: 150,
      size: 100_000,
      growth: growthSizes,
      measure: async (users) => (await indexed(users)).total,
    },
    {
      name: 'Find User: a keystroke over 100,000, 95th percentile',
      unit: 'ms',
      limit: 16,
      size: 100_000,
      growth: growthSizes.slice(0, 3),
      measure: finding,
    },
    {
      name: 'Find User: a keystroke over 1,000,000, 95th percentile',
      unit: 'ms',
      limit: 100,
      size: 1_000_000,
      growth: growthSizes.slice(3),
      measure: finding,
    },
    {
      name: 'memory beyond the records, search index included',
      unit: 'MB',
      limit: 26,
      size: 100_000,
      growth: growthSizes,
      measure: memory,
    },
    {
      name: 'export as JSON Lines: time, against a bare loop',
      unit: '×',
      limit: 1.5,
      size: 1_000_000,
      growth: growthSizes,
      measure: async (users) => (await exported(users)).time,
    },
    {
      name: 'export as JSON Lines: extra memory',
      unit: 'MB',
      limit: 128,
      size: 1_000_000,
      growth: growthSizes,
      measure: async (users) => (await exported(users)).memory,
    },
    {
      name: 'export in the editor: users missing or twice, after one that was cancelled',
      unit: '',
      limit: 0,
      size: 1_000_000,
      measure: (users) => exportInWindow(version, users),
    },
    {
      name: 'refreshing pages of 1,000 with 20 ms an answer, against one after the other',
      unit: '×',
      limit: 0.4,
      size: 20_000,
      growth: growthSizes,
      measure: refreshing,
    },
    {
      name: 'tree: a page of 1,000 until its first row, against a bare tree',
      unit: '×',
      limit: 1.3,
      size: 100_000,
      growth: growthSizes.slice(1),
      measure: (users) => firstRow(version, users),
    },
    {
      name: 'tree: opening the last page of 100, against the second',
      unit: '×',
      limit: 1.5,
      size: 100_000,
      growth: growthSizes.slice(1),
      measure: (users) => farPage(version, users),
    },
    {
      name: 'tree: getTreeItem calls for all pages of 100, all left open',
      unit: 'calls',
      limit: 250_000,
      size: 100_000,
      growth: growthSizes.slice(0, 3),
      measure: (users) => calls(version, users),
    },
  ];
}
