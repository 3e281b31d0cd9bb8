import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { type FaultCode, isFault } from '@openbeian/model/fault';
import { AuditClearer } from '../work/audit-clearer.ts';
import { ClockGuard } from '../work/clock-guard.ts';
import { NoticeMailer } from '../work/notice-mailer.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { Worker } from '../work/worker.ts';
import type { Config } from './config.ts';
import { type Deployment, type Replacements, systemClock } from './deployment.ts';
import { openForService } from './open-for-service.ts';
import type { Running } from './running.ts';

export interface RunningWorker extends Running {
  /** Works until nothing is left to do now. */
  settle(): Promise<void>;
}

/**
 * Starts a process of background work: hand-overs to the authority, its messages, what is overdue, webhooks. Any number may run.
 * @throws what `openForService` throws
 */
export async function startWorker(config: Config, replacements: Replacements = {}): Promise<RunningWorker> {
  const deployment = await openForService(config, 'worker', replacements);
  const worker = runWorker(deployment);
  deployment.logger.info({}, 'worker runs');
  return {
    settle: () => worker.settle(),
    async close() {
      await worker.close();
      await deployment.close();
    },
  };
}

const lastingFaults: ReadonlySet<FaultCode> = new Set(['authority.unreachable', 'clock.wrong']);

const clockGuardOf = ({ store }: Deployment['deps']) =>
  new ClockGuard({
    nowMs: Date.now,
    databaseNowMs: async () => Date.parse(await store.now()),
    monotonicMs: () => performance.now(),
  });

/** The background work on an open deployment; closing leaves the deployment open. */
export function runWorker({ deps, config, logger }: Deployment): RunningWorker {
  const saidMs = new Map<string, number>();
  const options = {
    owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
    pollMs: config.worker.pollMs,
    perLine: config.authority.perProvince,
    inTurn: config.authority.provincesInTurn,
    onError(error: unknown, during: string) {
      // What lasts for many rounds is said once a minute: an authority that is away, a clock that is wrong.
      const lasting = isFault(error) && lastingFaults.has(error.code) ? error.code : null;
      if (lasting !== null && performance.now() - (saidMs.get(lasting) ?? Number.NEGATIVE_INFINITY) < 60_000) return;
      if (lasting !== null) saidMs.set(lasting, performance.now());
      logger[lasting === 'authority.unreachable' ? 'warn' : 'error'](
        { err: error, during },
        'background work failed; it goes on',
      );
    },
    ...(deps.clock === systemClock && { clockGuard: clockGuardOf(deps) }),
  };
  const worker = new Worker(deps, options);
  // Apart from each other: a receiver that hangs must not hold up filings.
  const sender = new WebhookSender(deps, options);
  const mailer = new NoticeMailer(deps, options);
  const clearer = new AuditClearer(deps, options);
  worker.start();
  sender.start();
  mailer.start();
  clearer.start();
  return {
    settle: () => worker.settle(),
    close: async () => void (await Promise.all([worker.stop(), sender.stop(), mailer.stop(), clearer.stop()])),
  };
}
