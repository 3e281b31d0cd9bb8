import type { HeardProcess, SystemFacts } from '../../ports/index.ts';
import { spanOf } from './amounts.ts';
import { type Finding, item, itemOf, named, type OperationsItem, ok, partOf, wants } from './item.ts';
import { whyPrimary, processWords as words } from './process-words.ts';

export type HeardServer = Extract<HeardProcess, { readonly kind: 'server' }>;
export type HeardWorker = Extract<HeardProcess, { readonly kind: 'worker' }>;
export type HeardGate = Extract<HeardProcess, { readonly kind: 'gate' }>;

/** A process reports every 30 s, a gate asks about as often: a few may be missed. */
const missedAfterSeconds = 120;

export const isLive = ({ secondsAgo }: { readonly secondsAgo: number }): boolean => secondsAgo <= missedAfterSeconds;

/** By which the database's clock counts instead of the machine's, and by which deadlines are not acted on. */
const clockDiffersMs = 1000;
const clockWrongMs = 60_000;

type Release = Pick<SystemFacts, 'version' | 'migration'>;

export function serversItem(servers: readonly HeardServer[], release: Release): OperationsItem {
  const live = servers.filter(isLive);
  const parts = servers.map((one) =>
    partOf(
      { id: one.name, name: named(one.name) },
      isLive(one) ? releaseOf(one, release) : missed(one, live.length > 0),
    ),
  );
  if (parts.length === 0) return item('servers', wants('unknown', words.noServer, words.noServerTodo));
  return itemOf('servers', { text: words.servers(live.length) }, parts);
}

export function workersItem(workers: readonly HeardWorker[], release: Release): OperationsItem {
  const live = workers.filter(isLive);
  const parts = workers.map((one) =>
    partOf({ id: one.name, name: named(one.name) }, isLive(one) ? workOf(one, release) : missed(one, live.length > 0)),
  );
  if (live.length > 0) return itemOf('workers', { text: words.workers(live.length) }, parts);
  return { ...item('workers', wants('failing', words.noWorker, words.noWorkerTodo)), parts };
}

function workOf(worker: HeardWorker, release: Release): Finding {
  const { stalled } = worker.facts;
  if (stalled.length === 0) return releaseOf(worker, release);
  return wants('failing', words.stalled(worker.version, stalled), words.stalledTodo);
}

/** While others do the same work it is not missed at once: it may have been taken out. */
const missed = ({ secondsAgo }: HeardProcess, othersAreLive: boolean): Finding =>
  wants(othersAreLive ? 'attention' : 'failing', words.missed(spanOf(secondsAgo)), words.missedTodo);

function releaseOf({ version, facts }: HeardServer | HeardWorker, release: Release): Finding {
  const isSame = version === release.version && facts.migration === release.migration;
  if (isSame) return ok(words.runs(version));
  return wants('attention', words.otherRelease(version, facts.migration, release), words.otherReleaseTodo);
}

/** Clocks of the machines that servers and workers run on, against the database's. */
export function clockItem(processes: readonly (HeardServer | HeardWorker)[]): OperationsItem {
  const live = processes.filter(isLive);
  if (live.length === 0) return item('clock', wants('unknown', words.noClock, words.noClockTodo));
  const parts = live.flatMap((one) => {
    const aheadMs = one.facts.clockAheadMs;
    const isHeld = one.kind === 'worker' && one.facts.isHeldByClock;
    if (!isHeld && Math.abs(aheadMs) <= clockDiffersMs) return [];
    const state = isHeld || Math.abs(aheadMs) > clockWrongMs ? 'failing' : 'attention';
    const text = isHeld ? words.clockHeld(aheadMs) : words.clockDiffers(aheadMs);
    return [partOf({ id: `${one.kind} ${one.name}`, name: named(one.name) }, wants(state, text, words.clockTodo))];
  });
  const most = Math.max(...live.map(({ facts }) => Math.abs(facts.clockAheadMs)));
  return itemOf(
    'clock',
    { text: parts.length > 0 ? words.clocksDiffer(parts.length) : words.clocksAgree(most) },
    parts,
  );
}

/** Null where no server has a replica to read from. */
export function replicaItem(servers: readonly HeardServer[]): OperationsItem | null {
  const parts = servers.filter(isLive).flatMap(({ name, facts: { replica } }) => {
    if (replica === null) return [];
    const { why, lagSeconds } = replica;
    const finding =
      why === null
        ? ok(words.replicaRead(lagSeconds))
        : wants('attention', words.replicaUnused(whyPrimary(why), lagSeconds), words.replicaTodo);
    return [partOf({ id: name, name: named(name) }, finding)];
  });
  if (parts.length === 0) return null;
  const used = parts.filter(({ state }) => state === 'ok').length;
  return itemOf('replica', { text: words.replica(used, parts.length) }, parts);
}
