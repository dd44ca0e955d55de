import * as vscode from 'vscode';
import { movePins, pinKey, readPins, withPins, withoutPins } from '../model/pins.ts';
import type { Pin } from '../model/pins.ts';
import type { ConnectionStore, StoreContext } from './store.ts';

const KEY = 'pins';

/**
 * The pins of this person, in their order, kept with the editor's global state. What another
 * window changes there is not announced: it is read again when this window gets the focus.
 */
export class Pins implements vscode.Disposable {
  readonly #state: StoreContext['globalState'];
  readonly #store: ConnectionStore;
  readonly #changed = new vscode.EventEmitter<readonly Pin[]>();
  readonly #subscriptions: vscode.Disposable;
  #pins: readonly Pin[] | undefined;
  #keys = new Set<string>();
  #connections = new Set<string>();

  /** Fires with the pins that were added, removed or moved. */
  readonly onDidChange = this.#changed.event;

  constructor({ globalState }: Pick<StoreContext, 'globalState'>, store: ConnectionStore) {
    this.#state = globalState;
    this.#store = store;
    this.#subscriptions = vscode.Disposable.from(
      store.onDidChange(() => {
        void this.#follow();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.#take(this.#stored());
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changed.dispose();
  }

  /** In the person's order, the newest last. */
  get all(): readonly Pin[] {
    if (this.#pins === undefined) this.#keep(this.#stored());
    return this.#pins ?? [];
  }

  /** Whether something is pinned. */
  has(pin: Pin): boolean {
    return this.all.length > 0 && this.#keys.has(pinKey(pin));
  }

  /** Adds pins at the end. */
  async add(pins: readonly Pin[]): Promise<void> {
    await this.#save(withPins(this.#stored(), pins));
  }

  /** Removes pins. */
  async remove(pins: readonly Pin[]): Promise<void> {
    await this.#save(withoutPins(this.#stored(), pins));
  }

  /** Moves pins by one place among those whose connection can be read. */
  async move(pins: readonly Pin[], direction: 'up' | 'down'): Promise<void> {
    const isShown = ({ connection }: Pin) => this.#store.get(connection) !== undefined;
    await this.#save(movePins(this.#stored(), pins, direction, isShown));
  }

  /**
   * A connection that was there and is gone takes its pins with it, at once: drawing the tree a second
   * time would take the keyboard from a question that is asked by then.
   */
  async #follow(): Promise<void> {
    const { all = [] } = this.#store;
    const before = this.#connections;
    this.#connections = new Set(all.map(({ id }) => id));
    const gone = this.#stored().filter(
      ({ connection }) => before.has(connection) && !this.#connections.has(connection),
    );
    if (gone.length === 0) return;
    this.#take(withoutPins(this.all, gone));
    await this.remove(gone);
  }

  /** Another window may have written it: it is read anew before it is written. */
  #stored(): readonly Pin[] {
    return readPins(this.#state.get<unknown>(KEY));
  }

  async #save(pins: readonly Pin[]): Promise<void> {
    await this.#state.update(KEY, pins);
    this.#take(pins);
  }

  #take(pins: readonly Pin[]): void {
    const before = this.all;
    this.#keep(pins);
    const changed = differing(before, pins);
    if (changed.length > 0) this.#changed.fire(changed);
  }

  #keep(pins: readonly Pin[]): void {
    this.#pins = pins;
    this.#keys = new Set(pins.map(pinKey));
  }
}

/** The pins that one list has and the other has not, or has in another place. */
function differing(before: readonly Pin[], after: readonly Pin[]): Pin[] {
  const places = (pins: readonly Pin[]) =>
    new Map(pins.map((pin, index) => [`${String(index)} ${pinKey(pin)}`, pin]));
  const [old, now] = [places(before), places(after)];
  return [
    ...[...old].flatMap(([key, pin]) => (now.has(key) ? [] : [pin])),
    ...[...now].flatMap(([key, pin]) => (old.has(key) ? [] : [pin])),
  ];
}
