import * as vscode from 'vscode';
import { withSignal } from '../words/cancellation.ts';
import { TOOL_PREFIX, toolNames } from './toolNames.ts';
import type { ToolName } from './toolNames.ts';

/** What a language model can ask for, of which nothing changes anything. */
export interface Tool {
  /**
   * What the person is asked beforehand: whether the model may get what it asks for.
   *
   * @throws an error whose message tells the model what is wrong with its input
   */
  prepare(input: unknown): Promise<vscode.PreparedToolInvocation>;

  /**
   * What the model gets: short lines of plain text.
   *
   * @throws an error whose message is for the model; or the signal's reason
   */
  invoke(input: unknown, signal: AbortSignal): Promise<string>;
}

/** Registers the language-model tools. They are loaded when the first one is asked for. */
export function registerTools(
  load: () => Promise<Readonly<Record<ToolName, Tool>>>,
): vscode.Disposable {
  return vscode.Disposable.from(
    ...toolNames.map((name) =>
      vscode.lm.registerTool<unknown>(TOOL_PREFIX + name, {
        async prepareInvocation({ input }) {
          return (await load())[name].prepare(input);
        },
        async invoke({ input }, token) {
          const tool = (await load())[name];
          const text = await withSignal(token, (signal) => tool.invoke(input, signal));
          return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
        },
      }),
    ),
  );
}
