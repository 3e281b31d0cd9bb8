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
import type { Lang } from '../../io/read-document.ts';
import { AskedIds, AskedLines, type AskedMemory, type FoundLines, type FoundRow, keyOf } from './asked-lines.ts';
import type { Span } from './fleet-file.ts';
import { FleetLedgers } from './fleet-ledgers.ts';
import { FleetLines, LineError } from './fleet-lines.ts';
import { type FleetProduct, fleetProducts } from './fleet-products.ts';
import type { HolderMemory } from './holder-table.ts';
import { keptResource, LineResource } from './line-resource.ts';
import { type ResultLines, resultLines } from './result-lines.ts';
import { hashOfText, type SeenIds, seenIds } from './seen-ids.ts';

/*
 * What is done with a span of a fleet, in whichever thread. A fleet is read up to three times: `sum` refuses what is bad and
 * adds up what quotas share; `find` looks for the servers behind load balancers and for repeated ids; `decide` makes
 * the result lines. What one thread found goes to all in between, as memory that they share.
 */

/** The same for all threads. */
export interface SpanWorkSetup {
  readonly fd: number;
  readonly lang: Lang;
  readonly at: Day;
  readonly timeline: boolean;
  /** Of the ids that were seen. */
  readonly idMemory: SharedArrayBuffer;
  /** Of the ids that are asked for. */
  readonly askedMemory: SharedArrayBuffer;
  /** Resources that assumptions name, by id or by `provider/product/id`. */
  readonly named: ReadonlySet<string>;
}

/** An account, or the viewer, of a fragment of an inventory; `line` within the span. */
interface FragmentSums {
  readonly line: number;
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
  /** Some lines are asked for, so that `find` must look for them. */
  readonly asks: boolean;
  readonly bad: BadLine | null;
}

/** All that deciding needs besides the span's own lines. */
export interface FleetFacts {
  readonly viewer: string | null;
  /** Accounts and what ledgers have drawn. */
  readonly ledgers: HolderMemory;
  readonly asked: AskedMemory;
  /** As they are assumed to be. */
  readonly changed: ReadonlyMap<string, Resource>;
}

/** The work of one thread. */
export interface SpanWork {
  sum(span: Span): SpanSums;
  /** What this thread added up in ledgers; it forgets it. */
  takeSums(): HolderMemory;
  find(asked: { readonly span: Span; readonly plain: boolean }): FoundLines;
  decide(asked: {
    readonly span: Span /** Blocks of earlier answers, to be filled again. */;
    readonly spares: readonly Uint8Array[];
  }): Uint8Array[];
  /** Instead of `decide`: how many have which outcomes and reasons. */
  summarize(span: Span): FleetSummary;
  /** Before the first `decide`. */
  setFacts(facts: FleetFacts): void;
}

export function spanWork(setup: SpanWorkSetup, policies: PolicySet): SpanWork {
  const lines = new FleetLines(setup.fd, setup.lang);
  const productOf = fleetProducts(policies);
  const asked = new AskedIds(setup.askedMemory);
  const sums: Summing = {
    lines,
    named: setup.named,
    productOf,
    ledgers: new FleetLedgers(productOf),
    seen: seenIds(setup.idMemory),
    asked,
  };
  let decider: Decider | null = null;
  return {
    sum: (span) => sumSpan(span, sums),
    takeSums: () => {
      const { memory } = sums.ledgers;
      sums.ledgers = new FleetLedgers(productOf);
      return memory;
    },
    find: ({ span, plain }) => findInSpan(span, sums, plain),
    setFacts: (facts) => {
      decider = deciderOf(setup, policies, facts, sums);
    },
    decide: ({ span, spares }) => {
      if (decider === null) throw new Error('setFacts comes before decide');
      const { results, assumed } = decider;
      results.reuse(spares);
      const blocks: Uint8Array[] = [];
      const take = (block: Uint8Array | null) => {
        if (block !== null) blocks.push(block);
      };
      lines.visit(span, {
        resource: (it) => {
          results.add(assumed(it));
          take(results.take());
        },
      });
      take(results.take('rest'));
      return blocks;
    },
    summarize: (span) => {
      if (decider === null) throw new Error('setFacts comes before summarize');
      const { assumed, context } = decider;
      const resources: Resource[] = [];
      lines.visit(span, {
        resource: (it) => {
          resources.push(keptResource(assumed(it)));
        },
      });
      return summarize(resources, context, setup.at);
    },
  };
}

