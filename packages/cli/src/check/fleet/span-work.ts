import type { Day } from '@openbeian/model/calendar';
import {
  contextOf,
  type FleetSummary,
  type InventoryContext,
  type PolicySet,
  type RealName,
  type Resource,
  summarize,
} from '@openbeian/model/eligibility';
import { type QuotaScope, type TallyEntry, type UsageTally, usageTally } from '@openbeian/model/quota';
import type { Lang } from '../../io/read-document.ts';
import type { Span } from './fleet-file.ts';
import { LineError, visitLines } from './fleet-lines.ts';
import { keptResource, LineResource } from './line-resource.ts';
import { type ResultLines, resultLines } from './result-lines.ts';
import { type BegunHash, begunHash, memoryForIds, type SeenIds, seenIds } from './seen-ids.ts';

/*
 * What is done with a span of a fleet, in whichever thread. A fleet is read up to three times: `sum` refuses what is bad and
 * adds up what quotas share; `find` looks for the servers behind load balancers and for repeated ids; `decide` makes
 * the result lines. What one thread found goes to all in between.
 */

/** The same for all threads. */
export interface SpanWorkSetup {
  readonly fd: number;
  readonly lang: Lang;
  readonly at: Day;
  readonly timeline: boolean;
  readonly idMemory: SharedArrayBuffer;
  /** Resources that assumptions name, by id or by `provider/product/id`. */
  readonly named: ReadonlySet<string>;
}

/** An account, or the viewer, of a fragment of an inventory; `line` within the span. */
interface FragmentSums {
  readonly line: number;
  readonly row: null;
  readonly accounts: readonly { readonly id: string; readonly realName?: RealName | undefined }[];
  readonly viewer: string | null;
}

/** The first bad line of a span, without the file's name and the line's number. */
interface BadLine {
  readonly line: number;
  readonly sayings: readonly string[];
}

export interface SpanSums {
  readonly lines: number;
  readonly plain: boolean;
  readonly fragments: readonly FragmentSums[];
  readonly toChange: readonly Resource[];
  readonly bad: BadLine | null;
}

/** What a thread added up over its spans. */
export interface ThreadSums {
  readonly tally: readonly TallyEntry[];
  /** `provider/id` of the resources behind load balancers. */
  readonly wanted: ReadonlySet<string>;
  /** `provider/product/id` of what may be repeated, with the id alone. */
  readonly repeated: ReadonlyMap<string, string>;
}

type Wanted = Pick<ThreadSums, 'wanted' | 'repeated'>;

interface SpanFinds {
  readonly servers: readonly Resource[];
  readonly repeated: readonly { readonly key: string; readonly line: number; readonly row: number | null }[];
}

/** All that deciding needs besides the span's own lines. */
export interface FleetFacts {
  readonly viewer: string | null;
  readonly realNames: ReadonlyMap<string, RealName | undefined>;
  readonly tally: readonly TallyEntry[];
  readonly servers: ReadonlyMap<string, Resource>;
  /** As they are assumed to be. */
  readonly changed: ReadonlyMap<string, Resource>;
}

/** The work of one thread. */
export interface SpanWork {
  sum(span: Span): SpanSums;
  takeSums(): ThreadSums;
  find(asked: { readonly span: Span; readonly plain: boolean }): SpanFinds;
  decide(asked: {
    readonly span: Span /** Blocks of earlier answers, to be filled again. */;
    readonly spares: readonly Uint8Array[];
  }): Uint8Array[];
  /** Instead of `decide`: how many have which outcomes and reasons. */
  summarize(span: Span): FleetSummary;
  /** Before the first `find`. */
  setWanted(wanted: Wanted): void;
  /** Before the first `decide`. */
  setFacts(facts: FleetFacts): void;
}

export function keyOf({ provider, product, id }: Resource): string {
  return `${provider}/${product}/${id}`;
}

