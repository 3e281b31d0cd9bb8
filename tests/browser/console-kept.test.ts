import { fictionalPerson } from '@openbeian/model/fictional';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { openTestConsole, type TestConsole } from './test-console.ts';
import type { Visitor } from './visitor.ts';

/** What somebody typed, and where they were, outlasts a lost network, a new console, a reload and an ended session. */
describe.skipIf(requireProgram('chromium') === null)('what the console keeps', () => {
  let testConsole: TestConsole;

  beforeEach(async () => {
    testConsole = await openTestConsole();
  });
  afterEach(() => testConsole.close());

  const focused = ({ page }: Visitor) => page.evaluate(() => document.activeElement?.id);

  it('fetches again what could not be fetched, by itself once there is a network', async () => {
    const visitor = await testConsole.visit('xinghe');
    const { page } = visitor;
    await page.getByRole('link', { name: '我的云资源' }).waitFor();
    await page.route('**/assets/resources-page*', (route) => route.abort());
    await page.getByRole('link', { name: '我的云资源' }).click();
    await page.getByText('页面未能加载').waitFor();
    await visitor.picture('customer-page-not-fetched');
    await page.unroute('**/assets/resources-page*');
    await page.getByRole('button', { name: '重试' }).click();
    await page.getByRole('heading', { name: '我的云资源' }).waitFor();

    await page.context().setOffline(true);
    await page.getByText('网络已断开').waitFor();
    await page.getByRole('link', { name: '备案授权码' }).click();
    await page.getByText('无法连接服务器').waitFor();
    await visitor.picture('customer-offline');
    await page.context().setOffline(false);
    await page.getByRole('heading', { name: '备案授权码' }).waitFor();
    expect(await page.getByText('网络已断开').count()).toBe(0);
  });

  it('loads the console of the server where that has a newer one, at the page that was asked for', async () => {
    const { page } = await testConsole.visit('xinghe');
    await page.getByRole('link', { name: '我的云资源' }).waitFor();
    let isOld = true;
    await page.route('**/assets/records-page*', (route) => (isOld ? route.abort() : route.continue()));
    await page.route(`${testConsole.deployment.url}/`, async (route) => {
      const answer = await route.fetch();
      isOld = false;
      const body = (await answer.text()).replace(/(openbeian-build" content=")[^"]+/, '$1newer');
      await route.fulfill({ response: answer, body });
    });
    await page.evaluate(() => Object.assign(window, { before: true }));
    await page.getByRole('link', { name: '备案记录' }).click();
    await page.getByRole('heading', { name: '备案记录' }).waitFor();
    expect(await page.evaluate(() => 'before' in window)).toBe(false);
    expect(new URL(page.url()).pathname).toBe('/records');
  });

  it('keeps what is typed before a filing is started, through a reload, Back and a session that ended', async () => {
    const visitor = await testConsole.visit('individual');
    const { page } = visitor;
    const number = page.getByLabel('证件号码');
    await testConsole.open(visitor, '/filings/new');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByText('请填写域名', { exact: true }).waitFor();
    await expect.poll(() => focused(visitor)).toBe('domainName');
    await page.getByLabel('域名', { exact: true }).fill('kept.cn');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('主体备案号').fill('粤ICP备2026000123号');
    await number.fill(fictionalPerson(11).residentId);
    await page.reload();
    await page.getByText('已恢复之前填写的内容').waitFor();
    expect(await page.getByLabel('主体备案号').inputValue()).toBe('粤ICP备2026000123号');
    expect(await number.inputValue()).toBe('');
    await page.goBack();
    await expect.poll(() => page.getByLabel('域名', { exact: true }).inputValue()).toBe('kept.cn');
    await page.goForward();
    await page.getByRole('combobox', { name: '备案省份' }).click();
    await page.keyboard.type('广东');
    await page.keyboard.press('Enter');
    await page.getByLabel('主体备案号').fill('');
    await page.getByRole('button', { name: '验证备案类型' }).click();
    await expect.poll(() => focused(visitor)).toBe('certificateNumber');

    await number.fill(fictionalPerson(11).residentId);
    await page.context().clearCookies();
    await page.getByRole('button', { name: '验证备案类型' }).click();
    const dialog = page.getByRole('dialog', { name: '登录已失效' });
    await dialog.getByLabel('密码').fill(testConsole.loginOf('individual').password);
    await visitor.picture('customer-signs-in-again');
    await dialog.getByRole('button', { name: '登录', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    expect(await number.inputValue()).toBe(fictionalPerson(11).residentId);
    await page.getByRole('button', { name: '验证备案类型' }).click();
    await page.getByText('首次备案').first().waitFor();
    await expect.poll(() => page.evaluate(() => JSON.stringify(history.state).includes('started'))).toBe(true);
    await page.reload();
    await page.getByRole('link', { name: '填写备案信息' }).waitFor();
    expect(await page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.includes('.kept.')))).toEqual([]);
  });

  it('gives the focus back to what opened a dialog, and asks the server only for what changed', async () => {
    const visitor = await testConsole.visit('xinghe');
    const { page } = visitor;
    const unchanged: string[] = [];
    page.on('response', (answer) => {
      if (answer.status() === 304) unchanged.push(new URL(answer.url()).pathname);
    });
    await testConsole.open(visitor, '/resources/xy-web-2');
    const opener = page.getByRole('button', { name: '生成授权码' });
    await opener.click();
    await expect.poll(() => page.evaluate(() => document.activeElement instanceof HTMLInputElement)).toBe(true);
    await page.getByRole('dialog').getByRole('button', { name: '取消' }).click();
    await expect.poll(() => opener.evaluate((button) => button === document.activeElement)).toBe(true);
    // Asked for again as this page is opened again.
    for (const name of ['概览', '我的备案', '概览']) {
      await page.getByRole('navigation', { name: '导航菜单' }).getByRole('link', { name }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await visitor.quiet();
      // What was read less than five seconds ago is not asked for.
      await page.waitForTimeout(5100);
    }
    expect(unchanged).toContain('/api/v1/filings');
  });
});
