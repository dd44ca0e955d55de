import { nameFor } from './names.ts';

/** A user as the Luminary API gives it, with room for fields that nobody knows yet. */
export interface SampleUser {
  readonly id: string;
  readonly created_at: string;
  readonly email: string;
  readonly first_name: string;
  readonly last_name: string;
  readonly updated_at: string;
  readonly [field: string]: unknown;
}

const firstDay = Date.UTC(2023, 5, 1);
const hour = 3600;
const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const idPattern = /^user_([0-9A-HJKMNP-TV-Z]{10})[0-9A-HJKMNP-TV-Z]{16}$/;
const domains = ['example.com', 'example.org', 'example.net'] as const;

/** Seconds between one user and the next that were created, when nothing else is said. */
const defaultSpacing = 7 * hour;

/**
 * The invented user at a position of an endless list that is sorted by time. The same position and
 * spacing (in seconds) always give the same user, so that no list has to be kept.
 */
export function personAt(index: number, spacing = defaultSpacing): SampleUser {
  const seed = mix(index);
  const created = firstDay + (index * spacing + (seed % spacing)) * 1000;
  const updated = created + (seed % 5 === 0 ? 0 : seed % (80 * 24 * hour)) * 1000;
  const [given, family] = nameFor(index, seed);
  return {
    id: `user_${base32(created)}${noise(index)}`,
    created_at: timestamp(created),
    email: emailFor(index, seed, given, family),
    first_name: given,
    last_name: family,
    updated_at: timestamp(updated),
    ...(index % 500 === 7 && { preferences: { language: 'en', newsletter: false } }),
  };
}

/** The position of the user with this id, where {@link personAt} makes such a user. */
export function positionOf(id: string, spacing = defaultSpacing): number | undefined {
  const time = idPattern.exec(id)?.[1];
  if (time === undefined) {
    return undefined;
  }
  const created = Array.from(time, (digit) => crockford.indexOf(digit)).reduce(
    (sum, digit) => sum * 32 + digit,
  );
  const index = Math.floor((created - firstDay) / 1000 / spacing);
  return index >= 0 && personAt(index, spacing).id === id ? index : undefined;
}

function emailFor(index: number, seed: number, given: string, family: string): string {
  const name = [given, family].map(ascii).filter((part) => part !== '');
  const local = name.length === 0 ? 'member' : name.join('.');
  return `${local}${index + 1}@${domains[seed % 3] ?? domains[0]}`;
}

const withoutDecomposition: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  þ: 'th',
  ı: 'i',
};

const asciiForms = new Map<string, string>();

/** The letters a to z of a name; other scripts leave nothing. Kept, as there are few names. */
function ascii(name: string): string {
  let form = asciiForms.get(name);
  if (form === undefined) {
    form = name
      .toLowerCase()
      .normalize('NFD')
      .replace(/[ßæøłđþı]/g, (letter) => withoutDecomposition[letter] ?? '')
      .replace(/[^a-z]/g, '');
    asciiForms.set(name, form);
  }
  return form;
}

/** A time as ten digits that sort as the time does, as a ULID begins. */
function base32(time: number): string {
  let digits = '';
  for (let rest = time; digits.length < 10; rest = Math.floor(rest / 32)) {
    digits = crockford.charAt(rest % 32) + digits;
  }
  return digits;
}

/** Sixteen digits that look random and depend on the position alone, as a ULID ends. */
function noise(index: number): string {
  let digits = '';
  for (let part = 0; part < 4; part++) {
    const bits = mix(index * 4 + part + 1);
    for (let shift = 0; shift < 20; shift += 5) {
      digits += crockford.charAt((bits >>> shift) & 31);
    }
  }
  return digits;
}

/** Scatters whole numbers over 32 bits. */
function mix(value: number): number {
  let bits = Math.imul(value ^ 0x9e3779b9, 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function timestamp(time: number): string {
  return `${new Date(time).toISOString().slice(0, 19)}Z`;
}