export function spanWork(setup: SpanWorkSetup, policies: PolicySet): SpanWork {
  const { fd, lang } = setup;
  const sums: SummingState = {
    tally: usageTally(),
    wanted: new Set<string>(),
    repeated: new Map<string, string>(),
    productOf: fleetProducts(addingScopes(policies), balancersOf(policies)),
    seen: seenIds(setup.idMemory),
  };
  let wanted: Wanted = sums;
  let wantedIds: SeenIds | null = null;
  let decider: Decider | null = null;
  return {
    sum: (span) => sumSpan(span, setup, sums),
    takeSums: () => {
      const taken = { tally: sums.tally.entries(), wanted: sums.wanted, repeated: sums.repeated };
      // All threads get what all of them found; the own part is not kept besides.
      sums.tally.replace([]);
      sums.wanted = new Set();
      sums.repeated = new Map();
      wanted = sums;
      return taken;
    },
    setWanted: (given) => {
      wanted = given;
      wantedIds = filterOf(given);
    },
    find: ({ span, plain }) => findInSpan(span, setup, wanted, plain ? wantedIds : null),
    setFacts: (facts) => {
      wanted = sums;
      wantedIds = null;
      decider = deciderOf(setup, policies, facts, sums.tally);
    },
    decide: ({ span, spares }) => {
      if (decider === null) throw new Error('setFacts comes before decide');
      const { lines, assumed } = decider;
      lines.reuse(spares);
      const blocks: Uint8Array[] = [];
      const take = (block: Uint8Array | null) => {
        if (block !== null) blocks.push(block);
      };
      visitLines(fd, span, lang, {
        resource: (it) => {
          lines.add(assumed(it));
          take(lines.take());
        },
      });
      take(lines.take('rest'));
      return blocks;
    },
    summarize: (span) => {
      if (decider === null) throw new Error('setFacts comes before summarize');
      const { assumed, context } = decider;
      const resources: Resource[] = [];
      visitLines(fd, span, lang, {
        resource: (it) => {
          resources.push(keptResource(assumed(it)));
        },
      });
      return summarize(resources, context, setup.at);
    },
  };
}

interface SummingState {
  readonly tally: UsageTally;
  wanted: Set<string>;
  repeated: Map<string, string>;
  productOf(resource: Resource): FleetProduct;
  readonly seen: SeenIds;
}

function sumSpan(span: Span, { fd, lang, named }: SpanWorkSetup, sums: SummingState): SpanSums {
  const fragments: FragmentSums[] = [];
  const toChange: Resource[] = [];
  const found = { fragments, toChange };
  try {
    const read = visitLines(fd, span, lang, {
      fragment: ({ accounts, viewer }, line) => {
        fragments.push({ line, row: null, accounts, viewer: viewer ?? null });
      },
      resource: (it) => {
        const product = sums.productOf(it);
        const { seen } = sums;
        const again =
          it instanceof LineResource
            ? seen.mayBeSeenIn(product.begun, it.bytes, it.idFrom, it.idTo)
            : seen.mayBeSeen(keyOf(it));
        if (again) sums.repeated.set(keyOf(it), it.id);
        if (product.scopes !== null) sums.tally.add(it, product.scopes);
        if (product.isBalancer && it.boundTo !== undefined) sums.wanted.add(`${it.provider}/${it.boundTo}`);
        if (named.size > 0 && (named.has(it.id) || named.has(keyOf(it)))) toChange.push(keptResource(it));
      },
    });
    return { ...read, ...found, bad: null };
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    return { lines: 0, plain: false, ...found, bad: { line: error.line, sayings: error.sayings } };
  }
}

/** What is behind load balancers may come before them, and only after the first reading it is known which ids to compare. */
function findInSpan(span: Span, { fd, lang }: SpanWorkSetup, wanted: Wanted, ids: SeenIds | null): SpanFinds {
  const servers: Resource[] = [];
  const repeated: { key: string; line: number; row: number | null }[] = [];
  visitLines(fd, span, lang, {
    ...(ids === null ? {} : { skips: (bytes: Buffer, from: number) => skipsId(bytes, from, ids) }),
    resource: (it, line, row) => {
      if (wanted.wanted.has(`${it.provider}/${it.id}`)) servers.push(keptResource(it));
      const key = keyOf(it);
      if (wanted.repeated.has(key)) repeated.push({ key, line, row });
    },
  });
  return { servers, repeated };
}

