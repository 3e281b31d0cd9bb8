import { createServer, type RequestListener, type Server } from 'node:http';
import { createAnswerer } from './answer/answer.ts';
import { type GateConfig, type GateConfigInput, parseGateConfig } from './config.ts';
import { limitConnections } from './connection-limit.ts';
import { type GateLog, logToStdout } from './log.ts';
import { createGateMetrics } from './metrics.ts';
import { openNumberPolicies } from './snapshot/number-policy.ts';
import type { SnapshotFacts } from './snapshot/shown-snapshot.ts';
import { startSnapshotKeeper } from './snapshot/snapshot-keeper.ts';

/** A gate that listens. */
export interface RunningGate {
  /** Root of its HTTP, e.g. http://127.0.0.1:8090. */
  readonly url: string;
  /** Roots of `listenFor`, in its order. */
  readonly urlsFor: readonly string[];
  /** Stops following and answering; open connections end. */
  close(): Promise<void>;
}

/** What a test replaces. */
export interface GateNeeds {
  /** Epoch milliseconds. */
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
  const metrics = createGateMetrics(() => facts());
  const keeper = await startSnapshotKeeper(config, nowMs, log, {
    onRefused: (why) => metrics.countRefused(why),
    onContact: (up) => metrics.setControlUp(up),
    onChanges: (count) => metrics.countChanges(count),
  });
  facts = () => keeper.shown.facts();
  const answerFor = createAnswerer({ config, keeper, metrics, nowMs });
  const policies = await openNumberPolicies(config, log);
  const places = [
    { ...config.listen, region: undefined, anyNumber: policies.own },
    ...config.listenFor.map((each, place) => ({ ...each, anyNumber: policies.forAddresses[place] ?? null })),
  ];
  const servers: Server[] = [];
  const close = async () => {
    const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
    for (const server of servers) server.closeIdleConnections();
    policies.close();
    await keeper.close();
    for (const server of servers) server.closeAllConnections();
    await Promise.all(closed);
  };
  try {
    for (const { host, port, region, anyNumber } of places) {
      servers.push(await listen({ host, port }, config, answerFor({ region, anyNumber })));
    }
  } catch (error) {
    await close();
    throw error;
  }
  keeper.follow();
  const [url = '', ...urlsFor] = servers.map((server, place) => urlOf(server, places[place]?.host ?? ''));
  log('info', 'gate_listening', { port: Number(new URL(url).port) });
  return { url, urlsFor, close };
}

/** Caddy and Traefik send a visitor's headers along, up to 1 MiB: a filed site is not refused for a large one. */
const mostHeaderBytes = 1_100_000;

async function listen(
  { host, port }: Pick<GateConfig['listen'], 'host' | 'port'>,
  { timeouts, connectionsPerAddress }: GateConfig,
  answer: RequestListener,
): Promise<Server> {
  const { headersMs, requestMs, idleMs } = timeouts;
  const server = createServer(
    {
      maxHeaderSize: mostHeaderBytes,
      // A question comes at once; who sends it slowly is cut off.
      headersTimeout: Math.min(headersMs, requestMs),
      requestTimeout: requestMs,
      keepAliveTimeout: idleMs,
      connectionsCheckingInterval: Math.min(5000, headersMs),
    },
    answer,
  );
  limitConnections(server, connectionsPerAddress);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server;
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('a server that listens on a port has one');
  return `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
