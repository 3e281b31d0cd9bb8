import type { HashTurn } from '../../ports/index.ts';

interface Bounds {
  /** That wait at once, over all addresses. */
  readonly most: number;
  /** That wait at once for one login from one address. */
  readonly mostPerLogin: number;
}

/**
 * Waiting items, taken in turns: one of each address, and at one address one of each login. A caller that sends many waits behind
 * himself only. When it is full, an item of the address with the most items gives way, not the one that comes.
 */
export class FairQueue<Item> {
  readonly #bounds: Bounds;
  readonly #addresses = new Map<string, { count: number; readonly logins: Map<string, Item[]> }>();
  #count = 0;

  constructor(bounds: Bounds) {
    this.#bounds = bounds;
  }

  get count(): number {
    return this.#count;
  }

  /** @returns what gives way, which may be `item` itself; null when there is room. */
  add({ address, login }: HashTurn, item: Item): Item | null {
    const known = this.#addresses.get(address);
    const waiting = known?.logins.get(login);
    if (waiting !== undefined && waiting.length >= this.#bounds.mostPerLogin) return item;
    const group = known ?? { count: 0, logins: new Map<string, Item[]>() };
    if (known === undefined) this.#addresses.set(address, group);
    if (waiting === undefined) group.logins.set(login, [item]);
    else waiting.push(item);
    group.count += 1;
    this.#count += 1;
    return this.#count > this.#bounds.most ? this.#giveWay() : null;
  }

  /** The next in turn; undefined when nothing waits. */
  take(): Item | undefined {
    for (const [address, group] of this.#addresses) {
      for (const [login, items] of group.logins) {
        const item = items.shift();
        // Behind all others, until it is its turn again.
        group.logins.delete(login);
        if (items.length > 0) group.logins.set(login, items);
        this.#addresses.delete(address);
        group.count -= 1;
        this.#count -= 1;
        if (group.count > 0) this.#addresses.set(address, group);
        return item;
      }
    }
    return undefined;
  }

  /** Takes the newest item of the address, and of its login, with the most. */
  #giveWay(): Item | null {
    const [address, group] = most(this.#addresses, ({ count }) => count);
    const [login, items] = most(group.logins, ({ length }) => length);
    const item = items.pop() ?? null;
    if (items.length === 0) group.logins.delete(login);
    group.count -= 1;
    this.#count -= 1;
    if (group.count === 0) this.#addresses.delete(address);
    return item;
  }
}

function most<Value>(entries: ReadonlyMap<string, Value>, countOf: (value: Value) => number): [string, Value] {
  let found: [string, Value] | null = null;
  for (const entry of entries) if (found === null || countOf(entry[1]) > countOf(found[1])) found = entry;
  if (found === null) throw new Error('a full queue is empty');
  return found;
}
