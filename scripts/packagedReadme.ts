/**
 * README.md as it goes into a package whose repository is not known: without its pictures, which have
 * an address only within a repository.
 *
 * @throws where something of them would be left
 */
export function withoutPictures(readme: string): string {
  const text = readme.replaceAll(/^<p><img [^>]*><\/p>\n\n/gm, '');
  const left = /<img [^>]*>|!\[.*/.exec(text)?.[0];
  if (left !== undefined) throw new Error(`README.md has a picture in no line of its own: ${left}`);
  return text;
}
