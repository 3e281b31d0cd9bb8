import { readFileSync, writeSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import { createLogger, loadConfig, openDeployment } from '../../packages/server/src/main/index.ts';
import { type Answer, type AnswerLine, inLanes, keyOf } from './attempts.ts';
import { chaosActor, chaosResource } from './chaos-deployment.ts';

/**
 * A process to be killed: `node … CONFIG ATTEMPTS LANES`. Issues one code for each attempt of the file ATTEMPTS (a JSON
 * array of numbers) through the real flow, LANES at a time, and tells each answer in one line of a synchronous pipe. An
 * unavailable database is asked again under the same key. Anything else that goes wrong ends it with status 1.
 */
const [, , configFile = '', attemptsFile = '', lanes = ''] = process.argv;
const attempts = JSON.parse(readFileSync(attemptsFile, 'utf8')) as number[];

async function untilOpen() {
  for (;;) {
    try {
      return await openDeployment(loadConfig(configFile, {}), { logger: createLogger('silent') });
    } catch (error) {
      if (!isFault(error, 'store.unavailable')) throw error;
      await pause(50);
    }
  }
}
const { flows, close } = await untilOpen();

async function answerOf(attempt: number): Promise<Answer> {
  const input = { resourceId: chaosResource, count: 1, granteeAccountId: null, note: '' };
  for (;;) {
    try {
      const { codes } = await flows.issueCodes({ actor: chaosActor, idempotencyKey: keyOf(attempt) }, input);
      return { issued: codes.map(({ clear, code }) => ({ id: code.id, clear })) };
    } catch (error) {
      if (!isFault(error)) throw error;
      if (error.code !== 'store.unavailable') return { refused: error.code };
      await pause(20 + Math.random() * 30);
    }
  }
}

await inLanes(attempts, Number(lanes), async (attempt) => {
  const line: AnswerLine = { attempt, answer: await answerOf(attempt) };
  // Whole lines below the pipe's atomic size; written before anything else happens.
  writeSync(1, `${JSON.stringify(line)}\n`);
});
await close();
