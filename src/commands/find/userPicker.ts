import type { Connection } from '../../connections/connection.ts';
import type { Services } from '../services.ts';
import type { FoundUser } from './items.ts';
import { PickerView } from './pickerView.ts';
import type { UserQuestion } from './pickerView.ts';
import { Tenant } from './tenant.ts';

type PickerServices = Pick<Services, 'store' | 'sessions' | 'loader' | 'indexes'>;

/** Lets one user be found among those of some tenants. */
export class UserPicker {
  readonly #store: PickerServices['store'];
  readonly #sessions: PickerServices['sessions'];
  readonly #loader: PickerServices['loader'];
  readonly #indexes: PickerServices['indexes'];

  constructor({ store, sessions, loader, indexes }: PickerServices) {
    this.#store = store;
    this.#sessions = sessions;
    this.#loader = loader;
    this.#indexes = indexes;
  }

  /**
   * Asks for a user; undefined if none was chosen.
   *
   * @throws what a button's action threw, and why users could not be looked through
   */
  async pick(
    connections: readonly Connection[],
    question: UserQuestion,
  ): Promise<FoundUser | undefined> {
    const tenants = await this.#open(connections);
    const loads = tenants.map((tenant) => tenant.readFirst());
    const view = new PickerView(tenants, question, Promise.all(loads));
    // What a session that has ended knew is forgotten; the question ends with it.
    const follow = () => {
      const lives = ({ connection, session }: Tenant) =>
        this.#sessions.get(connection.id) === session;
      if (tenants.every(lives)) view.changed();
      else view.close();
    };
    const subscriptions = [this.#sessions.onDidChange(follow), this.#store.onDidChange(follow)];
    try {
      return await view.answer;
    } finally {
      for (const subscription of subscriptions) subscription.dispose();
      for (const tenant of tenants) tenant.stop();
      view.dispose();
    }
  }

  async #open(connections: readonly Connection[]): Promise<Tenant[]> {
    const tenants: Tenant[] = [];
    for (const connection of connections) {
      const session = await this.#sessions.open(connection.id);
      if (session?.kind !== 'luminary') continue;
      const load = () => this.#loader.load({ kind: 'connection', connection: connection.id });
      tenants.push(new Tenant(connection, session, this.#indexes.of(session.pages), load));
    }
    return tenants;
  }
}
