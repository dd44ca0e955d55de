import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import { projectFolder } from '../test/hosts/paths.ts';

/** A text that a person sees, as it stands in the source. */
export interface Text {
  /** What bundles call it: the English text, and a slash with the comment where it has one. */
  key: string;
  /** In English. */
  message: string;
  /** What a translator is told. */
  comment: readonly string[];
  /** Where it stands, such as `src/tree/row.ts:12`. */
  places: string[];
  /** Whether another text stands for one everywhere, so that it may hold a noun in the plural. */
  counted: boolean;
}

/** The texts of the source, and what is wrong with how they are given to `l10n.t`. */
export interface Texts {
  texts: Text[];
  problems: string[];
}

/** All files of the source, read as TypeScript. */
export function sourceFiles(): ts.SourceFile[] {
  return globSync('src/**/*.ts', { cwd: projectFolder })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.endsWith('.d.ts'))
    .sort()
    .map((file) => parsed(file, readFileSync(path.join(projectFolder, file), 'utf8')));
}

/** A file's TypeScript with links to parents. */
export function parsed(file: string, text: string): ts.SourceFile {
  return ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
}

/** Where a node stands, such as `src/tree/row.ts:12`. */
export function placeOf(node: ts.Node): string {
  const file = node.getSourceFile();
  return `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
}

/** Whether this is `l10n.t` or `vscode.l10n.t`. */
export function isTextFunction(node: ts.Node): node is ts.PropertyAccessExpression {
  return (
    ts.isPropertyAccessExpression(node) &&
    node.name.text === 't' &&
    /(^|\.)l10n$/.test(node.expression.getText())
  );
}

/** Collects what is given to `l10n.t`, sorted by key. */
export function collectTexts(files: readonly ts.SourceFile[]): Texts {
  const found = new Map<string, Text>();
  const problems: string[] = [];
  for (const node of files.flatMap((file) => [...nodesOf(file)]).filter(isTextFunction)) {
    const call = node.parent;
    const given = ts.isCallExpression(call) && call.expression === node ? givenTo(call) : undefined;
    if (given === undefined) {
      problems.push(`${placeOf(node)} gives l10n.t something that is not written out`);
      continue;
    }
    const { message, comment } = given;
    const problem = problemOfArguments(given);
    if (problem !== undefined) problems.push(`${placeOf(node)} ${problem}: ${message}`);
    const key = comment.length === 0 ? message : `${message}/${comment.join('')}`;
    const known = found.get(key);
    const counted = (known?.counted ?? true) && isCounted(call);
    const places = [...(known?.places ?? []), placeOf(node)];
    found.set(key, { key, message, comment, places, counted });
  }
  const texts = [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  return { texts, problems };
}

/** A node and all that is in it. */
export function* nodesOf(node: ts.Node): Generator<ts.Node> {
  yield node;
  const children: ts.Node[] = [];
  ts.forEachChild(node, (child) => {
    children.push(child);
  });
  for (const child of children) yield* nodesOf(child);
}

/** The placeholders of a text, such as `{0}`, each once. */
export function placeholders(text: string): string[] {
  return [...new Set(text.match(/(?<!\$)\{\w+\}/g))].sort();
}

interface Given {
  message: string;
  comment: string[];
  /** The placeholders that it is given something for; undefined where that can't be seen. */
  args: string[] | undefined;
}

function givenTo({ arguments: [first, ...rest] }: ts.CallExpression): Given | undefined {
  if (first === undefined) return undefined;
  if (ts.isObjectLiteralExpression(first)) return givenIn(first);
  const message = literal(first);
  const args = rest.some(ts.isSpreadElement) ? undefined : argumentNames(rest);
  return message === undefined ? undefined : { message, comment: [], args };
}

function givenIn(object: ts.ObjectLiteralExpression): Given | undefined {
  const value = (name: string) =>
    object.properties.filter(ts.isPropertyAssignment).find((p) => p.name.getText() === name)
      ?.initializer;
  const [message, comment] = [literal(value('message')), value('comment')];
  const told =
    comment === undefined
      ? []
      : (ts.isArrayLiteralExpression(comment) ? [...comment.elements] : [comment]).map(literal);
  const comments = told.filter((part) => part !== undefined);
  if (message === undefined || comments.length < told.length) return undefined;
  return { message, comment: comments, args: argumentsIn(value('args')) };
}

function argumentsIn(args: ts.Expression | undefined): string[] | undefined {
  if (args === undefined) return [];
  if (ts.isArrayLiteralExpression(args)) return argumentNames(args.elements);
  if (!ts.isObjectLiteralExpression(args)) return undefined;
  return args.properties.map((property) => `{${property.name?.getText() ?? ''}}`);
}

function argumentNames(args: readonly ts.Expression[]): string[] {
  return args.map((_, index) => `{${index}}`);
}

/** A text that is written out, also in several parts; undefined for any other. */
function literal(node: ts.Expression | undefined): string | undefined {
  if (node === undefined) return undefined;
  if (ts.isStringLiteralLike(node)) return node.text;
  if (ts.isParenthesizedExpression(node)) return literal(node.expression);
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) {
    return undefined;
  }
  const [left, right] = [literal(node.left), literal(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

function problemOfArguments({ message, args }: Given): string | undefined {
  if (args === undefined) return undefined;
  const wanted = placeholders(message);
  const lacking = wanted.filter((name) => !args.includes(name));
  if (lacking.length > 0) return `gives nothing for ${lacking.join(', ')}`;
  const unused = args.filter((name) => !wanted.includes(name));
  return unused.length > 0
    ? `gives something for ${unused.join(', ')}, which is not there`
    : undefined;
}

/** Chosen by `counted`, or where a number is not one. */
function isCounted(call: ts.Node): boolean {
  const { parent } = call;
  if (ts.isConditionalExpression(parent)) return parent.condition.getText().includes('=== 1');
  return ts.isCallExpression(parent) && parent.expression.getText() === 'counted';
}
