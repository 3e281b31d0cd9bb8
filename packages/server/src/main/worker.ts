import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { type FaultCode, isFault } from '@openbeian/model/fault';
import { listenForMetrics, type Obstacle } from '../http/metrics-listener.ts';
import type { WorkState } from '../http/work-metrics.ts';
import type { WorkSignal } from '../ports/index.ts';
import { createRowCounter } from '../store/index.ts';
import { AuditChecker } from '../work/audit-checker.ts';
import { AuditClearer } from '../work/audit-clearer.ts';
import { ClockGuard } from '../work/clock-guard.ts';
import { InventorySyncs } from '../work/inventory-syncs.ts';
import { NoticeMailer } from '../work/notice-mailer.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { Worker } from '../work/worker.ts';
import { cannotListen } from './cannot-listen.ts';
import type { Config } from './config.ts';
import { DatabaseClock } from './database-clock.ts';
import { openForService } from './open-for-service.ts';
import { type Parts, type Replacements, systemClock } from './parts.ts';
import { startReports } from './process-reports.ts';
import { readingsOf } from './readings.ts';
import type { Running } from './running.ts';
import { type RunningWork, workStatesOf } from './work-states.ts';

export type { CloudReader, CloudReading, InventorySync, SyncText } from '../ports/index.ts';

/** Background work that runs. */
export interface Working extends Running {
  /** Works until nothing is left to do now. */
  settle(): Promise<void>;
  /** What can be told of each kind of work. */
  states(): readonly WorkState[];
}

interface RunningWorker extends Working {
  /** Where it answers /healthz, /readyz and /metrics; null where no port is configured. */
  readonly url: string | null;
}

/**
 * Starts a process of background work: hand-overs to the authority, its messages, what is overdue, webhooks. Any number may run.
 * @throws what `openForService` throws
 */
