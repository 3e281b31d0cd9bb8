import { type GateConfigInput, parseGateConfig } from './config.ts';
import { countConnections } from './listen/connection-limit.ts';
import { refuseTakenPorts } from './listen/listener.ts';
import { type Listeners, listenEverywhere, placesOf } from './listen/listeners.ts';
import { type GateLog, logToStdout } from './log.ts';
import { createGateMetrics } from './metrics.ts';
import { startSelfReports, usualName } from './self-report.ts';
import type { SnapshotFacts } from './snapshot/shown-snapshot.ts';
import { startSnapshotKeeper } from './snapshot/snapshot-keeper.ts';
import { type AnswerThreads, startAnswerThreads } from './threads/answer-threads.ts';

/** A gate that listens. */
export interface RunningGate {
  /** Root of its HTTP, e.g. http://127.0.0.1:8090; of a Unix socket unix:/run/openbeian/gate.sock. */
  readonly url: string;
  /** Roots of `listenFor`, in its order. */
  readonly urlsFor: readonly string[];
  /** Stops following and answering; open connections end. */
  close(): Promise<void>;
}

/** What a test replaces. */
export interface GateNeeds {
  /** Epoch milliseconds. Threads beside the main one go by the system's clock. */
  readonly nowMs?: () => number;
  readonly log?: GateLog;
}

/**
 * Starts the enforcement service: loads the stored snapshot, listens, then follows the control plane. It does not wait
 * for the control plane and continues to run without it.
 * @throws Fault `input.invalid` for a bad configuration; the system's error when the address cannot be listened on.
 */
export async function startGate(input: GateConfigInput, needs: GateNeeds = {}): Promise<RunningGate> {
  const config = parseGateConfig(input);
  const { nowMs = Date.now, log = logToStdout } = needs;
  let facts = (): SnapshotFacts | null => null;
  let threads: AnswerThreads | null = null;
  let listeners: Listeners | null = null;
  const metrics = createGateMetrics(() => facts());
  const keeper = await startSnapshotKeeper(config, nowMs, log, {
    onRefused: (why) => metrics.countRefused(why),
    onContact: (up) => metrics.setControlUp(up),
    onChanges: (count) => metrics.countChanges(count),
    onShown: (news) => threads?.onShown(news),
  });
  facts = () => keeper.shown.facts();
  const counts = countConnections(config.connectionsPerAddress);
  let stopReports = () => {};
  const stop = async () => {
    await threads?.close();
    // Now that nobody counts any more.
    stopReports();
    await keeper.close();
  };
  try {
    const places = placesOf(config);
    if (config.threads > 1) await refuseTakenPorts(places);
    listeners = await listenEverywhere({ config, keeper, metrics, nowMs, counts, log }, places);
    const given = listeners.all.map(({ port }) => port);
    threads = startAnswerThreads(
      { config, keeper, metrics, counts, log },
      places.map((place, at) => (place.path === undefined ? { ...place, port: given[at] } : place)),
    );
    await threads.listening;
  } catch (error) {
    await (listeners === null ? stop() : listeners.close(stop));
    throw error;
  }
  const [first, ...others] = listeners.all;
  const name = config.name ?? usualName({ port: first?.port, path: config.listen.path });
  stopReports = startSelfReports(name, { metrics, keeper, nowMs });
  keeper.follow();
  log('info', 'gate_listening', first?.port ? { port: first.port } : { path: config.listen.path ?? '' });
  const { close } = listeners;
  return {
    url: first?.url ?? '',
    urlsFor: others.map(({ url }) => url),
    close: () => close(stop),
  };
}
