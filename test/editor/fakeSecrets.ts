import * as vscode from 'vscode';
import type { StoreContext } from '../../src/connections/store.ts';

/**
 * Secrets and global state as an extension's context has them, held in memory. What this host can't
 * bring about is simulated here: another window, a keyring that fails, a value that can't be read.
 */
export class FakeContext implements StoreContext {
  readonly #secrets = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.SecretStorageChangeEvent>();
  readonly #state = new Map<string, unknown>();
  /** Keys whose values the keyring can't decrypt. */
  readonly undecryptable = new Set<string>();
  /** What every call of the keyring fails with. */
  failure: Error | undefined;
  /** How often secrets were read. */
  reads = 0;

  readonly secrets: vscode.SecretStorage = {
    get: (key) => {
      this.reads += 1;
      if (this.failure) return Promise.reject(this.failure);
      return Promise.resolve(this.undecryptable.has(key) ? undefined : this.#secrets.get(key));
    },
    store: (key, value) => {
      if (this.failure) return Promise.reject(this.failure);
      this.#secrets.set(key, value);
      this.#changed.fire({ key });
      return Promise.resolve();
    },
    delete: (key) => {
      this.#secrets.delete(key);
      this.#changed.fire({ key });
      return Promise.resolve();
    },
    keys: () => {
      this.reads += 1;
      return this.failure
        ? Promise.reject(this.failure)
        : Promise.resolve([...this.#secrets.keys()]);
    },
    onDidChange: this.#changed.event,
  };

  readonly globalState: StoreContext['globalState'] = {
    get: <T>(key: string, usual?: T) => (this.#state.get(key) ?? usual) as T,
    update: (key, value) => {
      this.#state.set(key, value);
      return Promise.resolve();
    },
  };

  /** Everything that is stored outside of the secrets. */
  get stateText(): string {
    return JSON.stringify([...this.#state]);
  }

  /** The keys of the secrets. */
  get keys(): readonly string[] {
    return [...this.#secrets.keys()];
  }
}
