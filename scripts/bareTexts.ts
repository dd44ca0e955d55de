import ts from 'typescript';

import { isTextFunction, nodesOf, placeOf } from './texts.ts';

/** Layers that no person hears of directly, and files that speak to language models, in English. */
const unseen = /^src\/(model|api|http|sample|files)\/|^src\/language\/tool(s|Input|Texts)\.ts$/;

/** What editors show of the objects that they are given. */
const shown = new Set(
  ['title', 'label', 'tooltip', 'description', 'detail', 'message', 'prompt', 'placeHolder'].concat(
    ['placeholder', 'openLabel', 'saveLabel', 'invocationMessage', 'validationMessage', 'text'],
  ),
);

/** Names and examples, which are the same in each language. */
const names = /^(Luma|Luminary|Luma & Luminary( Explorer)?|VS Code|Node\.js|JSON|user_…|acme)$/;

/** Icons and markup. */
const notWords = /\$\([\w~-]+\)|<[^<>]*>/g;

/** Texts that a person would see in English in every language, a line for each. */
export function bareTexts(files: readonly ts.SourceFile[]): string[] {
  return files
    .filter(({ fileName }) => !unseen.test(fileName))
    .flatMap((file) => [...nodesOf(file)])
    .flatMap((node) => {
      const words = wordsOf(node)?.replaceAll(notWords, '');
      if (words === undefined || isHidden(node)) return [];
      const bare = isPhrase(words) || (isShown(node) && /\p{L}{2}/u.test(words));
      const unnamed = words.split('\0').filter((part) => !names.test(part.trim()));
      return bare && unnamed.some((part) => /\p{L}/u.test(part))
        ? [`${placeOf(node)} has a text outside of l10n.t: ${node.getText()}`]
        : [];
    });
}

/** The words of a text in quotes, with a NUL for each value in it. */
function wordsOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return undefined;
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('\0');
}

function isPhrase(words: string): boolean {
  return /\p{L}{2}[,.:;]? \p{L}|\0 \p{L}{2}|\p{L}{2} \0/u.test(words);
}

/** Part of a translated text, of an error (`words/errors.ts` alone words these) or of a type. */
function isHidden(node: ts.Node): boolean {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isCallExpression(at) && isTextFunction(at.expression)) return true;
    if (ts.isNewExpression(at) && /Error$|^DOMException$/.test(at.expression.getText()))
      return true;
    if (ts.isTypeNode(at) || ts.isImportDeclaration(at)) return true;
    if (ts.isBlock(at)) return false;
  }
  return false;
}

/** Whether it's handed to the editor right here: as a message, or as a property that is shown. */
function isShown(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent)) return shown.has(parent.name.getText());
  if (ts.isBinaryExpression(parent) && parent.right === node) {
    const { left } = parent;
    return ts.isPropertyAccessExpression(left) && shown.has(left.name.text);
  }
  return (
    ts.isCallExpression(parent) &&
    parent.expression !== node &&
    /\.(show\w+Message|setStatusBarMessage|appendMarkdown)$/.test(parent.expression.getText())
  );
}
