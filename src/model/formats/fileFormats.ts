import { csv } from './csv.ts';
import type { RecordFormat } from './format.ts';
import { json, jsonLines } from './json.ts';

/** A kind of file that records can be exported to. */
export type FileFormat = 'json' | 'jsonLines' | 'csv';

/** How each kind of file is written, and the endings of its names; the first is the usual one. */
export const fileFormats: Readonly<
  Record<
    FileFormat,
    { readonly format: RecordFormat; readonly endings: readonly [string, ...string[]] }
  >
> = {
  json: { format: json, endings: ['json'] },
  jsonLines: { format: jsonLines, endings: ['jsonl', 'ndjson'] },
  csv: { format: csv, endings: ['csv'] },
};

/** All kinds of files. */
export const fileFormatNames: readonly FileFormat[] = ['json', 'jsonLines', 'csv'];

/** The kind of a file by its name's ending; undefined for an ending that says nothing of it. */
export function fileFormatOf(name: string): FileFormat | undefined {
  const ending = /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase();
  return fileFormatNames.find((kind) => fileFormats[kind].endings.some((own) => own === ending));
}
