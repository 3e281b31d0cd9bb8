import { inventoryContext, outcomeOfSet, type Resource, reasonsIn, survey } from '@openbeian/model/eligibility';
import { usageOf } from '@openbeian/model/quota';
import { loadPolicies, providersDirectory } from '@openbeian/policies';
import { median } from '../shared/figures.ts';
import { at, dataSet } from './data-set.ts';
import { celPeer, jsonRulesPeer, outcomeFrom, type Peer, zenPeer } from './engines.ts';
import { factsOf } from './facts.ts';
import { type Fleet, handWritten } from './hand-written.ts';
import { rulesOf } from './rules.ts';

/*
 * npm run bench:eligibility. One run: the same fleet, all reasons collected, every engine's outcomes compared. Rates are
 * the median of several rounds; the general engines are given prepared facts, whose making is not part of their time.
 * Ratios are of the processor's time, which other programs on the machine disturb less than the clock on the wall.
 */
const count = Number(process.argv[2] ?? 100_000);
const policies = loadPolicies([providersDirectory]);
const inventory = dataSet(policies, count);
const { resources } = inventory;
const context = inventoryContext(inventory, policies);
const { all, file } = survey(context, at);

const ours = new Uint32Array(count * 2);
const theirs = new Uint32Array(count * 2);
const counted = usageOf(resources);
const fleet: Fleet = {
  place: (provider, region) => {
    const place = (policies.get(provider)?.regions ?? commonRegions).get(region);
    return place === undefined ? undefined : place === 'mainland';
  },
  realNameOf: (id) => context.realNameOf(id),
  find: (provider, product, id) => context.findResource(provider, [product], id),
  byAccount: (resource) => counted('account', resource),
  byEnvironment: (resource) => counted('ip', resource),
};
const commonRegions = new Map([
  ['cn-mainland', 'mainland'],
  ['hk', 'outside'],
  ['overseas', 'outside'],
]);

const runOurs = () => {
  all(resources, ours);
};
const runHandWritten = () => {
  resources.forEach((resource, index) => handWritten(resource, fleet, theirs, index * 2));
};

// Taken in turn, so that both have the same share of the machine's good and bad moments.
const rounds = Array.from({ length: 31 }, () => [rateOf(runOurs), rateOf(runHandWritten)] as const).slice(6);
const ourRate = medianOf(rounds.map(([rate]) => rate));
const handRate = medianOf(rounds.map(([, rate]) => rate));
const first = ours.findIndex((set, index) => set !== theirs[index]);
if (first >= 0) {
  const resource = resources[first >> 1];
  throw new Error(
    `hand-written differs: ${JSON.stringify({ resource, ours: reasonsIn(ours[first] ?? 0), theirs: reasonsIn(theirs[first] ?? 0) })}`,
  );
}

const rules = rulesOf(policies);
const facts = factsOf(inventory, policies, (bound: Resource) => outcomeOfSet(file(bound)));
const outcomes = new Map<string, number>();
for (const set of ours) outcomes.set(outcomeOfSet(set), (outcomes.get(outcomeOfSet(set)) ?? 0) + 1);

const rows: [name: string, rate: Rate][] = [
  ['OpenBeian (survey)', ourRate],
  ['hand-written TypeScript', handRate],
];
for (const [name, make, share, inFlight] of [
  ['CEL (@marcbachmann/cel-js 8.0.0)', celPeer, 1, 1],
  ['zen-engine 0.52.1 (200 in flight)', zenPeer, 1, 200],
  ['json-rules-engine 7.3.1', jsonRulesPeer, 1, 1],
] as const) {
  rows.push([name, await peerRate(name, make(rules), Math.ceil(count * share), inFlight)]);
}

const jsonRules = rows.at(-1)?.[1] ?? handRate;
console.log(`${count} resources, ${[...outcomes].map(([name, times]) => `${name} ${times}`).join(', ')}`);
console.log('all agree on both outcomes of every resource; the hand-written one on every reason');
console.log(
  '| engine | resources/s | per CPU second | to hand-written | to json-rules-engine |\n|---|---:|---:|---:|---:|',
);
const whole = (rate: number) => Math.round(rate).toLocaleString('en-US');
for (const [name, { wall, cpu }] of rows) {
  const ratios = [handRate, jsonRules].map((other) => (cpu / other.cpu).toPrecision(3));
  console.log(`| ${name} | ${whole(wall)} | ${whole(cpu)} | ${ratios.join(' | ')} |`);
}

/** Runs a peer over the fleet and compares every outcome with ours. */
async function peerRate(name: string, peer: Peer, limit: number, inFlight: number): Promise<Rate> {
  const holds: (readonly boolean[])[] = [];
  const rate = stopwatch();
  for (let from = 0; from < limit; from += inFlight) {
    const part = facts.slice(from, Math.min(from + inFlight, limit)).map(peer);
    for (const one of part) holds.push(one instanceof Promise ? await one : one);
  }
  const measured = rate(limit);
  holds.forEach((one, index) => {
    const those = rules.get(facts[index]?.product ?? '') ?? [];
    for (const [position, use] of (['file', 'issue'] as const).entries()) {
      const expected = outcomeOfSet(ours[index * 2 + position] ?? 0);
      const actual = outcomeFrom(use, those, one);
      if (actual !== expected) {
        const where = JSON.stringify({ use, expected, actual, facts: facts[index], resource: resources[index] });
        throw new Error(`${name} differs: ${where}`);
      }
    }
  });
  return measured;
}

/** Resources per second on the wall, and per second that the processor was busy with them. */
interface Rate {
  readonly wall: number;
  readonly cpu: number;
}

/** Starts now; asked with a number of resources, it says at what rate they were decided. */
function stopwatch(): (resources: number) => Rate {
  const started = performance.now();
  const busy = process.cpuUsage();
  return (resources) => {
    const { user, system } = process.cpuUsage(busy);
    return {
      wall: resources / ((performance.now() - started) / 1000),
      cpu: resources / ((user + system) / 1e6),
    };
  };
}

function rateOf(work: () => void): Rate {
  const rate = stopwatch();
  work();
  return rate(count);
}

function medianOf(rates: readonly Rate[]): Rate {
  return { wall: median(rates.map(({ wall }) => wall)), cpu: median(rates.map(({ cpu }) => cpu)) };
}
