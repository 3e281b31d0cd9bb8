import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureConsoleBuilt } from '@openbeian/console/build';
import { openDeployment, parseConfig, startServer, startWorker } from '@openbeian/server/main';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUser } from '../../packages/server/src/auth/users.ts';
import { createLogger } from '../../packages/server/src/http/log.ts';
import { makeKeyRing, writeNewKeyRing } from '../../packages/server/src/secrets/index.ts';
import { requireProgram } from '../support/require-program.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { startChromium } from '../support/start-chromium.ts';
import { openVisitor, signIn, type Visitor } from './visitor.ts';

const database = await createTestDatabase();
/** The page asks again every ten seconds, and a worker reports when it starts. */
const soon = { timeout: 30_000 };

describe.skipIf(requireProgram('chromium') === null || database === null)('the page of operations', () => {
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-operations-'));
  const endings: (() => unknown)[] = [() => database?.drop(), () => rmSync(folder, { recursive: true })];
  const logger = createLogger('silent');
  const keyRingFile = join(folder, 'keys.json');
  const config = () =>
    parseConfig({
      provider: 'xingyun',
      name: { zh: '星云', en: 'Xingyun' },
      database: { url: database?.url ?? '' },
      keyRingFile,
      materials: { directory: join(folder, 'materials') },
      authority: { adapter: 'manual' },
      http: { port: 0 },
    });
  let operator: Visitor;
  let parkOne: () => Promise<void>;

  beforeAll(async () => {
    writeNewKeyRing(keyRingFile, makeKeyRing());
    const deployment = await openDeployment(config(), { logger });
    endings.push(() => deployment.close());
    const person = {
      login: 'chen',
      password: 'the right one',
      displayName: '陈',
      role: 'operator',
      accountId: null,
    } as const;
    await createUser(await deployment.library(), person);
    parkOne = () =>
      deployment.deps.store.transaction((tx) =>
        tx.workFailures.put({
          kind: 'clock',
          itemId: 'cod_gone',
          payload: null,
          sealedPayload: null,
          failedAt: new Date().toISOString(),
          retryAt: null,
          lastError: 'TypeError: a test',
        }),
      );
    const server = await startServer(config(), { logger, consoleFolder: await ensureConsoleBuilt() });
    endings.push(() => server.close());
    const chromium = await startChromium();
    if (chromium === null) throw new Error('unreachable: skipped without Chromium');
    endings.push(() => chromium.stop());
    operator = await openVisitor(chromium, server.url);
    endings.push(() => operator.close());
    await signIn(operator.page, server.url, person);
  }, 240_000);
  afterAll(async () => {
    for (const end of endings.reverse()) await end();
  });

  it('names what does not work, is acted on, and is well again', async () => {
    const { page } = operator;
    await parkOne();
    await page.getByRole('link', { name: '运行状态' }).click();
    const overall = page.getByRole('status', { name: '总体' });
    await overall.getByText('2 项需处理').waitFor();
    expect(await overall.getByRole('link').allInnerTexts()).toEqual(['后台进程（worker）', '已搁置的任务']);
    const workers = page.locator('#operations-workers');
    await workers.getByText('没有 worker 在运行').waitFor();
    expect(await workers.innerText()).toContain('启动 worker');
    await operator.picture('operator-operations-failing');
    // By keyboard alone: to the item, then to what can be done about it.
    await overall.getByRole('link', { name: '已搁置的任务' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    const retry = page.getByRole('button', { name: '重试全部已搁置的“计算授权码失效日期”' });
    for (let key = 0; key < 4 && !(await retry.evaluate((one) => one === document.activeElement)); key += 1) {
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').getByRole('button', { name: '重试全部已搁置的“计算授权码失效日期”' }).click();
    const parked = page.locator('#operations-parked');
    await parked.getByText('没有已搁置的任务').waitFor(soon);
    await overall.getByText('1 项需处理').waitFor();
    const worker = await startWorker(config(), { logger });
    endings.push(() => worker.close());
    await overall.getByText('全部正常').waitFor(soon);
    await workers.getByText('1 个 worker 在运行').waitFor();
    // What nobody can know here is no alarm.
    await page.locator('#operations-certificate').getByText('无法得知', { exact: true }).waitFor();
    await operator.picture('operator-operations-well');
    expect(operator.complaints).toEqual([]);
  }, 120_000);

  it('fits a phone, in both languages', async () => {
    const { page } = operator;
    await page.setViewportSize({ width: 390, height: 844 });
    for (const language of ['zh', 'en']) {
      await page.evaluate((chosen) => localStorage.setItem('openbeian.language', chosen), language);
      await page.reload();
      await operator.quiet();
      const { scrollWidth, clientWidth } = await page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return { scrollWidth, clientWidth };
      });
      expect(scrollWidth).toBeLessThanOrEqual(clientWidth);
      await operator.picture(`phone-operations-${language}`);
    }
    expect(operator.complaints).toEqual([]);
  }, 60_000);
});
