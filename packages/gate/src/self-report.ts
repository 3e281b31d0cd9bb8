import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { dayOf } from '@openbeian/model/calendar';
import { handOverEveryMs } from './blocked/blocked-tally.ts';
import type { GateMetrics } from './metrics.ts';
import type { SnapshotKeeper } from './snapshot/snapshot-keeper.ts';

const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
  // The package's own file, which npm requires to have one.
  version: string;
};

/** A question is held for some 20 s: what it says is no older than that and this. */
const renewEveryMs = 10_000;
const longestName = 120;

/** So many times what was counted is handed over until the names go to the control plane: once a minute. */
const handOversPerReport = 6;

interface Reporter {
  readonly metrics: Pick<GateMetrics, 'decisions' | 'blocked'>;
  readonly keeper: Pick<SnapshotKeeper, 'report' | 'addBlocked'>;
  readonly nowMs: () => number;
}

/**
 * From now on the control plane is told with each question which gate asks, of which release, and how it has decided since it was
 * started: counts by reason, never hosts. Which names it blocked most goes there once a minute, in a report of its own.
 * @returns what ends it; it hands over what is counted by then
 */
export function startSelfReports(name: string, { metrics, keeper, nowMs }: Reporter): () => void {
  const startedAt = new Date(nowMs()).toISOString();
  const renew = () => {
    const decisions = metrics.decisions().filter(({ count }) => count > 0);
    keeper.report(asHeader({ name: name.slice(0, longestName), version, startedAt, decisions }));
  };
  let handedOver = 0;
  const handOver = () => {
    handedOver += 1;
    const isDue = handedOver % handOversPerReport === 0;
    const day = dayOf(new Date(nowMs()).toISOString());
    keeper.addBlocked({ batch: metrics.blocked.takeAll(), day, gate: name.slice(0, longestName), isDue });
  };
  renew();
  const timers = [setInterval(renew, renewEveryMs), setInterval(handOver, handOverEveryMs)];
  for (const timer of timers) timer.unref();
  return () => {
    for (const timer of timers) clearInterval(timer);
    handOver();
  };
}

/** By which operators know a gate that was given no name. */
export const usualName = ({ port, path }: { readonly port?: number | undefined; readonly path?: string | undefined }) =>
  `${hostname()}:${path ?? port}`;

/** JSON in the letters that a header may have. */
const asHeader = (report: object): string =>
  JSON.stringify(report).replace(
    /[^\x20-\x7e]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
