import type { Entry, OutboxStore, Scope } from "./types.ts";

const keyOf = ({ chainId, genesis, account }: Scope): string =>
  `${chainId}-${genesis}-${account.toLowerCase()}`;

/** A store that ends with the process: for a chain that does, too, and for tests. */
export function memoryStore(): OutboxStore {
  const entries = new Map<string, Map<string, Entry>>();
  const turns = new Map<string, Promise<unknown>>();
  const of = (scope: Scope): Map<string, Entry> => {
    const found = entries.get(keyOf(scope)) ?? new Map<string, Entry>();
    entries.set(keyOf(scope), found);
    return found;
  };
  return {
    async exclusively(scope, work) {
      const before = turns.get(keyOf(scope)) ?? Promise.resolve();
      const turn = before.then(work, work);
      turns.set(
        keyOf(scope),
        turn.catch(() => {}),
      );
      return turn;
    },
    list: async (scope) => [...of(scope).values()],
    put: async (scope, entry) => {
      of(scope).set(entry.id, entry);
    },
    remove: async (scope, id) => {
      of(scope).delete(id);
    },
  };
}
