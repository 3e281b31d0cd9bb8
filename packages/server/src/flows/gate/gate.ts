import { createHash } from 'node:crypto';
import { dayOf } from '@openbeian/model/calendar';
import { normaliseHost } from '@openbeian/model/domain-name';
import {
  canonicalJson,
  decideHost,
  explainGateReason,
  type GateChange,
  type GateSnapshot,
  indexGateRecords,
  sealGateSnapshot,
} from '@openbeian/model/gate';
import type { GateFile } from '../../ports/index.ts';
import type { QueryCall } from '../command/call.ts';
import type { FlowDeps } from '../command/deps.ts';

const sha256Hex = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What gates must know besides the records. */
function factsOf(deps: FlowDeps) {
  const { region, defaultNames } = deps.gate;
  return { provider: deps.provider, region, defaultNames: [...defaultNames] };
}

/** Names a history of the records together with this configuration: where either is another, gates begin anew. */
function markOf(deps: FlowDeps, history: string): string {
  return sha256Hex(`${history}\n${canonicalJson(factsOf(deps))}`).slice(0, 32);
}

/** Everything that gates decide by, sealed. */
export async function getGateSnapshot(
  deps: FlowDeps,
  _call: QueryCall,
): Promise<Record<string, unknown> & GateSnapshot> {
  return deps.store.transaction(async (tx) => {
    const { version, changedAt, records } = await tx.gateLog.snapshot();
    // The instant is of the change, not of this reading: two server processes must hand out one and the same snapshot, or
    // a gate that asks them in turn would take it for news each time.
    return { ...sealGateSnapshot({ version, builtAt: changedAt, ...factsOf(deps), records: [...records] }, sha256Hex) };
  });
}

/** Rises with every change that gates must know. */
export async function getGateVersion(deps: FlowDeps, _call: QueryCall): Promise<number> {
  return deps.store.transaction((tx) => tx.gateLog.version());
}

/** Changes in one answer; gates ask again at once while there are more. */
const changesAtOnce = 1000;

/** The changes behind what a gate has; `snapshot` says that what it has is no beginning of our history. */
export interface GateChangesAnswer {
  readonly snapshot: boolean;
  /** Of the last change given. */
  readonly sequence: number;
  readonly mark: string;
  /** When this was so. */
  readonly at: string;
  readonly changes: readonly (GateChange & { readonly sequence: number })[];
}

/** What changed for gates since the sequence that the asker holds, in its order. */
export async function getGateChanges(
  deps: FlowDeps,
  _call: QueryCall,
  input: { readonly after: number; readonly mark: string },
): Promise<GateChangesAnswer> {
  const at = deps.clock.now();
  const found = await deps.store.transaction((tx) => tx.gateLog.changesAfter(input.after, changesAtOnce));
  const { markAtAfter, version, changes } = found;
  if (markAtAfter === null || markOf(deps, markAtAfter) !== input.mark) {
    return { snapshot: true, sequence: version, mark: '', at, changes: [] };
  }
  const last = changes.at(-1);
  return {
    snapshot: false,
    sequence: last?.sequence ?? input.after,
    mark: last === undefined ? input.mark : markOf(deps, last.mark),
    at,
    changes: changes.map(({ sequence, name, exact, record }) => ({ sequence, name, exact, record })),
  };
}

/** A file is handed out again until so many changes came after it: gates catch up on those by asking for them. */
const rebuildAfterChanges = 10_000;

/** The binary snapshot, built from the store unless the last one is near enough. */
export async function getGateFile(
  deps: FlowDeps,
  _call: QueryCall,
  { atLeast }: { readonly atLeast: number },
): Promise<GateFile> {
  const current = deps.gateFiles.current();
  if (current !== null) {
    const { version, markAtAfter } = await deps.store.transaction((tx) => tx.gateLog.changesAfter(current.sequence, 0));
    const isOurs = markAtAfter !== null && markOf(deps, markAtAfter) === current.mark;
    const isNew = current.sequence >= Math.min(atLeast, version) && version - current.sequence <= rebuildAfterChanges;
    if (isOurs && isNew) return current;
  }
  return deps.gateFiles.build(async (begin) => {
    await deps.store.readGateEntries(({ sequence, mark }) =>
      begin({ ...factsOf(deps), sequence, builtAtMs: Date.parse(deps.clock.now()), mark: markOf(deps, mark) }),
    );
  });
}

/** Why a host is served or blocked, by the records as they stand this moment, and what to do next. */
export async function explainHost(deps: FlowDeps, _call: QueryCall, input: { readonly host: string }) {
  return deps.store.transaction(async (tx) => {
    const at = dayOf(deps.clock.now());
    const read = normaliseHost(input.host);
    const names = [read.host, read.registrableName].filter((name) => name !== null);
    const records = await tx.gateLog.find(names);
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
