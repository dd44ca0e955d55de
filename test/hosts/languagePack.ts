import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Lets a server that has this data folder speak a language. It takes the folder's list of language
 * packs as it is; ours translates nothing of VS Code itself, whose own texts stay English, but
 * extensions are shown in the language.
 */
export async function writeLanguagePack(data: string, language: string): Promise<void> {
  const folder = path.join(data, 'data');
  const vscode = path.join(folder, `no-translations.${language}.json`);
  const extension = { extensionIdentifier: { id: `test.${language}` }, version: '1.0.0' };
  const pack = {
    hash: language,
    extensions: [extension],
    translations: { vscode },
    label: language,
  };
  await mkdir(folder, { recursive: true });
  await writeFile(vscode, JSON.stringify({ contents: {} }));
  await writeFile(path.join(folder, 'languagepacks.json'), JSON.stringify({ [language]: pack }));
}
