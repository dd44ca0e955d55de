import * as vscode from 'vscode';

/** What is done where the mouse rests on an id: asked for, only looked up in what is known, nothing. */
export type HoverMode = 'on' | 'loadedOnly' | 'off';

const hoverModes: readonly HoverMode[] = ['on', 'loadedOnly', 'off'];

/** In what order the accounts of a connection stand: as the service lists them, by name, worst first. */
export type AccountOrder = 'service' | 'name' | 'attention';

const accountOrders: readonly AccountOrder[] = ['service', 'name', 'attention'];

/** The settings of this product, each within its range. */
export class Settings implements vscode.Disposable {
  readonly #told = new Set<string>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;

  /** Fires when one of them has changed. */
  readonly onDidChange = this.#changed.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeConfiguration((event) => {
      if (!event.affectsConfiguration('lumaLuminary')) return;
      this.#told.clear();
      this.#changed.fire();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  /** How many users a page node holds: 1 to 1,000. */
  get pageSize(): number {
    return this.#number('pageSize', 1, 1000, 100);
  }

  /** The time in ms within which a whole answer must have come. */
  get timeLimit(): number {
    return this.#number('timeLimit', 1, 600, 30) * 1000;
  }

  /** The time in ms after which Luma accounts are read again by themselves; 0 for never. */
  get autoRefresh(): number {
    return this.#value('autoRefresh') === 0 ? 0 : this.#number('autoRefresh', 5, 3600, 0) * 1000;
  }

  /** Whether a message tells that the session of an account is about to end, or that one breaks. */
  get accountNotices(): boolean {
    return this.#value('accountNotices') !== false;
  }

  /** What is done where the mouse rests on an id. */
  get hover(): HoverMode {
    return this.#choice('hover', hoverModes, 'on');
  }

  /** In what order the accounts of a connection stand. */
  get sortAccounts(): AccountOrder {
    return this.#choice('sortAccounts', accountOrders, 'service');
  }

  /** Whether names are written after ids. */
  get inlayHints(): boolean {
    return this.#value('inlayHints') === true;
  }

  #value(name: string): unknown {
    return vscode.workspace.getConfiguration('lumaLuminary').get(name);
  }

  /** A setting that is none of the known ones counts as its default, and the person is told once. */
  #choice<T extends string>(name: string, known: readonly T[], usual: T): T {
    const value = this.#value(name);
    const choice = known.find((one) => one === value);
    if (choice === undefined && value !== undefined) {
      this.#tell(
        name,
        vscode.l10n.t(
          'The setting lumaLuminary.{0} must be one of {1}. {2} is used instead.',
          name,
          known.join(', '),
          usual,
        ),
      );
    }
    return choice ?? usual;
  }

  /** A setting out of its range counts as its default, and the person is told once. */
  #number(name: string, min: number, max: number, usual: number): number {
    const value = this.#value(name);
    const fits =
      typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
    if (fits) return value;
    if (value !== undefined) {
      this.#tell(
        name,
        usual === 0
          ? vscode.l10n.t(
              'The setting lumaLuminary.{0} must be 0 or a whole number from {1} to {2}. 0 is used instead.',
              name,
              min,
              max,
            )
          : vscode.l10n.t(
              'The setting lumaLuminary.{0} must be a whole number from {1} to {2}. {3} is used instead.',
              name,
              min,
              max,
              usual,
            ),
      );
    }
    return usual;
  }

  #tell(name: string, warning: string): void {
    if (this.#told.has(name)) return;
    this.#told.add(name);
    void vscode.window.showWarningMessage(warning);
  }
}
