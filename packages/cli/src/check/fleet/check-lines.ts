import { availableParallelism } from 'node:os';
import {
  addSummaries,
  assume,
  type FleetSummary,
  type PolicySet,
  parseAssumption,
  policySet,
  type Resource,
} from '@openbeian/model/eligibility';
import { InputError } from '../../io/input.ts';
import { printBlocks } from '../../io/lines.ts';
import { type Lang, refusingFaults } from '../../io/read-document.ts';
import { writeFileFrom } from '../../io/write-file.ts';
import { type CheckQuestion, policyFilesFor } from '../check-report.ts';
import { AskedLines, type AskedMemory, keyOf } from './asked-lines.ts';
import { type FleetFile, openFleet, type Span } from './fleet-file.ts';
import { FleetLedgers } from './fleet-ledgers.ts';
import { FleetLines } from './fleet-lines.ts';
import { fleetProducts } from './fleet-products.ts';
import type { HolderMemory } from './holder-table.ts';
import { inOrder, type Lane, openLanes } from './lanes.ts';
import { memoryForIds } from './seen-ids.ts';
import type { FleetFacts, SpanSums } from './span-work.ts';
import { fleetWords } from './words.ts';

/*
 * A fleet as NDJSON. Quotas by account, package and container environment add up over the whole fleet, so it is read several
 * times: `sum`, `find`, `decide` (see `span-work.ts`), each over all its spans at once. What is kept in memory grows with
 * accounts, ledgers that add up and load balancers, a few bytes for each and once for all threads, not with the number of resources.
 */

/** What `openbeian check --ndjson` is asked. */
export interface LinesQuestion extends CheckQuestion {
  /** Where the results go instead of standard output. */
  readonly output: string | undefined;
  /** Threads to share the work; without it, as many as the machine has processors, if the file is worth it. */
  readonly threads?: number;
  readonly spanBytes?: number;
}

/** Writes one result a line, in the file's order; nothing before the whole file was found good. @throws InputError. */
export async function checkLines(question: LinesQuestion): Promise<void> {
  const { lang, output } = question;
  await readFleet(question, async (fleet, spans, lanes) => {
    const results = decide(fleet, spans, lanes);
    if (output === undefined) await printBlocks(results);
    else await writeFileFrom(output, results, lang);
  });
}

/** The same in numbers: how many have which outcomes and reasons. @throws InputError. */
export async function summarizeLines(question: Omit<LinesQuestion, 'output'>): Promise<FleetSummary> {
  return readFleet({ ...question, output: undefined }, async (fleet, spans, lanes) => {
    let summary = addSummaries(question.at, []);
    for await (const part of inOrder(spans, lanes, (lane, span) => lane.call('summarize', span))) {
      summary = addSummaries(question.at, [summary, part]);
    }
    fleet.assertUnchanged();
    return summary;
  });
}

/** Lines and results of a span fit into the processor's cache; results of several spans wait in memory to be written. */
const defaultSpanBytes = 1 << 18;

/** Reads a fleet up to where its resources can be decided, and hands over its spans. */
async function readFleet<T>(
  question: LinesQuestion,
  use: (fleet: FleetFile, spans: readonly Span[], lanes: readonly Lane[]) => Promise<T>,
): Promise<T> {
  const { file, lang, at, timeline, spanBytes = defaultSpanBytes } = question;
  const policyFiles = policyFilesFor(question);
  const policies = policySet(policyFiles);
  const fleet = openFleet(file, lang);
  let lanes: readonly Lane[] = [];
  try {
    const steps = assumptionsOf(question);
    const setup = {
      fd: fleet.fd,
      lang,
      at,
      timeline,
      // A line with all its facts has some 460 bytes, so a sixty-fourth of the file is about 8 bytes for each.
      idMemory: memoryForIds(fleet.bytes / 64),
      askedMemory: memoryForIds(fleet.bytes / 512),
      named: new Set(steps.map((step) => step.resource)),
    };
    lanes = openLanes(question.threads ?? threadsFor(fleet.bytes), { setup, policyFiles }, policies);
    const assumed = (resources: readonly Resource[]) =>
      refusingFaults(lang, placeOfOption, () => {
        const inventory = { accounts: [], resources: [...resources], viewer: undefined };
        return assume(inventory, steps, policies, at).resources;
      });
    const spans = await learnFacts({ fleet, spanBytes, lanes, lang, policies, assumed });
    return await use(fleet, spans, lanes);
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    fleet.close();
  }
}

interface Learning {
  readonly fleet: FleetFile;
  readonly spanBytes: number;
  readonly lanes: readonly Lane[];
  readonly lang: Lang;
  readonly policies: PolicySet;
  /** Of the resources that assumptions name, what they become. */
  assumed(resources: readonly Resource[]): readonly Resource[];
}

/**
 * All readings but the last one. Each lane has the facts afterwards; what they were made of is kept by nobody while the
 * results are written, which is why this is a function of its own.
 */
async function learnFacts(learning: Learning): Promise<readonly Span[]> {
  const { lanes, assumed } = learning;
  const summed = await sum(learning);
  const asked = await find(learning, summed);
  const changed = new Map(assumed(summed.toChange).map((it) => [keyOf(it), it]));
  const facts: FleetFacts = { viewer: summed.viewer, ledgers: summed.ledgers, asked, changed };
  await Promise.all(lanes.map((lane) => lane.call('setFacts', facts)));
  return summed.spans;
}

