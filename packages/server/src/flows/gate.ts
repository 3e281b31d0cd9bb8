import { createHash } from 'node:crypto';
import { dayOf } from '@openbeian/model/calendar';
import {
  decideHost,
  explainGateReason,
  type GateRecord,
  type GateSnapshot,
  indexGateRecords,
  sealGateSnapshot,
} from '@openbeian/model/gate';
import type { StoreTransaction } from '../ports/index.ts';
import type { QueryCall } from './call.ts';
import type { FlowDeps } from './deps.ts';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** Everything that gates decide by, sealed. */
export async function getGateSnapshot(
  deps: FlowDeps,
  _call: QueryCall,
): Promise<Record<string, unknown> & GateSnapshot> {
  return deps.store.transaction(async (tx) => {
    const { version, changedAt, records } = await readRecords(tx);
    const { region, defaultNames } = deps.gate;
    const body = {
      version,
      // Of the change, not of this reading: two server processes must hand out one and the same snapshot, or a gate that
      // asks them in turn would take it for news each time.
      builtAt: changedAt,
      provider: deps.provider,
      region,
      defaultNames: [...defaultNames],
      records,
    };
    return { ...sealGateSnapshot(body, sha256Hex) };
  });
}

async function readRecords(
  tx: StoreTransaction,
): Promise<{ readonly version: number; readonly changedAt: string; readonly records: GateRecord[] }> {
  const snapshot = await tx.records.gateSnapshot();
  const records = snapshot.records.map(({ state, graceUntil, accesses, ...record }) => ({
    ...record,
    accesses: [...accesses],
    ...(state === 'filed' ? {} : { state }),
    ...(graceUntil === null ? {} : { graceUntil }),
  }));
  return { version: snapshot.version, changedAt: snapshot.changedAt, records };
}

/** Rises with every change that gates must know. */
export async function getGateVersion(deps: FlowDeps, _call: QueryCall): Promise<number> {
  return deps.store.transaction((tx) => tx.records.gateVersion());
}

/** Why a host is served or blocked, by the records as they stand this moment, and what to do next. */
export async function explainHost(deps: FlowDeps, _call: QueryCall, input: { readonly host: string }) {
  return deps.store.transaction(async (tx) => {
    const at = dayOf(deps.clock.now());
    const { records } = await readRecords(tx);
    const context = {
      provider: deps.provider,
      defaultNames: new Set(deps.gate.defaultNames),
      outsideMainland: deps.gate.region !== 'cn-mainland',
      blockPage: '/',
    };
    const { host, outcome, reason, filingDomain } = decideHost(input.host, indexGateRecords(records), context, at);
    const { message, next } = explainGateReason(reason);
    return { host, outcome, reason, filingDomain, message, next, at };
  });
}
