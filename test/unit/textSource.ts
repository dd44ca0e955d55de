/** Texts that come one after the other; an error is thrown, and a function called, at its place. */
export async function* from(
  ...texts: readonly (string | Error | (() => unknown))[]
): AsyncGenerator<string> {
  for (const text of texts) {
    await Promise.resolve();
    if (text instanceof Error) throw text;
    if (typeof text === 'string') yield text;
    else await text();
  }
}
