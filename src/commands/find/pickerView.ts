import * as vscode from 'vscode';
import { isCancellation } from '../../http/errors.ts';
import { mergeFound } from '../../model/search/merge.ts';
import { parseQuery } from '../../model/search/query.ts';
import type { Query } from '../../model/search/query.ts';
import { numberText } from '../../words/format.ts';
import {
  actionButtons,
  failureItems,
  note,
  loadedText,
  remainingText,
  restItem,
  userItem,
} from './items.ts';
import type { ActionButton, FindAction, FindItem, FoundUser } from './items.ts';
import type { Tenant } from './tenant.ts';

/** No quick pick shows more users than this. */
const MAX_SHOWN = 200;

/** How long after a change in what is loaded the results are shown anew, in ms. */
const PAUSE = 200;

/** How a user is asked for. */
export interface UserQuestion {
  readonly title: string;
  /** What is looked for at first. */
  readonly value?: string;
  /** What the buttons of a line do, where there are buttons; whether the question is done with. */
  readonly act?: (action: FindAction, found: FoundUser) => Promise<boolean>;
}

/** The quick pick that a user is looked for in, and what stands in it. */
export class PickerView {
  readonly #answer = Promise.withResolvers<FoundUser | undefined>();
  readonly #pick = vscode.window.createQuickPick<FindItem>();
  readonly #tenants: readonly Tenant[];
  readonly #question: UserQuestion;
  readonly #buttons: readonly ActionButton[];
  readonly #stop = new AbortController();
  #firstLoads: boolean;
  #shown = '';
  #shownFor = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(tenants: readonly Tenant[], question: UserQuestion, loads: Promise<unknown>) {
    this.#tenants = tenants;
    this.#question = question;
    this.#buttons = question.act === undefined ? [] : actionButtons();
    this.#firstLoads = true;
    const { resolve, reject } = this.#answer;
    const pick = this.#pick;
    pick.title = question.title;
    pick.value = question.value ?? '';
    pick.placeholder = vscode.l10n.t('Any part of name, email or ID, in any order');
    pick.keepScrollPosition = true;
    keepOrder(pick);
    pick.onDidChangeValue(() => {
      this.#show();
    });
    pick.onDidAccept(() => {
      const [item] = pick.selectedItems;
      if (item?.kindOf === 'user') resolve(item.found);
      else if (item?.kindOf === 'rest') this.#toggle();
      else if (item?.kindOf === 'failure') this.#tryAgain(item.tenant);
    });
    pick.onDidTriggerButton(() => {
      this.#toggle();
    });
    pick.onDidTriggerItemButton(({ item, button }) => {
      const action = this.#buttons.find((known) => known === button)?.action;
      if (item.kindOf !== 'user' || action === undefined || question.act === undefined) return;
      question.act(action, item.found).then((done) => {
        if (done) resolve(undefined);
      }, reject);
    });
    pick.onDidHide(() => {
      resolve(undefined);
    });
    void loads.finally(() => {
      this.#firstLoads = false;
      this.changed();
    });
    pick.show(); // First of all, so that it takes the keys.
    this.#show();
  }

  /**
   * The user that was chosen; undefined if none was.
   *
   * @throws what a button's action threw, and why users could not be looked through
   */
  get answer(): Promise<FoundUser | undefined> {
    return this.#answer.promise;
  }

  /** Ends the question without an answer. */
  close(): void {
    this.#pick.hide();
  }

  dispose(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#pick.dispose();
  }

  /** Shows anew what is found, soon: other changes may follow. */
  changed(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!this.#stop.signal.aborted) this.#show();
    }, PAUSE);
  }

  /** Reads the users that are not loaded, or stops that. */
  #toggle(): void {
    if (this.#tenants.some(({ reading }) => reading)) {
      for (const tenant of this.#tenants) tenant.stop();
    } else {
      for (const tenant of this.#tenants) {
        const changed = () => {
          this.changed();
        };
        void tenant.readOn(changed).finally(changed);
      }
    }
    this.#show();
  }

  /** Reads again what could not be read of a tenant. */
  #tryAgain(tenant: Tenant): void {
    const changed = () => {
      this.changed();
    };
    void tenant.readAgain(changed).finally(changed);
    this.#show();
  }

  /** Shows what is found; before that, what has come since is indexed, in short slices. */
  #show(): void {
    const query = parseQuery(this.#pick.value);
    const missing = this.#tenants.filter(({ index, loaded }) => index.indexed < loaded);
    if (missing.length > 0) {
      this.#pick.busy = true;
      const { signal } = this.#stop;
      Promise.all(missing.map(({ index }) => index.build(signal))).then(
        () => {
          this.#show();
        },
        (error: unknown) => {
          // What is cancelled has ended with the question.
          if (!isCancellation(error)) this.#answer.reject(error);
        },
      );
      if (query.terms.length > 0) {
        // What was found for another text must not look like the answer to this one.
        if (this.#pick.value !== this.#shownFor) this.#showItems([]);
        return;
      }
    }
    const found = query.terms.length > 0 ? this.#found(query) : this.#first();
    this.#showFound(found, query.terms.length > 0);
  }

  #found(query: Query): Shown {
    const founds = this.#tenants.map(({ index }) => index.search(query, MAX_SHOWN));
    const { hits, count } = mergeFound(founds, MAX_SHOWN);
    const places = hits.flatMap(({ list, position }) => {
      const tenant = this.#tenants[list];
      return tenant === undefined ? [] : { tenant, position };
    });
    return { places, count };
  }

  /** The first users of all tenants, which no index is needed for. */
  #first(): Shown {
    const places = this.#tenants.flatMap((tenant) =>
      Array.from({ length: Math.min(tenant.loaded, MAX_SHOWN) }, (_, position) => ({
        tenant,
        position,
      })),
    );
    return { places: places.slice(0, MAX_SHOWN), count: 0 };
  }

  #showFound({ places, count }: Shown, searched: boolean): void {
    const many = this.#tenants.length > 1;
    const users = places.flatMap(
      ({ tenant, position }) => userItem(tenant, position, this.#buttons, many) ?? [],
    );
    const rest = restItem(this.#tenants);
    const busy =
      this.#firstLoads || this.#tenants.some((tenant) => tenant.reading || tenant.trying);
    this.#showItems([
      ...users,
      ...failureItems(this.#tenants),
      ...(rest === undefined || this.#firstLoads ? [] : [rest]),
      ...(users.length > 0 || rest !== undefined || busy
        ? []
        : [note(vscode.l10n.t('No user matches'))]),
    ]);
    this.#pick.busy = busy;
    this.#pick.title = this.#titleFor(count, searched);
    this.#showButton(rest === undefined || this.#firstLoads ? undefined : this.#restButton());
  }

  #showButton(button: vscode.QuickInputButton | undefined): void {
    const [shown] = this.#pick.buttons;
    if (shown?.tooltip === button?.tooltip) return;
    this.#pick.buttons = button === undefined ? [] : [button];
  }

  /**
   * The line that has the focus keeps it while nothing else is typed; what is the same is not drawn
   * again.
   */
  #showItems(items: readonly FindItem[]): void {
    const key = JSON.stringify(items.map((item) => [item.label, item.detail, item.description]));
    if (key === this.#shown) return;
    this.#shown = key;
    const [active] = this.#pick.activeItems;
    const typed = this.#pick.value !== this.#shownFor;
    this.#shownFor = this.#pick.value;
    this.#pick.items = items;
    const again = typed || active === undefined ? undefined : items.find((i) => isSame(i, active));
    if (again !== undefined) this.#pick.activeItems = [again];
  }

  #titleFor(count: number, searched: boolean): string {
    const loaded = sum(this.#tenants.map((tenant) => tenant.loaded));
    const all = sum(this.#tenants.map((tenant) => tenant.loaded + tenant.remaining));
    const users = loadedText(loaded, Number.isFinite(all) ? all : loaded);
    const found = searched ? [vscode.l10n.t('{0} found', numberText(count))] : [];
    return [this.#question.title, ...found, users].join(' · ');
  }

  #restButton(): vscode.QuickInputButton {
    const open = this.#tenants.filter(({ remaining }) => remaining > 0);
    const reading = open.some((tenant) => tenant.reading);
    return {
      iconPath: new vscode.ThemeIcon(reading ? 'stop-circle' : 'cloud-download'),
      tooltip: reading
        ? vscode.l10n.t('Stop Searching')
        : vscode.l10n.t('Search {0}', remainingText(open)),
    };
  }
}

/** What is found: where the users to be shown are, and how many there are in all. */
interface Shown {
  readonly places: readonly { readonly tenant: Tenant; readonly position: number }[];
  readonly count: number;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, one) => all + one, 0);
}

function isSame(item: FindItem, other: FindItem): boolean {
  if (item.kindOf === 'failure' && other.kindOf === 'failure') return item.tenant === other.tenant;
  if (item.kindOf !== 'user' || other.kindOf !== 'user') return item.kindOf === other.kindOf;
  return item.found.tenant === other.found.tenant && item.found.record.id === other.found.record.id;
}

/**
 * Keeps the order of the items. Without it, the editor sorts them again by how their labels match
 * what was typed. It isn't among the stable types, but every stable version that is supported heeds
 * it from every extension, and a UI test in the oldest and the newest holds that.
 */
function keepOrder(pick: vscode.QuickPick<FindItem>): void {
  Object.assign(pick, { sortByLabel: false });
}
