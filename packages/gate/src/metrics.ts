import { type GateReason, gateReasons } from '@openbeian/model/gate';
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { Reception, SnapshotFacts } from './snapshot-keeper.ts';

/** The gate's measurements, for Prometheus. Labels are closed codes, never hosts. */
export interface GateMetrics {
  countDecision(reason: GateReason): void;
  countRefused(why: Exclude<Reception, 'taken'>): void;
  setControlUp(up: boolean): void;
  page(): Promise<{ readonly type: string; readonly text: string }>;
}

/** Makes the measurements; `facts` is asked anew at each reading. */
export function createGateMetrics(facts: () => SnapshotFacts | null): GateMetrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: 'openbeian_gate_' });
  const decisions = new Counter({
    name: 'openbeian_gate_decisions_total',
    help: 'Decisions, by reason',
    labelNames: ['outcome', 'reason'],
    registers,
  });
  for (const [reason, outcome] of Object.entries(gateReasons)) decisions.inc({ outcome, reason }, 0);
  const refused = new Counter({
    name: 'openbeian_gate_snapshots_refused_total',
    help: 'Snapshots that were not taken: damaged, or older than the held one',
    labelNames: ['why'],
    registers,
  });
  for (const why of ['corrupt', 'older'] as const) refused.inc({ why }, 0);
  const controlUp = new Gauge({
    name: 'openbeian_gate_control_plane_up',
    help: '1 when the last question to the control plane was answered',
    registers,
  });
  const present = new Gauge({ name: 'openbeian_gate_snapshot_present', help: '1 when a snapshot is held', registers });
  const age = new Gauge({
    name: 'openbeian_gate_snapshot_age_seconds',
    help: 'Time since the control plane last confirmed the held snapshot; absent without one',
    labelNames: [],
    registers,
  });
  const version = new Gauge({
    name: 'openbeian_gate_snapshot_version',
    help: 'Version of the held snapshot',
    registers,
  });
  const records = new Gauge({
    name: 'openbeian_gate_snapshot_records',
    help: 'Records in the held snapshot',
    registers,
  });

  return {
    countDecision: (reason) => decisions.inc({ outcome: gateReasons[reason], reason }),
    countRefused: (why) => refused.inc({ why }),
    setControlUp: (up) => controlUp.set(up ? 1 : 0),
    async page() {
      const held = facts();
      present.set(held === null ? 0 : 1);
      if (held === null) age.remove();
      else age.set(held.ageMs / 1000);
      version.set(held?.version ?? 0);
      records.set(held?.recordCount ?? 0);
      return { type: registry.contentType, text: await registry.metrics() };
    },
  };
}
