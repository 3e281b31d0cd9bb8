import type { Day } from '@openbeian/model/calendar';
import {
  againstBoth,
  againstShared,
  againstUnbound,
  againstUse,
  onward,
  type Prepared,
  preparedFor,
} from '../decide/against.ts';
import type { InventoryContext } from '../decide/context.ts';
import { concluded, type ReasonSet } from '../decide/reason-set.ts';
import type { Resource } from '../inventory.ts';
import { findPolicy } from '../policy/policy-set.ts';

/**
 * Decides many resources of one context on one day: all reasons as a set of bits, no values and no texts. `evaluate` makes
 * words of the same bits.
 */
export interface Survey {
  /** Reasons against the use; ask `reasonsIn` for the codes, `outcomeOfSet` for the outcome, `decide` for the words. */
  file(resource: Resource): ReasonSet;
  issue(resource: Resource): ReasonSet;
  /** Both at once, for fewer look-ups: `sets[position]` becomes file, `sets[position + 1]` issue. */
  both(resource: Resource, sets: Uint32Array, position: number): void;
  /** A whole fleet: `sets[2 * n]` becomes file of the n-th, `sets[2 * n + 1]` issue. Faster than one after the other. */
  all(resources: readonly Resource[], sets: Uint32Array): void;
}

/** So many resources are brought into the processor's cache at a time; more would push each other out again. */
const ahead = 16;

/** Makes the rules of one day ready; each product is prepared when its first resource comes. */
export function survey(context: InventoryContext, at: Day): Survey {
  const providers = new Map<string, Map<string, Prepared>>();
  // Fleets are listed provider by provider, so the last one is mostly the next one as well.
  let lastProvider: string | null = null;
  let products = new Map<string, Prepared>();
  const prepare = (provider: string, product: string): Prepared => {
    if (provider !== lastProvider) {
      const known = providers.get(provider);
      if (known === undefined) providers.set(provider, (products = new Map()));
      else products = known;
      lastProvider = provider;
    }
    let prepared = products.get(product);
    if (prepared === undefined) {
      const policy = findPolicy(context.policies, provider, product, at);
      products.set(product, (prepared = preparedFor(context.policies.get(provider), policy, at)));
    }
    return prepared;
  };
  const { viewer } = context;
  /** Which facts were missing is nobody's question here. */
  const lacks = { keys: 0 };

  const behind = (resource: Resource, { rules }: Prepared, set: ReasonSet): ReasonSet => {
    const { provider, boundTo } = resource;
    const bound = boundTo === undefined ? undefined : context.findResource(provider, rules?.behind ?? [], boundTo);
    return (set & ~onward.behind) | (bound === undefined ? againstUnbound(lacks) : fileOf(bound));
  };
  const finished = (resource: Resource, prepared: Prepared, set: ReasonSet): ReasonSet =>
    concluded((set & onward.behind) === 0 ? set & ~onward.counted : behind(resource, prepared, set));
  const fileOf = (resource: Resource): ReasonSet => {
    const prepared = prepare(resource.provider, resource.product);
    const before = againstBoth(resource, prepared, viewer, lacks);
    const shared = againstShared(resource, prepared, before, context, lacks);
    return finished(resource, prepared, againstUse('file', resource, prepared, before, shared, context, lacks));
  };
  const both = (resource: Resource, sets: Uint32Array, position: number): void => {
    const prepared = prepare(resource.provider, resource.product);
    const before = againstBoth(resource, prepared, viewer, lacks);
    const shared = againstShared(resource, prepared, before, context, lacks);
    const file = againstUse('file', resource, prepared, before, shared, context, lacks);
    const issue = againstUse('issue', resource, prepared, before, shared, context, lacks);
    sets[position] = finished(resource, prepared, file);
    sets[position + 1] = finished(resource, prepared, issue);
  };
  let touched = 0;
  return {
    file: fileOf,
    issue: (resource) => {
      const prepared = prepare(resource.provider, resource.product);
      const before = againstBoth(resource, prepared, viewer, lacks);
      const shared = againstShared(resource, prepared, before, context, lacks);
      return finished(resource, prepared, againstUse('issue', resource, prepared, before, shared, context, lacks));
    },
    both,
    all: (resources, sets) => {
      for (let from = 0; from < resources.length; from += ahead) {
        const to = Math.min(from + ahead, resources.length);
        // A large fleet waits for memory more than it computes. Looked at one after the other, without deciding in between,
        // the next resources come from memory all at the same time.
        for (let index = from; index < to; index += 1) touched = (touched + touch(resources[index] as Resource)) | 0;
        for (let index = from; index < to; index += 1) both(resources[index] as Resource, sets, index * 2);
      }
    },
  };
}

/** Looks at what lies apart from the resource itself. What it returns means nothing, but keeps the looks from being left out. */
function touch({ expiresAt, boughtAt, publicIps, used }: Resource): number {
  let seen = used.codes;
  if (expiresAt !== undefined) seen += expiresAt.charCodeAt(0);
  if (boughtAt !== undefined) seen += boughtAt.charCodeAt(0);
  return publicIps === undefined ? seen : seen + publicIps.length;
}