export async function startWorker(config: Config, replacements: Replacements = {}): Promise<RunningWorker> {
  const parts = await openForService(config, 'worker', replacements);
  const worker = runWorker(parts);
  const close = async () => {
    await worker.close();
    await parts.close();
  };
  try {
    const listener = await answerProbes(parts, worker);
    const url = listener?.url ?? null;
    const reports = startReports(parts, { worker: { url, states: worker.states } });
    parts.logger.info({ url }, 'worker runs');
    return {
      ...worker,
      url,
      async close() {
        listener?.close();
        await reports.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Answers whether this worker does its work, and its metrics, where a port for that is configured. */
async function answerProbes(parts: Parts, { states }: Working) {
  const { host, port } = parts.config.worker;
  if (port === null) return null;
  const { createMetrics } = await import('../http/metrics.ts');
  const metrics = createMetrics(createRowCounter(parts.open.kysely), readingsOf(parts, states));
  const address = { host, port, token: parts.config.http.metricsToken };
  const server = await listenForMetrics(metrics, address, () => findObstacle(parts, states)).catch((error: unknown) => {
    throw cannotListen(error, 'worker.port', host, port);
  });
  // A server that listens on a host and port has an address of this kind.
  const { port: actualPort } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${actualPort}`,
    close: () => server.close().closeAllConnections(),
  };
}

async function findObstacle(parts: Parts, states: Working['states']): Promise<Obstacle | null> {
  const reason = await parts.findObstacle();
  if (reason !== null) return { reason };
  const work = states()
    .filter(({ isStalled }) => isStalled)
    .map((one) => one.work);
  return work.length === 0 ? null : { reason: 'work.stalled', work };
}

const lastingFaults: ReadonlySet<FaultCode> = new Set(['authority.unreachable', 'clock.wrong']);

const clockGuardOf = ({ store }: Parts['deps']) =>
  new ClockGuard({
    nowMs: Date.now,
    databaseNowMs: async () => Date.parse(await store.now()),
    monotonicMs: () => performance.now(),
  });

/** The background work on open parts; closing leaves them open. */
export function runWorker({ deps, config, logger }: Parts): Working {
  const { pollMs, restMs } = config.worker;
  const errors = new Map<string, number>();
  const tell = tellingErrors(logger);
  const isReal = deps.clock === systemClock || deps.clock instanceof DatabaseClock;
  const clockGuard = isReal ? clockGuardOf(deps) : null;
  const options = {
    owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
    pollMs: () => (listening.isHeard() ? Math.max(restMs, pollMs) : pollMs),
    askEveryMs: pollMs,
    perLine: config.authority.perProvince,
    inTurn: config.authority.provincesInTurn,
    onError(error: unknown, during: string) {
      errors.set(during, (errors.get(during) ?? 0) + 1);
      tell(error, during);
    },
    ...(clockGuard && { clockGuard }),
  };
  const worker = new Worker(deps, options);
  // Apart from each other: a receiver that hangs must not hold up filings.
  const sender = new WebhookSender(deps, options);
  const mailer = new NoticeMailer(deps, options);
  const clearer = new AuditClearer(deps, options);
  const checker = new AuditChecker(deps, options);
  const syncs = new InventorySyncs(deps, options);
  const all = [worker, sender, mailer, clearer, checker, syncs];
  const wakes = wakesOf({ worker, sender, mailer, clearer, checker, syncs });
  const listening = deps.store.listen((signal) => wakes[signal]());
  for (const one of all) one.start();
  const states = () => {
    const isHeldByClock = clockGuard?.isWrong ?? false;
    const running = {
      hand_overs: { ...viewOf(worker.handOvers), parts: ['jobs'] },
      look_ups: { ...viewOf(worker.lookUps), parts: ['look_ups'] },
      messages: { ...viewOf(worker.messages), parts: ['messages'] },
      reconciliation: { ...viewOf(worker.reconciler), parts: ['reconciliation'] },
      upkeep: {
        ...viewOf(worker.upkeep),
        isHeldByClock,
        parts: ['sweep', 'clock', 'clearing', 'seals', 'reseal', 'gate'],
      },
      webhooks: { ...viewOf(sender), parts: ['webhooks'] },
      mail: { ...viewOf(mailer), parts: ['mail'] },
      audit: { ...viewOf(clearer), isHeldByClock, parts: ['audit'] },
      audit_check: { ...viewOf(checker), parts: ['audit_check'] },
      inventory_syncs: { ...viewOf(syncs), parts: ['inventory_syncs'] },
    };
    return workStatesOf(running, errors, config.worker.stalledSeconds * 1000);
  };
  return {
    settle: () => worker.settle(),
    states,
    async close() {
      listening.stop();
      await Promise.all(all.map((one) => one.stop()));
    },
  };
}

interface Woken {
  readonly worker: Worker;
  readonly sender: WebhookSender;
  readonly mailer: NoticeMailer;
  readonly clearer: AuditClearer;
  readonly checker: AuditChecker;
  readonly syncs: InventorySyncs;
}

/** What goes on at once when somebody tells of it. */
function wakesOf({ worker, sender, mailer, clearer, checker, syncs }: Woken): Readonly<Record<WorkSignal, () => void>> {
  return {
    jobs: () => {
      for (const { rounds } of [worker.handOvers, worker.lookUps, worker.reconciler, checker, syncs]) rounds.wake();
    },
    events: () => sender.rounds.wake(),
    mail: () => mailer.rounds.wake(),
    retries: () => {
      worker.messages.retryNow();
      for (const { rounds } of [worker.handOvers, worker.lookUps, worker.upkeep, sender, mailer, clearer])
        rounds.wake();
    },
  };
}

const viewOf = ({ rounds, underWay = 0 }: Pick<RunningWork, 'rounds' | 'underWay'>) => ({ rounds, underWay });

/** Writes errors to the log. What lasts for many rounds is said once a minute: an authority that is away, a wrong clock. */
function tellingErrors(logger: Parts['logger']): (error: unknown, during: string) => void {
  const saidMs = new Map<string, number>();
  return (error, during) => {
    const lasting = isFault(error) && lastingFaults.has(error.code) ? error.code : null;
    if (lasting !== null && performance.now() - (saidMs.get(lasting) ?? Number.NEGATIVE_INFINITY) < 60_000) return;
    if (lasting !== null) saidMs.set(lasting, performance.now());
    logger[lasting === 'authority.unreachable' ? 'warn' : 'error'](
      { err: error, during },
      'background work failed; it goes on',
    );
  };
}