const idFirst = Buffer.from('{"id":"');
const quote = 0x22;

/** Only where the line begins with its id, as nearly all do, and nobody asks for that one. */
function skipsId(bytes: Buffer, from: number, ids: SeenIds): boolean {
  for (let index = 0; index < idFirst.length; index += 1) if (bytes[from + index] !== idFirst[index]) return false;
  const start = from + idFirst.length;
  return !ids.mayHold(bytes, start, bytes.indexOf(quote, start));
}

function filterOf({ wanted, repeated }: Wanted): SeenIds {
  const filter = seenIds(memoryForIds((wanted.size + repeated.size) * 16));
  for (const providerAndId of wanted) filter.mayBeSeen(providerAndId.slice(providerAndId.indexOf('/') + 1));
  for (const id of repeated.values()) filter.mayBeSeen(id);
  return filter;
}

interface Decider {
  readonly lines: ResultLines;
  readonly context: InventoryContext;
  assumed(resource: Resource): Resource;
}

function deciderOf(setup: SpanWorkSetup, policies: PolicySet, facts: FleetFacts, tally: UsageTally): Decider {
  const { viewer, realNames, servers, changed } = facts;
  const assumed = (it: Resource) => (changed.size === 0 ? it : (changed.get(keyOf(it)) ?? it));
  tally.replace(facts.tally);
  const context = contextOf({
    policies,
    viewer,
    realNameOf: (accountId) => realNames.get(accountId),
    findResource: (provider, products, id) => {
      const behind = products
        .map((product) => servers.get(`${provider}/${product}/${id}`))
        .find((it) => it !== undefined);
      return behind && assumed(behind);
    },
    counted: tally.usageOf,
    spent: new Map(),
  });
  return { lines: resultLines(context, setup.at, setup.timeline), context, assumed };
}

/** What the first reading asks of a product. */
interface FleetProduct {
  /** Of `provider/product/`. */
  readonly begun: BegunHash;
  /** Null: its quotas do not add up over resources. */
  readonly scopes: ReadonlySet<QuotaScope> | null;
  readonly isBalancer: boolean;
}

/** A file may name any products; those of policies are far fewer. */
const productsLimit = 10_000;

function fleetProducts(
  scopesOf: ReadonlyMap<string, ReadonlySet<QuotaScope>>,
  balancers: ReadonlySet<string>,
): (resource: Resource) => FleetProduct {
  const providers = new Map<string, Map<string, FleetProduct>>();
  let kept = 0;
  // Fleets are listed provider by provider.
  let lastProvider: string | null = null;
  let productsOfLast: Map<string, FleetProduct> | undefined;
  return ({ provider, product }) => {
    if (provider !== lastProvider) {
      lastProvider = provider;
      productsOfLast = providers.get(provider);
    }
    const known = productsOfLast?.get(product);
    if (known !== undefined) return known;
    if ((kept += 1) > productsLimit) {
      providers.clear();
      kept = 1;
    }
    const id = `${provider}/${product}`;
    const made = {
      begun: begunHash(`${id}/`),
      scopes: scopesOf.get(id) ?? null,
      isBalancer: balancers.has(id),
    };
    const products = providers.get(provider) ?? new Map<string, FleetProduct>();
    providers.set(provider, products.set(product, made));
    productsOfLast = products;
    return made;
  };
}

/** Scopes of each product, in any of its versions, whose quota adds up over several resources. */
function addingScopes(policies: PolicySet): Map<string, Set<QuotaScope>> {
  const scopes = new Map<string, Set<QuotaScope>>();
  for (const { products } of policies.values()) {
    for (const [, versions] of products) {
      for (const { id, version } of versions) {
        for (const { scope } of version.quotas) scopes.set(id, (scopes.get(id) ?? new Set()).add(scope));
      }
    }
  }
  return scopes;
}

/** Products that file through another resource, in any of their versions. */
function balancersOf(policies: PolicySet): Set<string> {
  const all = [...policies.values()].flatMap(({ products }) => [...products.values()].flat());
  return new Set(all.filter(({ version }) => version.file.mode === 'through_bound').map(({ id }) => id));
}
