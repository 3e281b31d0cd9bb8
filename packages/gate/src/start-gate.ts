import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAnswerer } from './answer.ts';
import { type GateConfigInput, parseGateConfig } from './config.ts';
import { followControlPlane } from './follow-control-plane.ts';
import { type GateLog, logToStdout } from './log.ts';
import { createGateMetrics } from './metrics.ts';
import { createReadersFile } from './readers-file.ts';
import { createSnapshotKeeper, type SnapshotKeeper } from './snapshot-keeper.ts';

/** A gate that listens. */
export interface RunningGate {
  /** Root of its HTTP, e.g. http://127.0.0.1:8090. */
  readonly url: string;
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
 * for the control plane and lives on without it.
 * @throws Fault `input.invalid` for a bad configuration; the system's error when the address cannot be listened on.
 */
export async function startGate(input: GateConfigInput, needs: GateNeeds = {}): Promise<RunningGate> {
  const config = parseGateConfig(input);
  const { nowMs = Date.now, log = logToStdout } = needs;
  const metrics = createGateMetrics(() => keeper.facts());
  const readers = config.readersFile === undefined ? null : createReadersFile(config.readersFile, log);
  const onRefused: Parameters<typeof createSnapshotKeeper>[3] = (why) => metrics.countRefused(why);
  const keeper: SnapshotKeeper = createSnapshotKeeper(config, nowMs, log, onRefused, readers);
  await keeper.load();
  const server = createServer(createAnswerer({ config, keeper, metrics, nowMs }));
  // Longer than the proxies keep their idle connections, so that it is never us who closes one they are about to use.
  server.keepAliveTimeout = 75_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.listen.port, config.listen.host, resolve);
  });
  const stop = followControlPlane(config, keeper, log, (up) => metrics.setControlUp(up));
  const { port } = server.address() as AddressInfo;
  const host = config.listen.host.includes(':') ? `[${config.listen.host}]` : config.listen.host;
  log('info', 'gate_listening', { port });
  return {
    url: `http://${host}:${port}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      await stop();
      await readers?.settled();
      server.closeAllConnections();
      await closed;
    },
  };
}
