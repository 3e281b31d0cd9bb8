import type { Day } from '@openbeian/model/calendar';
import {
  type Evaluation,
  evaluate,
  type Finding,
  type InventoryContext,
  lastGoodDay,
  namesOf,
  type Resource,
  timeline,
} from '@openbeian/model/eligibility';
import type { QuotaUse } from '@openbeian/model/quota';
import { Sentences } from './sentences.ts';

/*
 * Decisions as lines of NDJSON, byte for byte what `JSON.stringify(decide(…))` gives. A fleet says the same few thousand
 * sentences over and over: each is worded and encoded once, and copied from then on.
 */

/** Outcomes and quotas that are kept. */
const wordsLimit = 5000;
/** A block is given away when it holds so much. */
const blockBytes = 1 << 18;

/** Lines are added one by one, and taken as blocks when there are enough of them. */
export interface ResultLines {
  add(resource: Resource): void;
  /** What was added, as soon as it fills a block (`rest`: in any case); null: not yet. */
  take(rest?: 'rest'): Uint8Array | null;
}

/** Lines of the results of `check` (contract §2), with a timeline if asked for. */
export function resultLines(context: InventoryContext, at: Day, withTimeline: boolean): ResultLines {
  let block = Buffer.allocUnsafe(2 * blockBytes);
  const heads = new Map<unknown, Buffer>();
  const words = new Map<string, Buffer>();
  const sentences = new Sentences();
  let end = 0;

  const makeRoom = (bytes: number) => {
    if (end + bytes <= block.length) return;
    const larger = Buffer.allocUnsafe(2 * (end + bytes));
    larger.set(block.subarray(0, end));
    block = larger;
  };
  const put = (bytes: Buffer) => {
    makeRoom(bytes.length);
    block.set(bytes, end);
    end += bytes.length;
  };
  const putText = (text: string) => {
    // A unit of UTF-16 takes at most three bytes.
    makeRoom(text.length * 3);
    end += block.write(text, end);
  };
  const remember = (value: { readonly used: number } | string, key: string): Buffer => {
    let bytes = words.get(key);
    if (bytes === undefined) {
      if (words.size >= wordsLimit) words.clear();
      words.set(key, (bytes = Buffer.from(JSON.stringify(value))));
    }
    return bytes;
  };
  const headOf = ({ provider, product }: Resource, { policy }: Evaluation): Buffer => {
    const known = policy === null ? undefined : heads.get(policy);
    if (known !== undefined) return known;
    const text = JSON.stringify({ provider, product, policy: namesOf(policy) });
    const head = Buffer.from(`,${text.slice(1, -1)},"file":`);
    if (policy !== null) heads.set(policy, head);
    return head;
  };
  const putUse = (use: QuotaUse, { [use]: { outcome, findings, quota }, policy }: Evaluation) => {
    put(remember(outcome, outcome));
    put(parts.reasons);
    for (let index = 0; index < findings.length; index += 1) {
      if (index > 0) put(parts.comma);
      put(sentences.of(policy, use, findings[index] as Finding));
    }
    put(parts.quota);
    put(quota === null ? parts.none : remember(quota, `${quota.scope}/${quota.limit}/${quota.used}`));
    put(parts.end);
  };

  return {
    add: (resource) => {
      const evaluated = evaluate(resource, context, at);
      const { policy } = evaluated;
      const goodUntil = policy === null ? null : lastGoodDay(resource, context, policy, at);
      put(parts.resource);
      putText(JSON.stringify(resource.id));
      put(headOf(resource, evaluated));
      put(parts.outcome);
      putUse('file', evaluated);
      put(parts.issue);
      put(parts.outcome);
      putUse('issue', evaluated);
      put(parts.goodUntil);
      putText(goodUntil === null ? 'null' : `"${goodUntil}"`);
      if (withTimeline) putText(`,"timeline":${JSON.stringify(timeline(resource, context, at))}`);
      put(parts.endOfLine);
    },
    take: (rest) => {
      if (end === 0 || (end < blockBytes && rest === undefined)) return null;
      const taken = Uint8Array.prototype.slice.call(block, 0, end);
      end = 0;
      return taken;
    },
  };
}

const parts = {
  resource: Buffer.from('{"resource":'),
  outcome: Buffer.from('{"outcome":'),
  reasons: Buffer.from(',"reasons":['),
  comma: Buffer.from(','),
  quota: Buffer.from('],"quota":'),
  none: Buffer.from('null'),
  end: Buffer.from('}'),
  issue: Buffer.from(',"issue":'),
  goodUntil: Buffer.from(',"goodUntil":'),
  endOfLine: Buffer.from('}\n'),
};
