import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { projectFolder } from '../test/hosts/paths.ts';
import { languages, readBundle } from './translations.ts';

interface Manifest {
  publisher: string;
  name: string;
  contributes: {
    commands: { command: string }[];
    views: Record<string, { id: string }[]>;
    walkthroughs: Walkthrough[];
  };
}

interface Walkthrough {
  id: string;
  steps: { media: { svg: string } }[];
}

/** What the editor does not check, and would only fail at before a person's eyes. */
export function checkWalkthrough(): string[] {
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const { walkthroughs } = manifest.contributes;
  const texts = [
    'package.nls.json',
    ...languages.map((language) => `package.nls.${language}.json`),
  ];
  return [
    ...walkthroughs.flatMap(({ steps }) => steps.flatMap(({ media }) => wrongPicture(media.svg))),
    ...texts.flatMap((file) => wrongLinks(file, manifest)),
  ];
}

/** A picture is put into a page that runs and loads nothing, and has the theme's colours as variables. */
function wrongPicture(file: string): string[] {
  const svg = existsSync(absolute(file)) ? read(file) : '';
  const colors = [...svg.matchAll(/\b(?:fill|stroke|stop-color)="([^"]*)"/g)].map(
    ([, c]) => c ?? '',
  );
  const problems = [
    ...(svg === '' ? ['is not there'] : []),
    ...(/<script|<style|<image|<foreignObject|\bstyle=|\bon\w+=|href="[^#]/.test(svg)
      ? ['has what the editor’s page for pictures does not allow']
      : []),
    ...colors
      .filter((color) => !/^(none|var\(--vscode-[\w-]+, .+\))$/.test(color))
      .map((color) => `has the colour ${color}, which fits to one theme only`),
  ];
  return problems.map((problem) => `${file} ${problem}`);
}

/** Buttons and links run commands of this extension, or of the editor, with arguments that it can read. */
function wrongLinks(file: string, { publisher, name, contributes }: Manifest): string[] {
  const own = [
    ...contributes.commands.map(({ command }) => command),
    ...Object.values(contributes.views).flatMap((views) => views.map(({ id }) => `${id}.focus`)),
  ];
  const tours = contributes.walkthroughs.map(({ id }) => `${publisher}.${name}#${id}`);
  return Object.entries(readBundle(file)).flatMap(([key, text]) =>
    [...text.matchAll(/\(command:(?:toSide:)?([\w.]+)(?:\?([^)]*))?\)/g)]
      .filter(([, command = '', args = '%5B%5D']) => {
        if (command.startsWith('lumaLuminary.')) return !own.includes(command);
        const [first] = JSON.parse(decodeURIComponent(args)) as unknown[];
        return command === 'workbench.action.openWalkthrough' && !tours.includes(String(first));
      })
      .map(([link]) => `${file}: “${key}” has a link to what isn’t there: ${link}`),
  );
}

const absolute = (file: string) => path.join(projectFolder, file);
const read = (file: string) => readFileSync(absolute(file), 'utf8');
