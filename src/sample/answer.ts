/** A status and a body as text; an empty text is no body at all. */
export interface SampleAnswer {
  readonly status: number;
  readonly body: string;
}

/** An answer whose body is a value as JSON. */
export function jsonAnswer(status: number, value: unknown): SampleAnswer {
  return { status, body: JSON.stringify(value) };
}

/** A part of a path with its percent-encoding undone, or undefined where the encoding is broken. */
export function decodePathPart(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
