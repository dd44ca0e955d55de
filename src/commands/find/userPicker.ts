import * as vscode from 'vscode';
import type { Connection } from '../../connections/connection.ts';
import type { LuminarySession } from '../../connections/session.ts';
import type { Sessions } from '../../connections/sessions.ts';
import { mergeFound } from '../../model/search/merge.ts';
import { parseQuery } from '../../model/search/query.ts';
import { UserIndex } from '../../model/search/userIndex.ts';
import type { Loader } from '../../tree/loader.ts';
import { numberText } from '../../words/format.ts';
import { actionButtons, failureItems, note, remainingText, restItem, userItem } from './items.ts';
import type { ActionButton, FindAction, FindItem, FoundUser } from './items.ts';
import { Tenant } from './tenant.ts';

/** No quick pick shows more users than this. */
const MAX_SHOWN = 200;

/** How long after a change in what is loaded the results are shown anew, in ms. */
const PAUSE = 200;

/** How a user is asked for. */
export interface UserQuestion {
  readonly title: string;
  /** What the buttons of a line do, where there are buttons; whether the question is done with. */
  readonly act?: (action: FindAction, found: FoundUser) => Promise<boolean>;
}

/** Lets one user be found among those of some tenants. */
export class UserPicker {
  readonly #sessions: Sessions;
  readonly #loader: Loader;
  /** An index is kept as long as what it is made of. */
  readonly #indexes = new WeakMap<LuminarySession, UserIndex>();

  constructor(sessions: Sessions, loader: Loader) {
    this.#sessions = sessions;
    this.#loader = loader;
  }

  /** Asks for a user; undefined if none was chosen. */
  async pick(
    connections: readonly Connection[],
    question: UserQuestion,
  ): Promise<FoundUser | undefined> {
    const tenants = await this.#open(connections);
    const first = tenants.filter(({ session }) => !session.pages.known);
    const loads = first.map(({ connection }) =>
      this.#loader.load({ kind: 'connection', connection: connection.id }),
    );
    const view = new PickerView(tenants, question, Promise.all(loads));
    const subscription = this.#sessions.onDidChange(({ id }) => {
      if (tenants.some(({ connection }) => connection.id === id)) view.changed();
    });
    try {
      return await view.answer;
    } finally {
      subscription.dispose();
      for (const tenant of tenants) tenant.stop();
      view.dispose();
    }
  }

  async #open(connections: readonly Connection[]): Promise<Tenant[]> {
    const tenants: Tenant[] = [];
    for (const connection of connections) {
      const session = await this.#sessions.open(connection.id);
      if (session?.kind !== 'luminary') continue;
      tenants.push(new Tenant(connection, session, this.#indexOf(session)));
    }
    return tenants;
  }

  #indexOf(session: LuminarySession): UserIndex {
    const known = this.#indexes.get(session);
    const index = known ?? new UserIndex(() => session.pages.list.elements);
    this.#indexes.set(session, index);
    return index;
  }
}

/** The quick pick, and what stands in it. */
class PickerView {
  readonly answer: Promise<FoundUser | undefined>;
  readonly #pick = vscode.window.createQuickPick<FindItem>();
  readonly #tenants: readonly Tenant[];
  readonly #question: UserQuestion;
  readonly #buttons: readonly ActionButton[];
  readonly #stop = new AbortController();
  #firstLoads: boolean;
  #shown = '';
  #timer: NodeJS.Timeout | undefined;

  constructor(tenants: readonly Tenant[], question: UserQuestion, loads: Promise<unknown>) {
    this.#tenants = tenants;
    this.#question = question;
    this.#buttons = question.act === undefined ? [] : actionButtons();
    this.#firstLoads = true;
    const { promise, resolve, reject } = Promise.withResolvers<FoundUser | undefined>();
    this.answer = promise;
    const pick = this.#pick;
    pick.title = question.title;
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
    this.#show();
    pick.show();
    this.#buildIndexes();
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

  /** While nobody types, so that the next keystroke finds them ready. */
  #buildIndexes(): void {
    for (const { index } of this.#tenants) {
      index.build(this.#stop.signal).catch(() => undefined); // It ends with the question.
    }
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

  #show(): void {
    const query = parseQuery(this.#pick.value);
    const founds = this.#tenants.map(({ index }) => index.search(query, MAX_SHOWN));
    const { hits, count } = mergeFound(founds, MAX_SHOWN);
    const users = hits.flatMap(({ list, position }) => {
      const tenant = this.#tenants[list];
      const many = this.#tenants.length > 1;
      return (tenant && userItem(tenant, position, this.#buttons, many)) ?? [];
    });
    const rest = restItem(this.#tenants);
    const busy = this.#firstLoads || this.#tenants.some(({ reading }) => reading);
    this.#showItems([
      ...users,
      ...failureItems(this.#tenants),
      ...(rest === undefined || this.#firstLoads ? [] : [rest]),
      ...(users.length > 0 || rest !== undefined || busy
        ? []
        : [note(vscode.l10n.t('No user matches'))]),
    ]);
    this.#pick.busy = busy;
    this.#pick.title = this.#titleFor(count, query.terms.length > 0);
    this.#pick.buttons = rest === undefined || this.#firstLoads ? [] : [this.#restButton()];
  }

  /** The line that has the focus keeps it; what is the same is not drawn again. */
  #showItems(items: readonly FindItem[]): void {
    const key = JSON.stringify(items.map((item) => [item.label, item.detail, item.description]));
    if (key === this.#shown) return;
    this.#shown = key;
    const [active] = this.#pick.activeItems;
    const moved = active !== undefined && active !== this.#pick.items[0];
    this.#pick.items = items;
    const again = moved ? items.find((item) => isSame(item, active)) : undefined;
    if (again !== undefined) this.#pick.activeItems = [again];
  }

  #titleFor(count: number, searched: boolean): string {
    const loaded = this.#tenants.reduce((sum, tenant) => sum + tenant.loaded, 0);
    return [
      this.#question.title,
      searched
        ? vscode.l10n.t('{0} found in {1} loaded users', numberText(count), numberText(loaded))
        : vscode.l10n.t('{0} loaded users', numberText(loaded)),
    ].join(' · ');
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

function isSame(item: FindItem, other: FindItem): boolean {
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
