import { personAt, positionOf } from '../../src/sample/people.ts';
import type { UserSource } from '../../src/sample/luminary.ts';

/** A run of neighbouring users, each made when it is asked for. */
interface Piece {
  readonly from: number;
  readonly length: number;
  /** Undefined where the users are the generated ones. */
  readonly given: readonly unknown[] | undefined;
}

/** Seconds between two generated users: close together, so that a million of them lie in the past. */
const spacing = 60;

/**
 * A list of any number of users that takes no memory for those that were never touched, and that
 * can be edited between two requests. Positions count from 0. What stands in it may be anything,
 * also what is no user.
 */
export class UserList implements UserSource {
  /** Goes up with every edit. */
  version = 0;
  #pieces: Piece[];

  constructor(users: number | readonly unknown[]) {
    this.#pieces = [
      typeof users === 'number'
        ? { from: 0, length: users, given: undefined }
        : { from: 0, length: users.length, given: users },
    ];
  }

  get size(): number {
    return this.#pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  at(index: number): unknown {
    let start = 0;
    for (const piece of this.#pieces) {
      if (index < start + piece.length) {
        return contentOf(piece, index - start);
      }
      start += piece.length;
    }
    return undefined;
  }

  find(id: string): unknown {
    const position = positionOf(id, spacing);
    for (const piece of this.#pieces) {
      if (piece.given !== undefined) {
        const user = piece.given
          .slice(piece.from, piece.from + piece.length)
          .find((candidate) => idOf(candidate) === id);
        if (user !== undefined) {
          return user;
        }
      } else if (position !== undefined && contains(piece, position)) {
        return personAt(position, spacing);
      }
    }
    return undefined;
  }

  /** Puts users in at a position; what stands there moves back. */
  insert(index: number, ...users: readonly unknown[]): void {
    this.#splice(index, 0, { from: 0, length: users.length, given: users });
  }

  /** Takes users out from a position on. */
  remove(index: number, count = 1): void {
    this.#splice(index, count);
  }

  /** Puts another user in the place of one. */
  replace(index: number, user: unknown): void {
    this.#splice(index, 1, { from: 0, length: 1, given: [user] });
  }

  /** Sets some fields of one user. */
  change(index: number, fields: Readonly<Record<string, unknown>>): void {
    this.replace(index, { ...(this.at(index) as object), ...fields });
  }

  /** Moves a user so that it stands at another position afterwards. */
  move(from: number, to: number): void {
    const user = this.at(from);
    this.remove(from);
    this.insert(to, user);
  }

  #splice(index: number, count: number, ...pieces: readonly Piece[]): void {
    const first = this.#boundaryAt(index);
    const end = this.#boundaryAt(index + count);
    this.#pieces.splice(first, end - first, ...pieces);
    this.version++;
  }

  /** The number of the piece that begins at a position, after cutting the one that spans it. */
  #boundaryAt(index: number): number {
    let start = 0;
    for (const [number, piece] of this.#pieces.entries()) {
      if (index <= start) {
        return number;
      }
      const cut = index - start;
      if (cut < piece.length) {
        this.#pieces.splice(
          number,
          1,
          { ...piece, length: cut },
          { ...piece, from: piece.from + cut, length: piece.length - cut },
        );
        return number + 1;
      }
      start += piece.length;
    }
    return this.#pieces.length;
  }
}

function contentOf(piece: Piece, offset: number): unknown {
  const position = piece.from + offset;
  return piece.given === undefined ? personAt(position, spacing) : piece.given[position];
}

function contains(piece: Piece, position: number): boolean {
  return position >= piece.from && position < piece.from + piece.length;
}

function idOf(user: unknown): unknown {
  return typeof user === 'object' && user !== null && 'id' in user ? user.id : undefined;
}
