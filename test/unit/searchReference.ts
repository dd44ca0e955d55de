import { isUser, readUser } from '../../src/api/luminary.ts';
import type { Json } from '../../src/http/json.ts';
import type { Rank } from '../../src/model/search/best.ts';
import { fold } from '../../src/model/search/fold.ts';

/** What a search must find, written down as plainly as can be: everybody, and how well each fits. */
export function allHits(
  elements: readonly Json[],
  query: string,
): { position: number; rank: Rank }[] {
  const typed = wordsOf(query);
  return elements
    .map((element, position) => ({ position, rank: rankOf(element, typed) }))
    .filter((hit): hit is { position: number; rank: Rank } => hit.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.position - b.position);
}

function rankOf(element: Json, typed: readonly string[]): Rank | undefined {
  if (!isUser(element)) return undefined;
  const user = readUser(element);
  const [first, last] = [wordsOf(user.firstName), wordsOf(user.lastName)];
  const [email, id] = [wordsOf(user.email).join(' '), wordsOf(user.id).join(' ')];
  const fields = [...first, ...last, email, id];
  if (!typed.every((term) => fields.some((field) => field.includes(term)))) return undefined;
  if (typed.length === 0) return 3;
  const whole = typed.join(' ');
  const onlyEmail = email.includes(' ') ? '' : email;
  const exact = [id, onlyEmail, [...first, ...last].join(' '), [...last, ...first].join(' ')];
  if (exact.includes(whole)) return 0;
  const local = email.includes('@') ? email.slice(0, email.lastIndexOf('@')) : email;
  const nameWords = [...first, ...last].flatMap((word) => [word, ...partsOf(word)]);
  const allWords = [...nameWords, email, ...partsOf(local)];
  const begins = (words: string[]) => typed.every((t) => words.some((word) => word.startsWith(t)));
  if (begins(nameWords)) return 1;
  return begins(allWords) ? 2 : 3;
}

function wordsOf(text: string): string[] {
  return fold(text)
    .split(' ')
    .filter((word) => word !== '');
}

/** The runs of letters and digits. */
function partsOf(word: string): string[] {
  return word.split(/[!-/:-@[-`{-~ ]/).filter((part) => part !== '');
}
