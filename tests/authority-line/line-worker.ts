import { flushCompileCache } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import { createLogger, loadConfig, openDeployment } from '../../packages/server/src/main/index.ts';
import { runWorker } from '../../packages/server/src/main/worker.ts';
import { openLineClock } from './line-clock.ts';

/** A worker to be killed: `node … CONFIG CLOCK`. It is a worker as it ships but for its clock. */
const [, , configFile = '', clockFile = ''] = process.argv;
const clock = openLineClock(clockFile);
const logger = createLogger('warn');

async function untilOpen() {
  for (;;) {
    try {
      return await openDeployment(loadConfig(configFile, {}), { clock, logger });
    } catch (error) {
      if (!isFault(error, 'store.unavailable')) throw error;
      await pause(50);
    }
  }
}
runWorker(await untilOpen());
// Whoever is killed writes nothing at its end, and the next one would compile everything again.
flushCompileCache();
process.stdout.write('worker runs\n');