/** Below this a second thread takes longer to start than it saves. */
const bytesForThreads = 1 << 24;

function threadsFor(bytes: number): number {
  return bytes < bytesForThreads ? 1 : Math.min(availableParallelism(), 8);
}

/** A span that was read once: its lines are known. */
interface ReadSpan extends Span {
  readonly plain: boolean;
  /** Number of its first line in the file, counted from 1. */
  readonly number: number;
}

interface FleetSums {
  readonly spans: readonly ReadSpan[];
  readonly viewer: string | null;
  readonly ledgers: HolderMemory;
  readonly asks: boolean;
  readonly toChange: readonly Resource[];
}

/** First reading: refuses the first bad line, and adds up. */
async function sum({ fleet, spanBytes, lanes, lang, policies }: Learning): Promise<FleetSums> {
  const spans: ReadSpan[] = [];
  const ledgers = new FleetLedgers(fleetProducts(policies));
  const accounts = new AccountsSoFar(fleet.name, lang, ledgers);
  const toChange: Resource[] = [];
  let number = 1;
  let asks = false;
  const read = async (lane: Lane, span: Span) => ({ span, sums: await lane.call('sum', span) });
  for await (const { span, sums } of inOrder(fleet.spans(spanBytes), lanes, read)) {
    accounts.add(sums, number);
    if (sums.bad !== null) {
      const place = `${fleet.name}:${number + sums.bad.line}`;
      throw new InputError(sums.bad.sayings.map((saying) => `${place}: ${saying}`).join('\n'));
    }
    spans.push({ ...span, plain: sums.plain, number });
    toChange.push(...sums.toChange);
    asks ||= sums.asks;
    number += sums.lines;
  }
  fleet.assertUnchanged();
  for (const lane of lanes) ledgers.addAll(await lane.call('takeSums', undefined));
  return { spans, viewer: accounts.viewer, ledgers: ledgers.memory, asks, toChange };
}

/** Accounts and viewer of the spans, which must each be given once. */
class AccountsSoFar {
  viewer: string | null = null;
  readonly #ledgers: FleetLedgers;
  readonly #refuse: (line: number, what: string) => never;

  constructor(name: string, lang: Lang, ledgers: FleetLedgers) {
    this.#ledgers = ledgers;
    this.#refuse = (line, what) => {
      throw givenTwice(`${name}:${line}: ${what}`, null, lang);
    };
  }

  add({ fragments }: SpanSums, number: number): void {
    for (const { line, accounts, viewer } of fragments) {
      for (const { id, realName } of accounts) {
        if (!this.#ledgers.addAccount(id, realName)) this.#refuse(number + line, `accounts: ${id}`);
      }
      if (viewer === null) continue;
      if (this.viewer !== null && this.viewer !== viewer) this.#refuse(number + line, 'viewer');
      this.viewer = viewer;
    }
  }
}

/**
 * Second reading, where ids may be repeated or load balancers want a server.
 * @returns where these are. @throws InputError for a repeated id.
 */
async function find({ fleet, lanes, lang }: Learning, { spans, asks }: FleetSums): Promise<AskedMemory> {
  const found = new AskedLines(new FleetLines(fleet.fd, lang));
  if (!asks) return found.memory;
  const read = (lane: Lane, span: ReadSpan) => lane.call('find', { span, plain: span.plain });
  for await (const part of inOrder(spans, lanes, read)) {
    const twice = found.add(part);
    if (twice === null) continue;
    const { key, row, offset, firstOffset } = twice;
    const place = `${fleet.name}:${lineNumberAt(fleet, spans, offset)}`;
    const first = lineNumberAt(fleet, spans, firstOffset);
    throw givenTwice(`${place}: ${row === null ? '' : `resources[${row}].`}id: ${key}`, first, lang);
  }
  fleet.assertUnchanged();
  return found.memory;
}

function lineNumberAt(fleet: FleetFile, spans: readonly ReadSpan[], offset: number): number {
  const span = spans.find(({ from, to }) => from <= offset && offset < to);
  return span === undefined ? 1 : span.number + fleet.linesIn(span.from, offset);
}

/** Last reading: the results, as blocks of whole lines. A block is filled again once the next one is asked for. */
async function* decide(fleet: FleetFile, spans: readonly Span[], lanes: readonly Lane[]): AsyncGenerator<Uint8Array> {
  const written = new Map<Lane, Uint8Array[]>();
  const call = async (lane: Lane, span: Span) => {
    const spares = written.get(lane) ?? [];
    written.delete(lane);
    return { lane, blocks: await lane.call('decide', { span, spares }) };
  };
  for await (const { lane, blocks } of inOrder(spans, lanes, call)) {
    yield* blocks;
    written.set(lane, [...(written.get(lane) ?? []), ...blocks]);
  }
  fleet.assertUnchanged();
}

function assumptionsOf({ assume: given, lang }: LinesQuestion) {
  return refusingFaults(lang, placeOfOption, () =>
    given.map((text, position) => parseAssumption(text, `assume[${position}]`)),
  );
}

function placeOfOption(place: string): string {
  return `--${place}`;
}

function givenTwice(place: string, first: number | null, lang: Lang): InputError {
  return new InputError(fleetWords.givenTwice(place, first)[lang]);
}
