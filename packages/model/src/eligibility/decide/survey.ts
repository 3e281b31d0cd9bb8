import type { Day } from '@openbeian/model/calendar';
import type { Resource } from '../inventory.ts';
import type { InventoryContext } from './context.ts';
import {
  againstUnbound,
  againstUse,
  type Examination,
  examinationIn,
  examine,
  type Prepared,
  preparedFor,
} from './evaluate.ts';
import type { FactSet } from './missing-facts.ts';
import { findPolicy, type Policy } from './policy-set.ts';
import { concluded, followUp, type ReasonSet, reasonsOnly } from './reason-set.ts';

/**
 * Decides many resources of one context on one day: all reasons as a set of bits, no values and no texts. `evaluate` makes
 * its findings of the same bits.
 */
export interface Survey {
  /** Reasons against the use; ask `reasonsIn` for the codes, `outcomeOfSet` for the outcome, `decide` for the words. */
  file(resource: Resource): ReasonSet;
  issue(resource: Resource): ReasonSet;
  /** Both uses with all that their words are made of. */
  found(resource: Resource, found: Found): void;
  /** Both at once, for fewer look-ups: `sets[position]` becomes file, `sets[position + 1]` issue. */
  both(resource: Resource, sets: Uint32Array, position: number): void;
  /** A whole fleet: `sets[2 * n]` becomes file of the n-th, `sets[2 * n + 1]` issue. Faster than one after the other. */
  all(resources: readonly Resource[], sets: Uint32Array): void;
}

/** What was found about a resource: `evaluate` in bits, filled in again for each. */
export interface Found {
  /** Null: no rule of that day is known for the product. */
  policy: Policy | null;
  readonly file: FoundUse;
  readonly issue: FoundUse;
  /** The resource files through another one, whose reasons count as well and are not among these. */
  throughBound: boolean;
  /** That resource, if the context contains it. */
  bound: Resource | undefined;
}

export interface FoundUse {
  set: ReasonSet;
  missing: FactSet;
  /** The quota was asked, and is shown. */
  counted: boolean;
}

export function newFound(): Found {
  const use = (): FoundUse => ({ set: 0, missing: 0, counted: false });
  return { policy: null, file: use(), issue: use(), throughBound: false, bound: undefined };
}

/** So many resources are brought into the processor's cache at a time; more would push each other out again. */
const ahead = 16;

/** Makes the rules of one day ready; each product is prepared when its first resource comes. */
export function survey(context: InventoryContext, at: Day): Survey {
  const prepare = preparing(context, at);
  const examination = examinationIn(context);
  // The server behind a load balancer is examined while the load balancer still is.
  const examinationBehind = examinationIn(context);

  const finished = (asked: Examination, set: ReasonSet): ReasonSet => {
    if ((set & followUp.behind) === 0) return concluded(set & ~followUp.counted);
    const { provider, boundTo } = asked.resource;
    const products = asked.prepared.rules?.behind ?? [];
    const bound = boundTo === undefined ? undefined : context.findResource(provider, products, boundTo);
    const behind = bound === undefined ? againstUnbound(asked.missing) : fileOf(examinationBehind, bound);
    return concluded((set & ~followUp.behind) | behind);
  };
  const fileOf = (asked: Examination, resource: Resource): ReasonSet => {
    examine(asked, resource, prepare(resource.provider, resource.product));
    return finished(asked, againstUse(asked, 'file'));
  };
  const both = (resource: Resource, sets: Uint32Array, position: number): void => {
    examine(examination, resource, prepare(resource.provider, resource.product));
    sets[position] = finished(examination, againstUse(examination, 'file'));
    sets[position + 1] = finished(examination, againstUse(examination, 'issue'));
  };
  const noteUse = (use: FoundUse, set: ReasonSet): void => {
    use.set = concluded(reasonsOnly(set));
    use.missing = examination.missing.keys;
    use.counted = (set & followUp.counted) !== 0;
  };
  const found = (resource: Resource, into: Found): void => {
    examine(examination, resource, prepare(resource.provider, resource.product));
    const { rules, policy } = examination.prepared;
    let set = againstUse(examination, 'file');
    into.policy = policy;
    into.throughBound = (set & followUp.behind) !== 0;
    into.bound = undefined;
    if (into.throughBound) {
      const { provider, boundTo } = resource;
      into.bound = boundTo === undefined ? undefined : context.findResource(provider, rules?.behind ?? [], boundTo);
      if (into.bound === undefined) set |= againstUnbound(examination.missing);
    }
    noteUse(into.file, set);
    noteUse(into.issue, againstUse(examination, 'issue'));
  };
  let touched = 0;
  return {
    file: (resource) => fileOf(examination, resource),
    issue: (resource) => {
      examine(examination, resource, prepare(resource.provider, resource.product));
      return finished(examination, againstUse(examination, 'issue'));
    },
    both,
    found,
    all: (resources, sets) => {
      for (let from = 0; from < resources.length; from += ahead) {
        const to = Math.min(from + ahead, resources.length);
        // A large fleet waits for memory more than it computes. Looked at one after the other, without deciding in between,
        // the next resources come from memory all at the same time.
        for (let index = from; index < to; index += 1) {
          const resource = resources[index];
          if (resource !== undefined) touched = (touched + touch(resource)) | 0;
        }
        for (let index = from; index < to; index += 1) {
          const resource = resources[index];
          if (resource !== undefined) both(resource, sets, index * 2);
        }
      }
    },
  };
}

/** The rules of one day by provider and product, each prepared once. */
function preparing(context: InventoryContext, at: Day): (provider: string, product: string) => Prepared {
  const providers = new Map<string, Map<string, Prepared>>();
  // Fleets are listed provider by provider, so the last one is mostly the next one as well.
  let lastProvider: string | null = null;
  let products = new Map<string, Prepared>();
  return (provider, product) => {
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
}

/** Reads data outside the resource itself. The result is meaningless; it only prevents the reads from being optimised away. */
function touch({ expiresAt, boughtAt, publicIps, used }: Resource): number {
  let seen = used.codes;
  if (expiresAt !== undefined) seen += expiresAt.charCodeAt(0);
  if (boughtAt !== undefined) seen += boughtAt.charCodeAt(0);
  return publicIps === undefined ? seen : seen + publicIps.length;
}
