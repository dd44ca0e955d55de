import { crc32, deflateSync, inflateSync } from 'node:zlib';

/** A picture, point by point from the top left. */
export interface Picture {
  /** In points. */
  width: number;
  height: number;
  /** Red, green and blue of each point, a byte each. */
  colors: Uint8Array;
}

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

/** How many bytes a point has, by the number that PNG gives to a kind of colours. */
const channelsOf: Readonly<Record<number, number>> = { 2: 3, 6: 4 };

/**
 * Reads a PNG of the kind that browsers take: a byte for each of red, green and blue, in rows from the
 * top. Transparency is dropped.
 * @throws where it is of another kind.
 */
export function readPng(png: Buffer): Picture {
  const chunks = [...chunksOf(png)];
  const header = chunks.find(({ type }) => type === 'IHDR')?.data ?? Buffer.alloc(13);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = channelsOf[header[9] ?? -1];
  if (header[8] !== 8 || header[12] !== 0 || channels === undefined) {
    throw new Error('It is no PNG with a byte for each of red, green and blue.');
  }
  const data = chunks.filter(({ type }) => type === 'IDAT').map((chunk) => chunk.data);
  const points = unfiltered(inflateSync(Buffer.concat(data)), width * channels, channels);
  const colors = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < colors.length; from += channels, to += 3) {
    colors.set(points.subarray(from, from + 3), to);
  }
  return { width, height, colors };
}

/** Writes a picture as a PNG of at most 256 colours, in which a point takes a byte. */
export function writePng(
  width: number,
  height: number,
  palette: readonly number[],
  points: Uint8Array,
): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const colors = Buffer.from(palette.flatMap((c) => [c >> 16, (c >> 8) & 255, c & 255]));
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++) {
    rows.set(points.subarray(y * width, (y + 1) * width), y * (width + 1) + 1);
  }
  const data = deflateSync(rows, { level: 9, memLevel: 9 });
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colors),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function* chunksOf(png: Buffer): Generator<{ type: string; data: Buffer }> {
  if (!png.subarray(0, 8).equals(signature)) throw new Error('It is no PNG.');
  for (let at = 8; at < png.length;) {
    const length = png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    yield { type, data: png.subarray(at + 8, at + 8 + length) };
    at += length + 12;
  }
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

/** Undoes the filter that each row names in its first byte, by which PNGs are made smaller. */
function unfiltered(rows: Buffer, rowLength: number, channels: number): Uint8Array {
  const height = rows.length / (rowLength + 1);
  const points = new Uint8Array(rowLength * height);
  for (let y = 0; y < height; y++) {
    const filter = rows[y * (rowLength + 1)] ?? 0;
    for (let x = 0; x < rowLength; x++) {
      const at = y * rowLength + x;
      const left = x < channels ? 0 : (points[at - channels] ?? 0);
      const above = points[at - rowLength] ?? 0;
      const corner = x < channels ? 0 : (points[at - rowLength - channels] ?? 0);
      const guess = [0, left, above, (left + above) >> 1, nearest(left, above, corner)];
      points[at] = (rows[y * (rowLength + 1) + 1 + x] ?? 0) + (guess[filter] ?? 0);
    }
  }
  return points;
}

/** What PNG calls the Paeth predictor. */
function nearest(left: number, above: number, corner: number): number {
  const [toLeft, toAbove] = [Math.abs(above - corner), Math.abs(left - corner)];
  const toCorner = Math.abs(left + above - 2 * corner);
  if (toLeft <= toAbove && toLeft <= toCorner) return left;
  return toAbove <= toCorner ? above : corner;
}