interface Summing {
  readonly lines: FleetLines;
  readonly named: ReadonlySet<string>;
  readonly productOf: (resource: Resource) => FleetProduct;
  ledgers: FleetLedgers;
  readonly seen: SeenIds;
  readonly asked: AskedIds;
}

function sumSpan(span: Span, { lines, named, productOf, ledgers, seen, asked }: Summing): SpanSums {
  const fragments: FragmentSums[] = [];
  const toChange: Resource[] = [];
  let asks = false;
  try {
    const read = lines.visit(span, {
      fragment: ({ accounts, viewer }, line) => {
        fragments.push({ line, accounts, viewer: viewer ?? null });
      },
      resource: (it) => {
        const product = productOf(it);
        const again =
          it instanceof LineResource
            ? seen.mayBeSeenIn(product.begun, it.bytes, it.idFrom, it.idTo)
            : seen.mayBeSeen(keyOf(it));
        if (again) asked.noteRepeated(it);
        ledgers.add(it, product);
        const server = product.isBalancer ? it.boundTo : undefined;
        if (server !== undefined) asked.noteServer(it.provider, server);
        asks ||= again || server !== undefined;
        if (named.size > 0 && (named.has(it.id) || named.has(keyOf(it)))) toChange.push(keptResource(it));
      },
    });
    return { ...read, fragments, toChange, asks, bad: null };
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    const { line, sayings } = error;
    return { lines: 0, plain: false, fragments, toChange, asks, bad: { line, sayings } };
  }
}

/** What is behind load balancers may come before them, and only after the first reading it is known which ids to compare. */
function findInSpan(span: Span, { lines, productOf, asked }: Summing, plain: boolean): FoundLines {
  const found: number[] = [];
  const rows: FoundRow[] = [];
  lines.visit(span, {
    ...(plain ? { skips: (bytes: Buffer, from: number) => asked.skips(bytes, from) } : {}),
    resource: (it, { row, offset }) => {
      if (!asked.asksFor(it)) return;
      const { one, other } = hashOfText(it.id, productOf(it).begun);
      if (row === null) found.push(one, other, offset);
      else rows.push({ resource: it, row, offset, behind: found.length / 3 });
    },
  });
  return { lines: found, rows };
}

interface Decider {
  readonly results: ResultLines;
  readonly context: InventoryContext;
  assumed(resource: Resource): Resource;
}

function deciderOf(setup: SpanWorkSetup, policies: PolicySet, facts: FleetFacts, { productOf }: Summing): Decider {
  const { viewer, changed } = facts;
  const assumed = (it: Resource) => (changed.size === 0 ? it : (changed.get(keyOf(it)) ?? it));
  const ledgers = new FleetLedgers(productOf, facts.ledgers);
  // Reads lines while a span is being read, so it reads them into memory of its own.
  const servers = new AskedLines(new FleetLines(setup.fd, setup.lang), facts.asked);
  const context = contextOf({
    policies,
    viewer,
    realNameOf: (accountId) => ledgers.realNameOf(accountId),
    findResource: (provider, products, id) => {
      for (const product of products) {
        const behind = servers.find(`${provider}/${product}/${id}`);
        if (behind !== undefined) return assumed(behind);
      }
      return undefined;
    },
    counted: (scope, resource) => ledgers.usageOf(scope, resource),
    spent: new Map(),
  });
  return { results: resultLines(context, setup.at, setup.timeline), context, assumed };
}
