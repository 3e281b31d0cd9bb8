import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { isFault } from '@openbeian/model/fault';
import { recordConfiguration } from '../flows/audit/record-configuration.ts';
import { NoticeMailer } from '../work/notice-mailer.ts';
import { WebhookSender } from '../work/webhook-sender.ts';
import { Worker } from '../work/worker.ts';
import type { Config } from './config.ts';
import { configuredSettings } from './configured-settings.ts';
import { openForService } from './database-role.ts';
import type { Deployment, Replacements } from './deployment.ts';
import type { Running } from './running.ts';

export interface RunningWorker extends Running {
  /** Works until nothing is left to do now. */
  settle(): Promise<void>;
}

/**
 * Starts a process of background work: hand-overs to the authority, its messages, what is overdue, webhooks. Any number may run.
 * @throws what `openDeployment` throws
 */
export async function startWorker(config: Config, replacements: Replacements = {}): Promise<RunningWorker> {
  const deployment = await openForService(config, replacements);
  await recordConfiguration(deployment.deps, 'worker', configuredSettings(config)).catch(async (error: unknown) => {
    await deployment.close();
    throw error;
  });
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

/** The background work on an open deployment; closing leaves the deployment open. */
export function runWorker({ deps, config, logger }: Deployment): RunningWorker {
  let saidAwayMs = Number.NEGATIVE_INFINITY;
  const options = {
    owner: `${hostname()}/${process.pid}/${randomUUID().slice(0, 8)}`,
    pollMs: config.worker.pollMs,
    onError(error: unknown, during: string) {
      // An authority that is away stays away for many rounds; it is said once a minute.
      const isAway = isFault(error, 'authority.unreachable');
      if (isAway && performance.now() - saidAwayMs < 60_000) return;
      if (isAway) saidAwayMs = performance.now();
      logger[isAway ? 'warn' : 'error']({ err: error, during }, 'background work failed; it goes on');
    },
  };
  const worker = new Worker(deps, options);
  // Apart from each other: a receiver that hangs must not hold up filings.
  const sender = new WebhookSender(deps, options);
  const mailer = new NoticeMailer(deps, options);
  worker.start();
  sender.start();
  mailer.start();
  return {
    settle: () => worker.settle(),
    close: async () => void (await Promise.all([worker.stop(), sender.stop(), mailer.stop()])),
  };
}
