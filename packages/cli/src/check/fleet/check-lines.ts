import { availableParallelism } from 'node:os';
import {
  addSummaries,
  assume,
  type FleetSummary,
  parseAssumption,
  policySet,
  type RealName,
  type Resource,
} from '@openbeian/model/eligibility';
import { InputError } from '../../io/input.ts';
import { printBlocks } from '../../io/lines.ts';
import { type Lang, refusingFaults } from '../../io/read-document.ts';
import { writeFileFrom } from '../../io/write-file.ts';
import { type CheckQuestion, policyFilesFor } from '../check-report.ts';
import { type FleetFile, openFleet, type Span } from './fleet-file.ts';
import { inOrder, type Lane, openLanes } from './lanes.ts';
import { memoryForIds } from './seen-ids.ts';
import { type FleetFacts, keyOf, type SpanSums, type ThreadSums } from './span-work.ts';
import { fleetWords } from './words.ts';

/*
 * A fleet as NDJSON. Quotas by account, package and container environment add up over the whole fleet, so it is read several
 * times: `sum`, `find`, `decide` (see `span-work.ts`), each over all its spans at once. What is kept in memory grows with
 * accounts, ledgers that add up and load balancers, not with the number of resources.
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

/** Reads a fleet up to where its resources can be decided, and hands over its spans. */
async function readFleet<T>(
  question: LinesQuestion,
  use: (fleet: FleetFile, spans: readonly Span[], lanes: readonly Lane[]) => Promise<T>,
): Promise<T> {
  const { file, lang, at, timeline, spanBytes = 1 << 20 } = question;
  const policyFiles = policyFilesFor(question);
  const policies = policySet(policyFiles);
  const fleet = openFleet(file, lang);
  let lanes: readonly Lane[] = [];
  try {
    const steps = assumptionsOf(question);
    // A line with all its facts has some 460 bytes, so a sixty-fourth of the file is about 8 bytes for each.
    const idMemory = memoryForIds(fleet.bytes / 64);
    const named = new Set(steps.map((step) => step.resource));
    const setup = { fd: fleet.fd, lang, at, timeline, idMemory, named };
    lanes = openLanes(question.threads ?? threadsFor(fleet.bytes), { setup, policyFiles }, policies);
    const summed = await sum(fleet, spanBytes, lanes, lang);
    const servers = await find(fleet, summed, lanes, lang);
    const changed = refusingFaults(lang, placeOfOption, () => {
      const inventory = { accounts: [], resources: summed.toChange, viewer: undefined };
      return assume(inventory, steps, policies, at).resources;
    });
    const facts = { ...summed.facts, servers, changed: new Map(changed.map((it) => [keyOf(it), it])) };
    await Promise.all(lanes.map((lane) => lane.call('setFacts', facts)));
    return await use(fleet, summed.spans, lanes);
  } finally {
    await Promise.all(lanes.map((lane) => lane.close()));
    fleet.close();
  }
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
  readonly facts: Pick<FleetFacts, 'viewer' | 'realNames' | 'tally'>;
  readonly wanted: Pick<ThreadSums, 'wanted' | 'repeated'>;
  readonly toChange: Resource[];
}

/** First reading: refuses the first bad line, and adds up. */
async function sum(fleet: FleetFile, spanBytes: number, lanes: readonly Lane[], lang: Lang): Promise<FleetSums> {
  const spans: ReadSpan[] = [];
  const accounts = new AccountsSoFar(fleet.name, lang);
  const toChange: Resource[] = [];
  let number = 1;
  const read = async (lane: Lane, span: Span) => ({ span, sums: await lane.call('sum', span) });
  for await (const { span, sums } of inOrder(fleet.spans(spanBytes), lanes, read)) {
    accounts.add(sums, number);
    if (sums.bad !== null) {
      const place = `${fleet.name}:${number + sums.bad.line}`;
      throw new InputError(sums.bad.sayings.map((saying) => `${place}: ${saying}`).join('\n'));
    }
    spans.push({ ...span, plain: sums.plain, number });
    toChange.push(...sums.toChange);
    number += sums.lines;
  }
  fleet.assertUnchanged();
  const ofThreads = await Promise.all(lanes.map((lane) => lane.call('takeSums', undefined)));
  return {
    spans,
    facts: { ...accounts, tally: ofThreads.flatMap(({ tally }) => tally) },
    wanted: {
      wanted: new Set(ofThreads.flatMap(({ wanted }) => [...wanted])),
      repeated: new Map(ofThreads.flatMap(({ repeated }) => [...repeated])),
    },
    toChange,
  };
}

/** Accounts and viewer of the spans, which must each be given once. */
class AccountsSoFar {
  readonly realNames = new Map<string, RealName | undefined>();
  viewer: string | null = null;
  readonly #refuse: (line: number, what: string) => never;

  constructor(name: string, lang: Lang) {
    this.#refuse = (line, what) => {
      throw givenTwice(`${name}:${line}: ${what}`, null, lang);
    };
  }

  add({ fragments }: SpanSums, number: number): void {
    for (const { line, accounts, viewer } of fragments) {
      for (const { id, realName } of accounts) {
        if (this.realNames.has(id)) this.#refuse(number + line, `accounts: ${id}`);
        this.realNames.set(id, realName);
      }
      if (viewer === null) continue;
      if (this.viewer !== null && this.viewer !== viewer) this.#refuse(number + line, 'viewer');
      this.viewer = viewer;
    }
  }
}

/**
 * Second reading, where ids may be repeated or load balancers want a server.
 * @returns the servers. @throws InputError for a repeated id.
 */
async function find(
  fleet: FleetFile,
  { spans, wanted }: FleetSums,
  lanes: readonly Lane[],
  lang: Lang,
): Promise<ReadonlyMap<string, Resource>> {
  const servers = new Map<string, Resource>();
  if (wanted.wanted.size === 0 && wanted.repeated.size === 0) return servers;
  await Promise.all(lanes.map((lane) => lane.call('setWanted', wanted)));
  const firstLines = new Map<string, number>();
  const read = async (lane: Lane, span: ReadSpan) => ({
    number: span.number,
    found: await lane.call('find', { span, plain: span.plain }),
  });
  for await (const { number, found } of inOrder(spans, lanes, read)) {
    for (const it of found.servers) servers.set(keyOf(it), it);
    for (const { key, line, row } of found.repeated) {
      const first = firstLines.get(key);
      const place = `${fleet.name}:${number + line}: ${row === null ? '' : `resources[${row}].`}id: ${key}`;
      if (first !== undefined) throw givenTwice(place, first, lang);
      firstLines.set(key, number + line);
    }
  }
  fleet.assertUnchanged();
  return servers;
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
