/** A file in a zip archive. */
interface ZipEntry {
  readonly name: string;
  /** Where its record stands in the archive's list of files. */
  readonly record: number;
  /** Where the file itself begins, with a head of its own. */
  readonly at: number;
  /** How many bytes it has in the archive. */
  readonly size: number;
}

/** The files of a zip archive that is smaller than 4 GB, in the order of its list. */
export function zipEntries(archive: Buffer): ZipEntry[] {
  const end = archive.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const entries: ZipEntry[] = [];
  let record = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [name = 0, ...others] = [28, 30, 32].map((place) => archive.readUInt16LE(record + place));
    entries.push({
      name: archive.toString('utf8', record + 46, record + 46 + name),
      record,
      at: archive.readUInt32LE(record + 42),
      size: archive.readUInt32LE(record + 20),
    });
    record += 46 + others.reduce((sum, length) => sum + length, name);
  }
  return entries;
}
