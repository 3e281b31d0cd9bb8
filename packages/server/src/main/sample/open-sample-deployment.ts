import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createSimControls, type ManualClock } from '@openbeian/authority-sim';
import { startGate } from '@openbeian/gate';
import { type Logger, pino } from 'pino';
import { createLogger } from '../../http/log.ts';
import type { Clock } from '../../ports/index.ts';
import { cannotListen } from '../cannot-listen.ts';
import { type ConfigInput, parseConfig } from '../config.ts';
import { type Deployment, openDeployment } from '../deployment.ts';
import { systemClock } from '../parts.ts';
import { startReports } from '../process-reports.ts';
import type { Running } from '../running.ts';
import { listen } from '../server.ts';
import { runWorker } from '../worker.ts';
import { loadHistory } from './load-history.ts';
import { loadSample } from './load-sample.ts';
import { writeSamplePictures } from './materials.ts';
import { sampleLogins } from './people.ts';
import { takenSiteName } from './records-elsewhere.ts';
import { type SampleWire, sampleLine, startSampleAuthority } from './sample-authority.ts';
import { ensureSandboxKey } from './sandbox-key.ts';

export interface SampleOptions {
  /** Folder of everything that is kept; null keeps nothing. */
  readonly dataDir: string | null;
  /** Where the server listens; a free port of loopback unless given. */
  readonly host?: string;
  readonly port?: number;
  /** Ports of the gate and of the simulated authority, on loopback; free ones unless given. */
  readonly gatePort?: number;
  readonly authorityPort?: number;
  /** Listen beyond this machine although the passwords are public. */
  readonly onNetwork?: boolean;
  /** One clock for all parts, moved by hand; the real time unless given. */
  readonly clock?: ManualClock;
  /** The authority delivers every message once, in order and at once. */
  readonly calm?: boolean;
  /** As without a line to the authority: an operator enters filings in its form. The simulated one is asked for the past alone. */
  readonly byHand?: boolean;
  /** What is spoken with the authority; interface V3.0 unless given. */
  readonly wire?: SampleWire;
  /** A verification service that people are verified by, and waited for; else that is shown and waited for by nothing. */
  readonly verification?: { readonly url: string; readonly secret: string };
  readonly seed?: number;
  readonly consoleFolder?: string | null;
  /** Sample filings as well, made in the past. */
  readonly withHistory?: boolean;
  /** Its people have taken the tour of the console, which new ones are offered. */
  readonly knowsConsole?: boolean;
  /** `openbeian.log` in the folder; without one, errors to standard error, unless given. */
  readonly logger?: Logger;
}

export interface SampleDeployment extends Running {
  readonly url: string;
  readonly gateUrl: string;
  readonly gateToken: string;
  readonly authorityUrl: string;
  readonly logins: typeof sampleLogins;
  /** A site name that the authority rejects, since somebody has it already. */
  readonly takenSiteName: string;
  /** Whether the sample data was loaded at this start. */
  readonly isNew: boolean;
  /** Lets hand-overs and the authority's messages come to rest; a movable clock moves while it waits. */
  rest(): Promise<void>;
  /** Moves the clock, where it can be moved. */
  advance(byMs: number): Promise<void>;
}

/** The provider of the sample deployment; its rules are `policies/sample/xingyun.yaml`. */
const provider = { provider: 'xingyun', name: { zh: '星云示例云', en: 'Xingyun Sample Cloud' } };
const defaultNames = ['apps.xingyun-example.cn'];

/**
 * Everything in one process: embedded database, simulated authority, server, background work and gate, with sample
 * accounts, people and servers.
 * @throws Fault `config.invalid` for an address that cannot be listened on, `store.directory_in_use`, …
 */
