// Stands for the editor's module where code that only puts words together is tested without one.
import { registerHooks } from 'node:module';

/** English texts with their arguments in place, as the editor gives them without a translation. */
export const l10n = {
  /** The translations in the editor's language; none in English. */
  bundle: undefined as Record<string, string> | undefined,
  t: (message: string, ...args: (string | number | boolean)[]) =>
    message.replaceAll(/\{(\d+)\}/g, (_, index: string) => String(args[Number(index)])),
};

/** The editor's language. */
export const env = { language: 'en' };

/** Lets `import 'vscode'` find this file, for imports that come after it. */
export function useVscodeStand(): void {
  registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'vscode'
        ? { url: import.meta.url, shortCircuit: true }
        : next(specifier, context),
  });
}
