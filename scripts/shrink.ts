import type { Picture } from './png.ts';
import { readPng, writePng } from './png.ts';

/** As many as a byte can tell apart. */
const mostColors = 256;

/** A PNG with its 256 most common colours, which is a third as large; the others become the nearest. */
export function shrunk(png: Buffer): Buffer {
  const picture = readPng(png);
  const counts = countColors(picture);
  const palette = commonColors(counts);
  const places = new Map([...counts.keys()].map((color) => [color, nearestOf(color, palette)]));
  const points = new Uint8Array(picture.width * picture.height);
  for (let at = 0; at < points.length; at++) points[at] = places.get(colorAt(picture, at)) ?? 0;
  return writePng(picture.width, picture.height, palette, points);
}

function colorAt({ colors }: Picture, at: number): number {
  const [red = 0, green = 0, blue = 0] = colors.subarray(at * 3, at * 3 + 3);
  return (red << 16) | (green << 8) | blue;
}

/** How many points have each colour. */
function countColors(picture: Picture): Map<number, number> {
  const counts = new Map<number, number>();
  for (let at = 0; at < picture.width * picture.height; at++) {
    const color = colorAt(picture, at);
    counts.set(color, (counts.get(color) ?? 0) + 1);
  }
  return counts;
}

/**
 * The colours to keep. Where all are too many, half of them are the most common ones, so that surfaces
 * and their shadows stay as they are. Of the others, which letters are made of, those that hardly
 * differ are taken together, and the most common one of such a family stands for it.
 */
function commonColors(counts: ReadonlyMap<number, number>): number[] {
  const common = [...counts].sort(([a, many], [b, more]) => more - many || a - b);
  if (common.length <= mostColors) return common.map(([color]) => color);
  const exact = common.splice(0, mostColors / 2).map(([color]) => color);
  const families = new Map<number, { color: number; count: number }>();
  for (const [color, count] of common) {
    const family = color & 0xf0f0f0;
    const known = families.get(family);
    if (known === undefined) families.set(family, { color, count });
    else known.count += count;
  }
  const others = [...families.values()].sort((a, b) => b.count - a.count || a.color - b.color);
  return [...exact, ...others.slice(0, mostColors / 2).map(({ color }) => color)];
}

/** The place of the colour that is most like another. */
function nearestOf(color: number, palette: readonly number[]): number {
  let [best, least] = [0, Infinity];
  for (const [place, other] of palette.entries()) {
    const distance = distanceOf(color, other);
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

function distanceOf(a: number, b: number): number {
  const parts = [16, 8, 0].map((shift) => ((a >> shift) & 255) - ((b >> shift) & 255));
  return parts.reduce((sum, part) => sum + part * part, 0);
}
