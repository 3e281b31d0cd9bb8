import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSimControls, defaultInterfaceUnit, filingPasswordOf, startAuthoritySim } from '@openbeian/authority-sim';
import pg from 'pg';
import {
  createLogger,
  formatKeyRing,
  loadConfig,
  makeKeyRing,
  openDeployment,
} from '../../packages/server/src/main/index.ts';
import { listen } from '../../packages/server/src/main/server.ts';
import { workSignals } from '../../packages/server/src/ports/work-signals.ts';
import { openOrganisers } from '../lifecycle/organisers.ts';
import { openLineClock } from './line-clock.ts';

export const provider = 'xingyun';
/** Each a line of its own. */
export const lineProvinces = ['440000', '430000', '510000'] as const;
/** A Monday, 9:30 in Shanghai. */
const day = '2026-11-23';
const portalToken = 'a-token-of-the-portal';
const signedIn = { idleMinutes: 525_600, absoluteHours: 8760 };
const many = { limit: 100_000_000 };
/** What the sessions of workers are called in the database. */
const workerSessions = 'line-worker';

export interface LineWorldOptions {
  readonly databaseUrl: string;
  /** An empty folder, which is removed at the end. */
  readonly folder: string;
  readonly seed: number;
  readonly calm: boolean;
}

/**
 * The simulated authority, a server of ours in this process, and all that workers of their own processes need; one time for all, which
 * is moved by hand.
 */
export async function openLineWorld({ databaseUrl, folder, seed, calm }: LineWorldOptions) {
  const clockFile = join(folder, 'clock');
  const clock = openLineClock(clockFile, `${day}T01:30:00.000Z`);
  const sim = await startAuthoritySim({
    calm,
    seed,
    clock: { now: clock.now },
    // Time goes by an hour at a time; who lets it pass is not waited for longer than that takes.
    smsLifetimeHours: 6,
    log: () => {},
    interfaceV3: { units: [{ ...defaultInterfaceUnit, provider }] },
  });
  const config = writeConfigs({ folder, databaseUrl, simUrl: sim.url });
  const deployment = await openDeployment(loadConfig(config.server, {}), { clock, logger: createLogger('silent') });
  const server = await listen(deployment, null);
  const organisers = await openOrganisers({ deployment, url: server.url, portalToken, provider, day });
  // More than one session: what is asked meanwhile does not wait for the pulse.
  const sql = new pg.Pool({ connectionString: databaseUrl, max: 3 });
  return {
    ...organisers,
    sim,
    controls: createSimControls(sim.url),
    clock,
    sql,
    deployment,
    /** What a worker is started with. */
    workerArguments: [config.worker, clockFile] as const,
    /** What the authority sent the organiser's principal with its number; none for what is no organiser's. */
    passwordOf: (subjectNumber: string): string =>
      isSubjectNumber(subjectNumber) ? filingPasswordOf(seed, subjectNumber) : '',
    async rows<Row>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
      return (await sql.query(text, [...values])).rows as Row[];
    },
    /** What time has brought about is not announced by the database: whoever moves the clock tells the workers. */
    async wakeWorkers(): Promise<void> {
      await sql.query(`SELECT pg_notify('openbeian_work', $1)`, [workSignals.join(' ')]);
    },
    /** Ends every session of the workers. @returns how many there were */
    async endSessions(): Promise<number> {
      const { rowCount } = await sql.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = $1',
        [workerSessions],
      );
      return rowCount ?? 0;
    },
    async close() {
      await sql.end();
      await server.close();
      await deployment.close();
      await sim.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
/** Of an organiser, and not of one of its services. */
const isSubjectNumber = (number: string): boolean => number.endsWith('号');

export type LineWorld = Awaited<ReturnType<typeof openLineWorld>>;

interface Places {
  readonly folder: string;
  readonly databaseUrl: string;
  readonly simUrl: string;
}

/** Of the server, and of the workers, whose sessions can be told apart. */
function writeConfigs({ folder, databaseUrl, simUrl }: Places) {
  const keyRingFile = join(folder, 'keys.json');
  writeFileSync(keyRingFile, formatKeyRing(makeKeyRing()), { mode: 0o600 });
  const { ispId, userName, password, cipher } = defaultInterfaceUnit;
  const write = (name: string, url: string) => {
    const file = join(folder, `${name}.json`);
    const config = {
      provider,
      name: { zh: '测试', en: 'Test' },
      database: { url, maxConnections: 10 },
      keyRingFile,
      materials: { directory: join(folder, 'materials') },
      authority: {
        adapter: 'v3',
        unit: ispId,
        userName,
        password,
        aesKey: cipher?.key,
        aesIv: cipher?.iv,
        provinces: Object.fromEntries(lineProvinces.map((code) => [code, `${simUrl}/v3/${code}`])),
        downloadEverySeconds: 600,
      },
      // Days go by in leaps, and everybody stays signed in.
      signIn: { portalTokens: [portalToken], staff: signedIn, customers: signedIn },
      worker: { pollMs: 2000, restMs: 3000 },
      http: {
        port: 0,
        limits: { costPerAccount: many, costPerAddress: many, lookupsPerAccount: many, heldByOthersPerAccount: many },
      },
    };
    writeFileSync(file, JSON.stringify(config));
    return file;
  };
  const ofWorkers = new URL(databaseUrl);
  ofWorkers.searchParams.set('application_name', workerSessions);
  return { server: write('server', databaseUrl), worker: write('worker', ofWorkers.href) };
}
