import assert from 'node:assert/strict';
import { crc32, deflateSync } from 'node:zlib';

import { readPng, writePng } from '../../scripts/png.ts';
import { shrunk } from '../../scripts/shrink.ts';

function chunk(type: string, data: Buffer): Buffer {
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  const named = Buffer.concat([Buffer.from(type), data]);
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** A PNG of rows that begin with the number of a filter; `kind` is 2 without transparency, 6 with. */
function png(width: number, kind: number, rows: readonly (readonly number[])[]): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(rows.length, 4);
  header.set([8, kind], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The picture of a PNG with a palette, as a PNG without one. */
function unpacked(palettePng: Buffer): number[] {
  const at = (type: string) => palettePng.indexOf(type, 0, 'latin1');
  const size = palettePng.readUInt32BE(at('PLTE') - 4);
  return [...palettePng.subarray(at('PLTE') + 4, at('PLTE') + 4 + size)];
}

describe('Reading PNGs', () => {
  it('undoes each of the five filters', () => {
    const rows = [
      [0, 10, 20, 30, 40, 50, 60],
      [1, 10, 20, 30, 1, 1, 1],
      [2, 1, 1, 1, 250, 0, 0],
      [3, 5, 5, 5, 0, 0, 0],
      [4, 1, 2, 3, 1, 2, 3],
    ];
    const { width, height, colors } = readPng(png(2, 2, rows));
    assert.deepEqual([width, height], [2, 5]);
    assert.deepEqual(
      [...colors],
      [
        ...[10, 20, 30, 40, 50, 60],
        ...[10, 20, 30, 11, 21, 31],
        ...[11, 21, 31, 5, 21, 31],
        ...[10, 15, 20, 7, 18, 25],
        ...[11, 17, 23, 8, 20, 28],
      ],
    );
  });

  it('drops transparency', () => {
    const { colors } = readPng(png(2, 6, [[0, 1, 2, 3, 255, 4, 5, 6, 0]]));
    assert.deepEqual([...colors], [1, 2, 3, 4, 5, 6]);
  });

  it('says so where a file is something else', () => {
    assert.throws(() => readPng(Buffer.from('GIF89a, and so on')), /no PNG/);
    assert.throws(() => readPng(writePng(1, 1, [0xffffff], new Uint8Array(1))), /a byte for each/);
  });
});

describe('Shrinking pictures', () => {
  it('keeps all colours where a palette can hold them', () => {
    const rows = Array.from({ length: 16 }, (_, y) => [
      0,
      ...Array.from({ length: 16 }, (_, x) => [x * 16, y * 16, 7]).flat(),
    ]);
    const colors = unpacked(shrunk(png(16, 2, rows)));
    assert.equal(colors.length, 256 * 3);
  });

  it('keeps surfaces exact, and gives rare colours the nearest that is kept', () => {
    const surface = [31, 31, 33];
    const rows = Array.from({ length: 40 }, (_, y) => [
      0,
      ...Array.from({ length: 40 }, (_, x) => (x < 20 ? surface : [x * 6, y * 6, 90])).flat(),
    ]);
    const small = shrunk(png(40, 2, rows));
    const palette = unpacked(small);
    assert.equal(palette.length % 3, 0);
    assert.ok(palette.length <= 256 * 3);
    assert.deepEqual(palette.slice(0, 3), surface);
    assert.deepEqual(shrunk(png(40, 2, rows)), small, 'the same picture has the same bytes');
  });
});
