import { byGateReason, type GateReason, gateReasons } from '@openbeian/model/gate';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { SnapshotFacts } from './snapshot/shown-snapshot.ts';
import type { Reception } from './snapshot/stored-snapshot.ts';

/** The gate's measurements, for Prometheus. Labels are closed codes, never hosts. */
export interface GateMetrics {
  /** One decision and the time it took. */
  countDecision(reason: GateReason, tookMs: number): void;
  /** A request that passed as a certificate's validation only. */
  countChallenge(): void;
  countRefused(why: Exclude<Reception, 'taken'>): void;
  setControlUp(up: boolean): void;
  /** Changes that were applied. */
  countChanges(count: number): void;
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Upper ends of the histogram of decisions, in milliseconds: from one microsecond to one that was held up. */
const decisionBucketsMs = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5] as const;

/** Makes the measurements; `facts` is called at each reading. */
export function createGateMetrics(facts: () => SnapshotFacts | null): GateMetrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, prefix: 'openbeian_gate_' });
  const decisions = countDecisions(registry);
  const challenges = new Counter({
    name: 'openbeian_gate_acme_challenges_total',
    help: 'Requests for names that are not served which passed as the validation of a certificate',
    registers: [registry],
  });
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
    countDecision: decisions.count,
    countChallenge: () => challenges.inc(),
    countRefused: (why) => refused.inc({ why }),
    countChanges: (count) => changes.inc(count),
    setControlUp: (up) => controlUp.set(up ? 1 : 0),
    async page() {
      showSnapshot(facts());
      const histogram = decisions.page();
      return { type: registry.contentType, text: `${await registry.metrics()}\n${histogram}` };
    },
  };
}

/** Decisions by reason, and how long they took. */
interface DecisionCounts {
  readonly count: GateMetrics['countDecision'];
  /** Hands the counts over to the registry and returns the histogram of times as Prometheus reads it. */
  page(): string;
}

/** Counted in plain numbers and handed over when somebody reads: a labelled counter costs more than a decision. */
function countDecisions(registry: Registry): DecisionCounts {
  const decisions = new Counter({
    name: 'openbeian_gate_decisions_total',
    help: 'Decisions, by reason',
    labelNames: ['outcome', 'reason'],
    registers: [registry],
  });
  const tallies = byGateReason((reason) => ({ reason, outcome: gateReasons[reason], count: 0 }));
  const times = new Float64Array(decisionBucketsMs.length + 1);
  let timeSumMs = 0;
  return {
    count(reason, tookMs) {
      tallies[reason].count++;
      let bucket = 0;
      while (bucket < decisionBucketsMs.length && tookMs > (decisionBucketsMs[bucket] as number)) bucket++;
      times[bucket] = (times[bucket] as number) + 1;
      timeSumMs += tookMs;
    },
    page() {
      decisions.reset();
      for (const { outcome, reason, count } of Object.values(tallies)) decisions.inc({ outcome, reason }, count);
      return histogramText(times, timeSumMs);
    },
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

function histogramText(times: Float64Array, sumMs: number): string {
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
