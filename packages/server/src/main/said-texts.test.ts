import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { clearAudit } from '../flows/audit/clear-audit.ts';
import { sealAudit, sealMarginMs } from '../flows/audit/seal-audit.ts';
import { verifyAudit } from '../flows/audit/verify-audit.ts';
import { recordAudit } from '../flows/command/audit.ts';
import { sayIn, withWords } from '../flows/command/said.ts';
import { inWorkerTransaction } from '../flows/command/step.ts';
import { createLogger } from '../http/log.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { settleTime } from './testing/settled-time.ts';

const clock = { nowMs: Date.parse('2023-03-01T02:00:00.000Z') };
const config = parseConfig({
  provider: 'tencent',
  name: { zh: '测试', en: 'Test' },
  authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
});
const options = { inMemory: true, logger: createLogger('silent') } as const;

test('what was said in the audit is covered by its seals, and goes with the rows; what is said elsewhere stays', async () => {
  const { deps, open, close } = await openDeployment(config, {
    ...options,
    clock: { now: () => new Date(clock.nowMs).toISOString() },
  });
  const say = (where: 'audit' | 'elsewhere', words: string) =>
    inWorkerTransaction(deps, async (step) => {
      const reason = await sayIn(step, where, words);
      await recordAudit(step, 'CodeRevealed', { kind: 'code', id: 'code_1' }, { reason });
      return reason;
    });
  const sealAll = async () => {
    clock.nowMs += 2 * sealMarginMs;
    while ((await sealAudit(deps)) > 0);
  };
  const verify = () => verifyAudit(deps, { from: null, to: null });
  const [one, two] = [await say('audit', '陈启明 13900001234'), await say('elsewhere', '另一个原因')];
  await sealAll();
  expect(await withWords(deps, { list: [{ one }, `${two}。`], other: 1 })).toEqual({
    list: [{ one: '陈启明 13900001234' }, '另一个原因。'],
    other: 1,
  });
  expect((await verify()).difference).toBeNull();

  await sql`CREATE TABLE kept AS SELECT * FROM said_text`.execute(open.kysely);
  const id = one.slice(1, one.indexOf('.'));
  // Other words, which the keys have sealed as well: they belong to their own place.
  await sql`UPDATE said_text SET sealed_text = (SELECT sealed_text FROM said_text WHERE id <> ${id}) WHERE id = ${id}`.execute(
    open.kysely,
  );
  expect((await verify()).difference).toMatchObject({ what: 'words_changed', seal: 1 });
  expect(await withWords(deps, one)).toContain('无法读取');
  await sql`UPDATE said_text SET sealed_text = kept.sealed_text FROM kept WHERE kept.id = said_text.id`.execute(
    open.kysely,
  );
  expect((await verify()).difference).toBeNull();

  clock.nowMs += 4 * 366 * 86_400_000;
  await say('audit', '最近');
  await sealAll();
  await settleTime(deps);
  for (;;) if ((await clearAudit(deps, (error) => expect(error).toBeNull())) === 0) break;
  const { rows } = await sql<{ id: string }>`SELECT id FROM said_text ORDER BY id`.execute(open.kysely);
  expect(rows.map((row) => row.id === id)).toEqual([false, false]);
  expect((await verify()).difference).toBeNull();
  await close();
}, 60_000);
