/** Text without control characters, ends of lines and what turns the direction of writing. */
export function withoutControls(text: string): string {
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ');
}

/** Text in which there may be nothing to see, so that it can be told from others. */
export function escapedText(text: string): string {
  return JSON.stringify(text).replaceAll(/[^ -~]/g, asNumber);
}

/** A sign as the texts of JSON and of JavaScript can hold it unseen: `\u` and its number. */
export function asNumber(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/**
 * Text from outside as one line of at most so many UTF-16 units, free of control characters and of
 * those that turn the direction of writing; empty if there is nothing to see in it.
 */
export function oneLine(text: string, length = 200): string {
  const line = text
    .slice(0, 4 * length)
    .replace(/[\s\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, ' ')
    .trim();
  if (!/[^\p{Z}\p{C}\p{M}]/u.test(line)) return '';
  return line.length > length
    ? `${line
        .slice(0, length - 1)
        .replace(/[\ud800-\udbff]$/, '')
        .trimEnd()}…`
    : line;
}
