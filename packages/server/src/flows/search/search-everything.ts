import { query } from '../command/operation.ts';
import { ownAccount } from '../command/permission.ts';
import type { Step } from '../command/step.ts';
import { type Asked, askedOf } from './asked-text.ts';
import { type Hit, matches } from './hit.ts';
import { findCodes, findFilings, findRecords, findResources } from './of-accounts.ts';
import { findAccounts, findPeople } from './of-provider.ts';

interface Group {
  readonly kind: keyof typeof finders;
  readonly hits: readonly Hit[];
  readonly more: boolean;
}

/** So many of each kind are shown. */
const mostShown = 5;

/** In the order in which they are shown where none is better. */
const finders = {
  filing: findFilings,
  record: findRecords,
  resource: findResources,
  code: findCodes,
  account: findAccounts,
  person: findPeople,
} as const satisfies Readonly<Record<string, (step: Step, asked: Asked) => Promise<readonly Hit[]>>>;

/**
 * What the caller may see that has this text: a customer's own things, or everybody's for the provider's people. Each kind as its own list
 * searches it, by the same indexes; the best of what the list begins with come first.
 */
export const searchEverything = query(
  { id: 'searchEverything', faults: [] },
  async (step: Step, { text }: { readonly text: string }) => {
    const { actor, at } = step;
    const asked = askedOf(text, actor.role === 'customer' ? ownAccount(actor) : undefined, at);
    const groups: Group[] = [];
    for (const [kind, find] of Object.entries(finders)) {
      const found = sorted(await find(step, asked));
      // The names of the finders are the kinds.
      const group = { kind: kind as Group['kind'], hits: found.slice(0, mostShown), more: found.length > mostShown };
      if (found.length > 0) groups.push(group);
    }
    return { groups: groups.toSorted((a, b) => rankOf(a.hits[0]) - rankOf(b.hits[0])) };
  },
);

/** Each once, the best first; else in the order of its list. */
function sorted(hits: readonly Hit[]): Hit[] {
  const once = new Map(hits.toReversed().map((hit) => [hit.id, hit]));
  return [...once.values()].toReversed().toSorted((a, b) => rankOf(a) - rankOf(b));
}

const rankOf = (hit: Hit | undefined): number => (hit === undefined ? matches.length : matches.indexOf(hit.match));
