/** No text for the clipboard or an editor is longer, in UTF-16 units: that is what files are for. */
export const MAX_LENGTH = 50_000_000;

/** Says that a text would be longer than {@link MAX_LENGTH}. */
export class TextTooLong extends Error {
  override readonly name = 'TextTooLong';
}
