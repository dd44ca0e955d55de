import type { CommandGroup } from './commandTexts.ts';

/** What of package.json README.md tells. Texts may be names such as `%setting.hover%`. */
export interface Contributes {
  commands: readonly { command: string; title: string }[];
  configuration: { properties: Readonly<Record<string, Setting>> };
}

/** A setting, as package.json describes it. */
export interface Setting {
  order: number;
  default: unknown;
  markdownDescription: string;
  enum?: readonly string[];
  enumDescriptions?: readonly string[];
}

const prefix = 'lumaLuminary.';

/** A table of all commands, with a heading in bold above those of each group. */
export function commandTable(
  { commands }: Contributes,
  groups: readonly CommandGroup[],
  names: Readonly<Record<string, string>>,
): string {
  const rows = groups.flatMap((group) => [
    row(`**${group.title}**`, ''),
    ...Object.entries(group.commands).map(([id, text]) => {
      const title = commands.find(({ command }) => command === prefix + id)?.title ?? id;
      return row(named(title, names), text);
    }),
  ]);
  return [row('Command', 'What it does'), row('---', '---'), ...rows].join('\n');
}

/** What the groups lack or have beyond the commands of package.json, a line for each problem. */
export function commandProblems(
  { commands }: Contributes,
  groups: readonly CommandGroup[],
): string[] {
  const known = commands.map(({ command }) => command);
  const told = groups.flatMap((group) => Object.keys(group.commands).map((id) => prefix + id));
  return [
    ...known.filter((id) => !told.includes(id)).map((id) => `${id} is not told of`),
    ...told.filter((id) => !known.includes(id)).map((id) => `${id} is no command`),
    ...told.filter((id, at) => told.indexOf(id) !== at).map((id) => `${id} is told of twice`),
  ];
}

/** A table of all settings, in their order in the settings editor. */
export function settingTable(
  { configuration }: Contributes,
  names: Readonly<Record<string, string>>,
): string {
  const settings = Object.entries(configuration.properties).sort(
    ([, a], [, b]) => a.order - b.order,
  );
  const rows = settings.map(([name, setting]) =>
    row(`\`${name}\``, `\`${JSON.stringify(setting.default)}\``, settingText(setting, names)),
  );
  return [row('Setting', 'Default', 'What it does'), row('---', '---', '---'), ...rows].join('\n');
}

function settingText(setting: Setting, names: Readonly<Record<string, string>>): string {
  const values = (setting.enum ?? []).map((value, at) => {
    const text = named(setting.enumDescriptions?.[at] ?? '', names);
    return `\`${JSON.stringify(value)}\`: ${text}`;
  });
  const text = named(setting.markdownDescription, names);
  // The settings editor makes links of these.
  return [text.replaceAll(/`#([\w.]+)#`/g, '`$1`'), ...values].join('<br>');
}

/**
 * Puts a text between the comments `<!-- name -->` and `<!-- /name -->`.
 * @throws where they are not there once.
 */
export function between(whole: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [before, rest, ...more] = whole.split(begin);
  const [, after, ...others] = (rest ?? '').split(end);
  if (before === undefined || after === undefined || more.length + others.length > 0) {
    throw new Error(`README.md must have ${begin} and ${end} once, in this order.`);
  }
  return `${before}${begin}\n\n${text}\n\n${end}${after}`;
}

/** A text of package.json, in English. */
function named(text: string, names: Readonly<Record<string, string>>): string {
  const name = /^%(.+)%$/.exec(text)?.[1];
  return name === undefined ? text : (names[name] ?? text);
}

function row(...cells: string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
