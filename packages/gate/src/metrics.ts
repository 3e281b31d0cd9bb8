import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { BlockedTally } from './blocked/blocked-tally.ts';
import { type DecisionTally, decisionBucketsMs, newTally, sumOf, type TallySum, tallyInto } from './decision-tally.ts';
import type { SnapshotFacts } from './snapshot/shown-snapshot.ts';
import type { Reception } from './snapshot/stored-snapshot.ts';

/** What is measured where answers are made. */
export interface AnswerMetrics extends DecisionTally {
  /** A request for this host was refused for that. */
  countBlocked: BlockedTally['count'];
  page(): Promise<MetricsPage>;
}

/** All measurements as Prometheus reads them. */
export interface MetricsPage {
  readonly type: string;
  readonly text: string;
}

/** The gate's measurements, for Prometheus. Labels are closed codes, never hosts. */
export interface GateMetrics extends AnswerMetrics {
  /** Which names were blocked; in no measurement, since anybody can ask for any number of them. */
  readonly blocked: BlockedTally;
  /** Memory for another thread's tally, which the page adds to the others. */
  tallyForThread(): SharedArrayBuffer;
  countRefused(why: Exclude<Reception, 'taken'>): void;
  setControlUp(up: boolean): void;
  /** Changes that were applied. */
  countChanges(count: number): void;
  /** The decisions of all threads so far. */
  decisions(): TallySum['decisions'];
}

/** Makes the measurements; `facts` is called at each reading. */
export function createGateMetrics(facts: () => SnapshotFacts | null): GateMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'openbeian_gate_' });
  const own = newTally();
  const tallies = [own];
  const { countDecision, countChallenge } = tallyInto(own);
  const blocked = new BlockedTally();
  const show = showDecisions(registry);
  const refused = new Counter({
    name: 'openbeian_gate_snapshots_refused_total',
    help: 'Snapshots that were not taken: damaged, or older than the held one',
    labelNames: ['why'],
    registers: [registry],
  });
  for (const why of ['corrupt', 'older'] as const) refused.inc({ why }, 0);
  const controlUp = new Gauge({
    name: 'openbeian_gate_control_plane_up',
    help: '1 when the last question to the control plane was answered',
    registers: [registry],
  });
  const showSnapshot = measureSnapshot(registry);
  const changes = new Counter({
    name: 'openbeian_gate_changes_applied_total',
    help: 'Changes of the feed that were applied',
    registers: [registry],
  });
  return {
    countDecision,
    countChallenge,
    blocked,
    countBlocked: (read, reason) => blocked.count(read, reason),
    tallyForThread() {
      const tally = newTally();
      tallies.push(tally);
      return tally;
    },
    countRefused: (why) => refused.inc({ why }),
    countChanges: (count) => changes.inc(count),
    setControlUp: (up) => controlUp.set(up ? 1 : 0),
    decisions: () => sumOf(tallies).decisions,
    async page() {
      showSnapshot(facts());
      const histogram = show(sumOf(tallies));
      return { type: registry.contentType, text: `${await registry.metrics()}\n${histogram}` };
    },
  };
}

/** Hands the counts of all threads over to the registry, and returns the histogram of times as Prometheus reads it. */
function showDecisions(registry: Registry): (sum: TallySum) => string {
  const decisions = new Counter({
    name: 'openbeian_gate_decisions_total',
    help: 'Decisions, by reason',
    labelNames: ['outcome', 'reason'],
    registers: [registry],
  });
  const challenges = new Counter({
    name: 'openbeian_gate_acme_challenges_total',
    help: 'Requests for names that are not served which passed as the validation of a certificate',
    registers: [registry],
  });
  return (sum) => {
    decisions.reset();
    for (const { outcome, reason, count } of sum.decisions) decisions.inc({ outcome, reason }, count);
    challenges.reset();
    challenges.inc(sum.challenges);
    return histogramText(sum.times, sum.timeMs);
  };
}

/** The gauges of the held snapshot; the answer sets them. */
function measureSnapshot(registry: Registry): (held: SnapshotFacts | null) => void {
  const gauge = (name: string, help: string) => new Gauge({ name, help, labelNames: [], registers: [registry] });
  const present = gauge('openbeian_gate_snapshot_present', '1 when a snapshot is held');
  const age = gauge(
    'openbeian_gate_snapshot_age_seconds',
    'Time since the control plane last confirmed the held snapshot; absent without one',
  );
  const version = gauge(
    'openbeian_gate_snapshot_version',
    'The last change that the held snapshot knows of, counted by the control plane',
  );
  const baseSequence = gauge(
    'openbeian_gate_snapshot_base_sequence',
    'The last change that the snapshot file itself contains; later ones are in the log beside it',
  );
  const builtAt = gauge(
    'openbeian_gate_snapshot_as_of_seconds',
    'When the control plane confirmed the state of the held snapshot, or sent the last change; Unix time',
  );
  const overlay = gauge('openbeian_gate_overlay_bytes', 'Memory that changes since the snapshot file take');
  const records = gauge('openbeian_gate_snapshot_records', 'Records in the held snapshot');
  return (held) => {
    present.set(held === null ? 0 : 1);
    if (held === null) age.remove();
    else age.set(held.ageMs / 1000);
    version.set(held?.sequence ?? 0);
    baseSequence.set(held?.baseSequence ?? 0);
    builtAt.set((held?.builtAtMs ?? 0) / 1000);
    overlay.set(held?.overlayBytes ?? 0);
    records.set(held?.recordCount ?? 0);
  };
}

function histogramText(times: readonly number[], sumMs: number): string {
  const name = 'openbeian_gate_decision_seconds';
  const lines = [`# HELP ${name} Time of a decision, from the host's text to the outcome`, `# TYPE ${name} histogram`];
  let total = 0;
  times.forEach((count, index) => {
    total += count;
    const end = decisionBucketsMs[index];
    lines.push(`${name}_bucket{le="${end === undefined ? '+Inf' : end / 1000}"} ${total}`);
  });
  lines.push(`${name}_sum ${sumMs / 1000}`, `${name}_count ${total}`);
  return `${lines.join('\n')}\n`;
}
