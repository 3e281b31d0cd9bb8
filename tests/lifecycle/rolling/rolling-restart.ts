import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { chaosAccount, chaosLogin, chaosResource, openChaosDeployment } from '../../chaos/chaos-deployment.ts';
import { type OwnProcess, startOpenbeian } from '../child-process.ts';
import { freePort } from '../free-port.ts';
import { type LoadResult, MixedLoad } from './mixed-load.ts';
import { startShippedNginx } from './shipped-nginx.ts';

export interface RollingOptions {
  /** The program. */
  readonly nginx: string;
  readonly restarts: number;
  /** Goes on until so many requests were sent. */
  readonly requests: number;
  readonly drainMs: number;
  /** As the shipped file says unless given. */
  readonly failTimeoutSeconds?: number;
  /** Between a server that is ready again and the signal to the other one. */
  readonly betweenMs: number;
  readonly customers: number;
  readonly log?: (line: string) => void;
}

interface RollingResult extends LoadResult {
  /** Codes in the database, read past the product. */
  readonly codes: readonly string[];
  readonly restarts: number;
  /** nginx's error log. */
  readonly proxyLog: readonly string[];
}

const gateToken = 'gate-token-of-rolling-restarts';
const plenty = { limit: 100_000_000 };

/** Two servers behind the shipped nginx file are restarted in turns under load; null where PostgreSQL is not installed. */
export async function restartInTurns(options: RollingOptions): Promise<RollingResult | null> {
  const endings: (() => unknown)[] = [];
  try {
    const chaos = await openChaosDeployment(1_000_000, 5);
    if (chaos === null) return null;
    endings.push(() => chaos.close());
    const folder = mkdtempSync(join(tmpdir(), 'openbeian-rolling-'));
    endings.push(() => rmSync(folder, { recursive: true, force: true }));
    const ports = [await freePort(), await freePort()] as const;
    const servers = await Promise.all(
      ports.map((port) => startServer(folder, chaos.configFile, port, options.drainMs)),
    );
    for (const server of servers) endings.push(() => server.process.kill());
    const place = { nginx: options.nginx, folder, port: await freePort() };
    const { failTimeoutSeconds } = options;
    const proxy = await startShippedNginx(place, { ports, ...(failTimeoutSeconds && { failTimeoutSeconds }) });
    endings.push(() => proxy.stop());

    const load = new MixedLoad({
      port: place.port,
      resourceId: chaosResource,
      accountId: chaosAccount,
      login: chaosLogin,
      gateToken,
    });
    const running = load.run({ customers: options.customers, gates: 2 });
    running.catch(() => {});
    const restarts = await restartServers(servers, load, options);
    load.stop();
    const result = await running;
    const proxyLog = readFileSync(join(folder, 'error.log'), 'utf8').split('\n');
    return { ...result, restarts, codes: await codesOf(chaos.databaseUrl), proxyLog };
  } finally {
    for (const end of endings.reverse()) await end();
  }
}

interface OneServer {
  process: OwnProcess;
  start(): Promise<OwnProcess>;
}

async function startServer(folder: string, configFile: string, port: number, drainMs: number): Promise<OneServer> {
  const config = JSON.parse(readFileSync(configFile, 'utf8')) as object;
  const file = join(folder, `server-${port}.json`);
  const limits = { costPerAccount: plenty, costPerAddress: plenty, verifyCodePerAccount: plenty };
  const http = {
    publicUrl: 'https://beian.example.cn',
    port,
    drainMs,
    trustProxy: ['127.0.0.1'],
    metricsPort: 0,
    limits,
  };
  writeFileSync(file, JSON.stringify({ ...config, http, gate: { tokens: [gateToken] } }), { mode: 0o600 });
  const start = () => startOpenbeian(['server', '--config', file, '--no-console'], /server listens/);
  return { process: await start(), start };
}

async function restartServers(
  servers: readonly OneServer[],
  load: MixedLoad,
  options: RollingOptions,
): Promise<number> {
  const { restarts, requests, betweenMs, log = () => {} } = options;
  let done = 0;
  for (; done < restarts || load.sent < requests; done += 1) {
    await pause(betweenMs);
    const server = servers[done % servers.length];
    if (server === undefined) throw new Error('there is no server to restart');
    const begunMs = performance.now();
    await server.process.stop();
    const stoppedMs = performance.now() - begunMs;
    server.process = await server.start();
    const wholeMs = performance.now() - begunMs;
    log(
      `restart ${done + 1}: stopped in ${stoppedMs.toFixed(0)} ms, back in ${wholeMs.toFixed(0)} ms, ${load.sent} requests so far`,
    );
  }
  return done;
}

async function codesOf(databaseUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ id: string }>('SELECT id FROM filing_code');
    return rows.map(({ id }) => id);
  } finally {
    await client.end();
  }
}
