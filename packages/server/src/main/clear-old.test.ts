import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../flows/command/call.ts';
import { createLogger } from '../http/log.ts';
import { parseConfig } from './config.ts';
import { type Deployment, openDeployment } from './deployment.ts';
import { loadSample } from './sample/load-sample.ts';
import { runWorker } from './worker.ts';

const actor: Actor = { userId: 'usr-xinghe', role: 'customer', accountId: 'acct-xinghe' };
const dayMs = 86_400_000;
let nowMs = Date.parse('2026-11-21T02:00:00.000Z');
let deployment: Deployment;

beforeAll(async () => {
  const config = parseConfig({
    provider: 'xingyun',
    name: { zh: '星云', en: 'Xingyun' },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
    keep: { idempotencyDays: 3, undoDays: 2 },
    worker: { pollMs: 60_000 },
  });
  const clock = { now: () => new Date(nowMs).toISOString() };
  deployment = await openDeployment(config, { clock, inMemory: true, logger: createLogger('silent') });
  await loadSample(deployment);
}, 60_000);
afterAll(() => deployment.close());

it('a request is repeated with its first answer until its key is old; then the worker clears it away and it is a new one', async () => {
  const issue = () =>
    deployment.flows.issueCodes(
      { actor, idempotencyKey: 'once' },
      { resourceId: 'xy-web-1', count: 1, granteeAccountId: null, note: '' },
    );
  const first = await issue();
  const worker = runWorker(deployment);
  try {
    // Kept for three days, and for two more in which a wrong clock could be set right.
    for (let day = 0; day < 5; day += 1) {
      await worker.settle();
      nowMs += dayMs;
    }
    nowMs -= 1;
    await worker.settle();
    expect((await issue()).codes[0]?.clear).toBe(first.codes[0]?.clear);
    nowMs += dayMs + 1;
    await worker.settle();
    const second = await issue();
    expect(second.codes[0]?.clear).not.toBe(first.codes[0]?.clear);
  } finally {
    await worker.close();
  }
});
