import type { Day } from '@openbeian/model/calendar';
import {
  decide,
  type Found,
  type InventoryContext,
  lastGoodDay,
  namesOf,
  newFound,
  type Policy,
  type Resource,
  survey,
  timeline,
} from '@openbeian/model/eligibility';
import { LineResource } from './line-resource.ts';
import { OutputBlock } from './output-block.ts';
import type { TextArena } from './text-arena.ts';
import { type TextWorld, textWorld, UseTexts } from './use-texts.ts';

/*
 * Decisions as lines of NDJSON, byte for byte what `JSON.stringify(decide(…))` gives. What the quick reader read is decided in
 * bits and worded by templates; anything unusual goes the long way, which is `decide` itself.
 */

/** Templates take at most about so many bytes in each thread; past that all are made again. */
const templateBytes = 1 << 23;

/** Lines are added one by one, and taken as blocks when there are enough of them. */
export interface ResultLines {
  add(resource: Resource): void;
  /** What was added, as soon as it fills a block (`rest`: in any case); null: not yet. */
  take(rest?: 'rest'): Uint8Array | null;
  /** Takes back blocks that were written. */
  reuse(blocks: readonly Uint8Array[]): void;
}

/** What lines of one policy have in common. */
interface PolicyTexts {
  readonly file: UseTexts;
  readonly issue: UseTexts;
  /** Of load balancers: their `file` by the policy of the resource behind them. */
  readonly behind: Map<Policy, UseTexts>;
}

/** No values are written into these. */
const none: string[] = [];
/** From the beginning of the day to the end of its line. */
const dayFromEnd = '0000-00-00"}\n'.length;

/** Lines of the results of `check` (contract §2), with a timeline if asked for. */
export function resultLines(context: InventoryContext, at: Day, withTimeline: boolean): ResultLines {
  const out = new OutputBlock();
  let world = textWorld(context, at);
  let ends = lineEnds(world.arena);
  const policies = new Map<Policy, PolicyTexts>();
  const surveyed = survey(context, at);
  const found = newFound();
  const foundBehind = newFound();

  const textsOf = (policy: Policy): PolicyTexts => {
    let texts = policies.get(policy);
    if (texts === undefined) policies.set(policy, (texts = policyTexts(policy, world)));
    return texts;
  };
  /** A load balancer without reasons of its own says what the resource behind it says; false: not that simple. */
  const putFile = (
    resource: LineResource,
    { file, throughBound, bound, policy }: Found,
    texts: PolicyTexts,
  ): boolean => {
    if (!throughBound || bound === undefined) {
      texts.file.put(out, resource, file);
      return true;
    }
    if (file.set !== 0 || !isPlainAscii(bound.account) || !isPlainAscii(bound.region)) return false;
    surveyed.found(bound, foundBehind);
    if (policy === null || foundBehind.policy === null || foundBehind.throughBound) return false;
    let behind = texts.behind.get(foundBehind.policy);
    if (behind === undefined) {
      behind = new UseTexts(headOf(policy), 'file', foundBehind.policy, world);
      texts.behind.set(foundBehind.policy, behind);
    }
    behind.put(out, bound, foundBehind.file);
    return true;
  };
  const putQuickly = (resource: LineResource): boolean => {
    surveyed.found(resource, found);
    const { policy, issue } = found;
    if (policy === null) return false;
    const texts = textsOf(policy);
    world.arena.put(out, ends.resource, none);
    out.putPart(resource.bytes, resource.idFrom, resource.idTo);
    if (!putFile(resource, found, texts)) return false;
    texts.issue.put(out, resource, issue);
    const goodUntil = lastGoodDay(resource, context, policy, at);
    world.arena.put(out, goodUntil === null ? ends.noGoodUntil : ends.goodUntil, none);
    if (goodUntil !== null) out.overwrite(goodUntil, out.end - dayFromEnd);
    return true;
  };
  return {
    add: (resource) => {
      const from = out.end;
      if (withTimeline || !(resource instanceof LineResource) || !putQuickly(resource)) {
        out.end = from;
        const decision = decide(resource, context, at);
        const result = withTimeline ? { ...decision, timeline: timeline(resource, context, at) } : decision;
        out.putText(`${JSON.stringify(result)}\n`);
      }
      if (world.arena.size + world.sets.size > templateBytes) {
        policies.clear();
        world = textWorld(context, at);
        ends = lineEnds(world.arena);
      }
    },
    take: (rest) => out.take(rest),
    reuse: (blocks) => out.reuse(blocks),
  };
}

/** What all lines have in common. */
function lineEnds(arena: TextArena) {
  return {
    resource: arena.add('{"resource":"', none),
    goodUntil: arena.add('},"goodUntil":"0000-00-00"}\n', none),
    noGoodUntil: arena.add('},"goodUntil":null}\n', none),
  };
}

function policyTexts(policy: Policy, world: TextWorld): PolicyTexts {
  return {
    file: new UseTexts(headOf(policy), 'file', policy, world),
    issue: new UseTexts('},"issue":', 'issue', policy, world),
    behind: new Map(),
  };
}

/** From behind the id to the first use. */
function headOf(policy: Policy): string {
  const { provider, product } = policy;
  const text = JSON.stringify({ provider, product, policy: namesOf(policy) });
  return `",${text.slice(1, -1)},"file":`;
}

/** Is written in JSON as it is. */
function isPlainAscii(text: string | undefined): boolean {
  return text === undefined || /^[ !#-[\]-~]*$/.test(text);
}