export async function openSampleDeployment(options: SampleOptions): Promise<SampleDeployment> {
  const opened: Running[] = [];
  const close = async () => {
    for (const part of opened.splice(0).reverse()) await part.close();
  };
  try {
    return await open(options, opened, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(options: SampleOptions, opened: Running[], close: () => Promise<void>): Promise<SampleDeployment> {
  const { dataDir } = options;
  const clock = options.clock ?? systemClock;
  const folder = dataDir ?? temporaryFolder(opened);
  const gateToken = randomBytes(24).toString('base64url');
  const logger = options.logger ?? loggerOf(dataDir);
  const authorityFolder = join(folder, 'authority');
  const loopback = '127.0.0.1';
  const authorityPort = await usablePort('authority port', loopback, options.authorityPort ?? 0);
  await usablePort('gate port', loopback, options.gatePort ?? 0);
  await usablePort('http.port', options.host ?? loopback, options.port ?? 0);
  const config = parseConfig(configOf(options, folder, `http://127.0.0.1:${authorityPort}`, gateToken));
  const deployment = await openDeployment(config, { clock, inMemory: dataDir === null, logger });
  opened.push(deployment);
  // Before the authority starts: the past is told to it with a clock of its own, and its folder has one user at a time.
  const isNew = await loadSample(deployment, async () => {
    if (options.withHistory === true) await loadHistory(deployment, authorityFolder);
  });
  await ensureSandboxKey(deployment);
  if (options.knowsConsole === true) await endTours(deployment);
  if (dataDir !== null) writeSamplePictures(join(dataDir, 'pictures'));
  const authority = await startSampleAuthority(authorityPort, {
    dataDir: authorityFolder,
    clock,
    calm: options.calm ?? false,
    seed: options.seed ?? 1,
    log: (line) => logger.warn({}, `authority: ${line}`),
  });
  opened.push(authority);
  const worker = runWorker(deployment);
  opened.push(worker);
  const server = await listen(deployment, options.consoleFolder ?? null, worker.states);
  opened.push(server);
  opened.push(startReports(deployment, { server, worker: { url: server.url, states: worker.states } }));
  const snapshotFile = join(folder, 'gate-snapshot.json');
  const gateConfig = { controlUrl: server.url, token: gateToken, snapshotFile, consoleUrl: server.url };
  const gate = await openGate(options.gatePort ?? 0, gateConfig, { clock, logger });
  opened.push(gate);

  const advance = async (byMs: number) => {
    options.clock?.advance(byMs);
    authority.tick();
  };
  return {
    url: server.url,
    gateUrl: gate.url,
    gateToken,
    authorityUrl: authority.url,
    logins: sampleLogins,
    takenSiteName,
    isNew,
    rest: () => rest(deployment, authority.url, () => worker.settle(), options.clock && advance),
    advance,
    close,
  };
}

/** Nobody of the sample is offered the tour of the console. */
async function endTours({ deps }: Deployment): Promise<void> {
  const at = deps.clock.now();
  await deps.store.transaction(async ({ people }) => {
    for (const { login } of sampleLogins) {
      const person = await people.findByLogin(login, at);
      if (person !== null) await people.endTour(person.id, at);
    }
  });
}

function openGate(
  port: number,
  config: Omit<Parameters<typeof startGate>[0], 'listen'>,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
) {
  return startGate(
    { listen: { port }, ...config },
    {
      nowMs: () => Date.parse(clock.now()),
      log: (level, event, facts) => logger[level]({ event, ...facts }, 'gate'),
    },
  ).catch((error: unknown) => {
    throw cannotListen(error, 'gate port', '127.0.0.1', port);
  });
}

function configOf(options: SampleOptions, folder: string, authorityUrl: string, gateToken: string): ConfigInput {
  return {
    ...provider,
    database: { directory: folder },
    http: { host: options.host ?? '127.0.0.1', port: options.port ?? 0 },
    authority: options.byHand === true ? { adapter: 'manual' } : sampleLine(options.wire ?? 'v3', authorityUrl),
    gate: { tokens: [gateToken], defaultNames },
    // A newcomer has a number in five minutes.
    verification: options.verification ?? { required: false },
    sample: { enabled: true, onNetwork: options.onNetwork ?? false },
  };
}

function loggerOf(dataDir: string | null): Logger {
  if (dataDir === null) return createLogger('error', process.stderr);
  return createLogger('info', pino.destination({ dest: join(dataDir, 'openbeian.log'), mkdir: true, sync: true }));
}

/**
 * The port, if it can be listened on now; for 0 a free one. Asked before the database is opened, so that a taken port is
 * told at once; the server must also know the authority's address before the authority runs.
 */
async function usablePort(setting: string, host: string, port: number): Promise<number> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, host, resolve));
    // A server that listens on a host and port has an address of this kind.
    return (server.address() as AddressInfo).port;
  } catch (error) {
    throw cannotListen(error, setting, host, port);
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
}

/** For the gate's snapshot, when nothing is to be kept. */
function temporaryFolder(opened: Running[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-sample-'));
  opened.push({ close: async () => rmSync(folder, { recursive: true, force: true }) });
  return folder;
}

const restPatienceMs = 30_000;
const restStepMs = 10_000;

/** The authority may hold messages back by its clock, and jobs are tried again later: time must pass for both. */
async function rest(
  { deps }: Deployment,
  authorityUrl: string,
  settle: () => Promise<void>,
  /** Absent: the clock is the real one. */
  advance: ((byMs: number) => Promise<void>) | undefined,
): Promise<void> {
  const controls = createSimControls(authorityUrl);
  const deadlineMs = performance.now() + restPatienceMs;
  while (performance.now() < deadlineMs) {
    await settle();
    const { unacknowledgedMessages } = await controls.getState();
    const jobs = await deps.store.transaction((tx) => tx.jobs.list({ limit: 1 }));
    if (unacknowledgedMessages === 0 && jobs.length === 0) return;
    if (advance) await advance(restStepMs);
    else await sleep(50);
  }
  throw new Error('the sample deployment does not come to rest');
}
