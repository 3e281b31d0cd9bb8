import { readFileSync } from 'node:fs';
import { manualClock } from '@openbeian/authority-sim';
import type { SampleDeployment } from '@openbeian/server/main';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { applicationOf, startedFiling } from './filing-by-api.ts';
import { onPhone, openTestConsole, type TestConsole } from './test-console.ts';
import type { Visitor } from './visitor.ts';

/** As long as the pages themselves are waited for. */
const soon = { timeout: 15_000 };

/** Everything else that the console does with codes: finding, moving and taking them away, programs, reminders, giving up. */
describe.skipIf(requireProgram('chromium') === null)('codes in the console', () => {
  let testConsole: TestConsole;
  let deployment: SampleDeployment;
  let company: Visitor;
  let clear: string[] = [];
  const open = (visitor: Visitor, path: string) => testConsole.open(visitor, path);

  // Each test has a deployment of its own: none depends on what another did, nor on their order.
  beforeEach(async () => {
    clear = [];
    testConsole = await openTestConsole({ withHistory: true, clock: manualClock('2026-11-23T01:30:00.000Z') });
    deployment = testConsole.deployment;
    const api = await testConsole.apiOf('xinghe');
    for (const [resourceId, note] of [
      ['xy-renew-soon', '港口分公司'],
      ['xy-web-1', '总部官网'],
      ['xy-web-1', '=HYPERLINK("x")'],
    ] as const) {
      const { codes } = await api.issueCodes({ params: { resourceId }, body: { note } });
      clear.push(...codes.map((one) => one.clear));
    }
    company = await testConsole.visit('xinghe');
  });
  afterEach(async () => {
    const complaints = testConsole.visitors.flatMap((visitor) => visitor.complaints);
    await testConsole.close();
    expect(complaints).toEqual([]);
  });

  it('finds codes by state, resource and note, and the address keeps the filter', async () => {
    const { page } = company;
    await open(company, '/codes');
    const rows = page.getByRole('table', { name: '备案授权码' }).getByRole('row');
    await expect.poll(() => rows.count(), soon).toBe(1 + 5);
    await company.picture('customer-codes-filter');
    await page.getByLabel('按状态筛选').click();
    await page.getByTitle('未使用 (4)', { exact: true }).click();
    await expect.poll(() => rows.count(), soon).toBe(1 + 4);
    await page.getByLabel('云资源编号').fill('xy-web-1');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows.count(), soon).toBe(1 + 3);
    await page.getByLabel('备注、末四位或账号').fill('总部');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows.count(), soon).toBe(1 + 1);
    await page.reload();
    await expect.poll(() => rows.count(), soon).toBe(1 + 1);
    await page.getByLabel('备注、末四位或账号').fill('没有这样的备注');
    await page.keyboard.press('Enter');
    await page.getByText('没有符合筛选条件的授权码').waitFor();
    await page.getByRole('button', { name: '清除筛选' }).click();
    await expect.poll(() => rows.count(), soon).toBe(1 + 5);
  });

  it('keeps in the address what a list is narrowed by: Back from a row leads to the same list, and its file has no more', async () => {
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    const { filings } = await (await testConsole.apiOf('reviewer')).listFilings({ query: { limit: 1 } });
    const { domainName = '' } = filings[0] ?? {};
    await open(reviewer, '/filings?order=due');
    await page.getByLabel('域名、备案号或网站名称').fill(domainName.slice(0, -1));
    await page.keyboard.press('Enter');
    await page.waitForURL(/search=/);
    await page.getByRole('link', { name: domainName }).click();
    await page.waitForURL(/\/filings\/fil_/);
    await page.goBack();
    await page.getByRole('link', { name: domainName }).waitFor();
    expect(new URL(page.url()).searchParams.get('order')).toBe('due');
    expect(await page.getByLabel('域名、备案号或网站名称').inputValue()).toBe(domainName.slice(0, -1));
    const saving = page.waitForEvent('download');
    await page.getByRole('button', { name: '导出' }).click();
    const csv = readFileSync(await (await saving).path(), 'utf8');
    const [heads = '', ...rows] = csv.trim().split('\r\n');
    expect(heads).toContain('域名');
    expect(rows.length).toBeGreaterThan(0);
    for (const row of rows) expect(row).toContain(domainName);
    await page.getByRole('button', { name: '列表设置' }).click();
    await page.getByRole('checkbox', { name: '备案省份' }).check();
    await page.reload();
    await page.getByRole('columnheader', { name: '备案省份' }).waitFor();
    await reviewer.picture('reviewer-filings-narrowed');
  });

  it('takes what the filter shows away as a file, without the codes', async () => {
    const { page } = company;
    await open(company, '/codes?resource=xy-web-1&state=unused');
    const take = async (format: string) => {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: '导出' }).click();
      await page.getByRole('menuitem', { name: format }).click();
      return readFileSync(await (await download).path(), 'utf8');
    };
    const csv = await take('CSV');
    expect(csv.split('\r\n')[0]).toMatch(/^\uFEFFid,resourceId,.*,note$/);
    expect(csv.trim().split('\r\n')).toHaveLength(4);
    // A note is no formula for a spreadsheet.
    expect(csv).toContain(`"'=HYPERLINK(""x"")"`);
    const json = await take('JSON');
    const { codes } = JSON.parse(json) as { codes: { state: string; resourceId: string }[] };
    expect(codes).toHaveLength(3);
    expect(new Set(codes.map(({ state, resourceId }) => `${state} ${resourceId}`))).toEqual(
      new Set(['unused xy-web-1']),
    );
    for (const code of clear) for (const file of [csv, json]) expect(file).not.toContain(code);
  });

  it('points an unused code at another resource, and shows why others will not do', async () => {
    const { page } = company;
    await open(company, '/codes?search=总部官网');
    await page.getByRole('button', { name: '更换云资源' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('radio', { name: 'xy-no-ip' }).waitFor();
    expect(await dialog.getByRole('radio', { name: 'xy-no-ip' }).isDisabled()).toBe(true);
    expect(await dialog.getByRole('button', { name: '更换云资源' }).isDisabled()).toBe(true);
    await company.picture('customer-code-repoint');
    await dialog.getByRole('radio', { name: 'xy-web-2' }).check();
    await dialog.getByRole('button', { name: '更换云资源' }).click();
    await page.getByRole('cell', { name: 'xy-web-2' }).waitFor();
  });

  it('says whether a code would work, and if not every reason with how to fix it', async () => {
    const { page } = company;
    await open(company, '/codes?tab=verify');
    const ask = async (code: string, account: string) => {
      await page.getByLabel('授权码', { exact: true }).fill(code);
      await page.getByLabel('使用账号').fill(account);
      await page.getByLabel('备案域名').fill('verify-story.cn');
      await page.getByRole('button', { name: '核验' }).click();
    };
    const [good = ''] = clear;
    await ask(good, 'acct-xinghe');
    await page.getByText('该授权码可用').waitFor();
    await page.getByRole('heading', { name: 'verify-story.cn' }).waitFor();
    await company.picture('customer-code-verified');
    // One letter typed wrong: nothing of the answer before is left.
    const wrong = good.slice(0, -1) + (good.endsWith('A') ? 'B' : 'A');
    await page.getByLabel('授权码', { exact: true }).fill(wrong);
    await expect.poll(() => page.getByText('该授权码可用').count(), soon).toBe(0);
    await ask(wrong, 'acct-xinghe');
    await page.getByRole('button', { name: /code\.mistyped/ }).waitFor();
    await page.getByText('该授权码不可用').waitFor();
    await page.getByText('处理办法').first().waitFor();
    await company.picture('customer-code-unusable');
  });

  it('makes a key for a program, shows it once, and ends it', async () => {
    const { page } = company;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByRole('link', { name: 'API 密钥' }).click();
    await page.getByText('暂无 API 密钥').waitFor();
    await page.getByRole('button', { name: '新建密钥' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '新建密钥' }).click();
    await dialog.getByText('请至少选择一项').waitFor();
    await dialog.getByLabel('名称').fill('工单系统');
    await dialog.getByLabel('查看授权码').check();
    await company.picture('customer-key-new');
    await dialog.getByRole('button', { name: '新建密钥' }).dblclick();
    await dialog.getByText('密钥已创建').waitFor();
    const secret = (await dialog.getByRole('code').innerText()).trim();
    await company.picture('customer-key-shown');
    await dialog.getByRole('button', { name: '复制' }).click();
    await dialog.getByRole('button', { name: '已复制' }).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(secret);
    await dialog.getByRole('button', { name: '我已保存' }).click();
    await page.getByText('从未使用').waitFor();
    expect(await page.content()).not.toContain(secret);

    const list = () => fetch(`${deployment.url}/api/v1/codes`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await list()).status).toBe(200);
    await page.reload();
    await page.getByRole('cell', { name: '2026-11-23' }).first().waitFor();
    expect(await page.getByText('从未使用').count()).toBe(0);
    await page.getByRole('button', { name: '轮换' }).click();
    await dialog.getByRole('button', { name: '轮换' }).click();
    await dialog.getByText('新密钥已生效').waitFor();
    expect((await dialog.getByRole('code').innerText()).trim()).not.toBe(secret);
    await dialog.getByRole('button', { name: '我已保存' }).click();
    await page.getByText('旧密钥有效至').waitFor();
    expect((await list()).status).toBe(200);
    await company.picture('customer-keys');
    await page.getByRole('button', { name: '吊销' }).click();
    await dialog.getByRole('button', { name: '吊销' }).click();
    await page.getByRole('table', { name: 'API 密钥' }).getByText('已吊销').waitFor();
    expect((await list()).status).toBe(401);
  });

  it('registers an address for events, shows its deliveries, sends one again, pauses and deletes it', async () => {
    const { page } = company;
    await page.getByRole('link', { name: 'Webhook（事件订阅）' }).click();
    await page.getByRole('button', { name: '添加地址' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('接收地址').fill('http://10.0.0.1/hook');
    await dialog.getByRole('button', { name: '添加地址' }).click();
    await dialog.getByRole('alert').getByText('请修改标红的内容后重新提交').waitFor();
    await dialog.getByLabel('接收地址').fill('https://receiver.invalid/hook');
    await dialog.getByRole('button', { name: '添加地址' }).click();
    await dialog.getByText('地址已添加').waitFor();
    expect(await dialog.getByRole('code').innerText()).toMatch(/^whsec_/);
    await company.picture('customer-webhook-shown');
    await dialog.getByRole('button', { name: '我已保存' }).click();
    await page.getByRole('link', { name: 'https://receiver.invalid/hook' }).click();
    await page.getByRole('button', { name: '发送测试事件' }).click();
    const row = page.getByRole('row', { name: '测试事件' });
    await row.getByText('待投递').waitFor();
    await deployment.rest();
    await row.getByText('域名无法解析').waitFor();
    await row.getByText('请求内容').click();
    await row.getByText('"type"').waitFor();
    await company.picture('customer-webhook');
    await row.getByRole('button', { name: '重新发送' }).click();
    await page.getByText('已重新提交').waitFor();
    await page.getByRole('button', { name: '暂停' }).click();
    await page.getByText('已手动暂停').waitFor();
    expect(await page.getByRole('button', { name: '重新发送' }).count()).toBe(0);
    await page.getByRole('button', { name: '恢复' }).click();
    await page.getByRole('button', { name: '发送测试事件' }).waitFor();
    await page.getByRole('button', { name: '更换签名密钥' }).click();
    await dialog.getByRole('button', { name: '轮换' }).click();
    expect(await dialog.getByRole('code').innerText()).toMatch(/^whsec_/);
    await dialog.getByRole('button', { name: '我已保存' }).click();
    await page.getByText('旧密钥有效至').waitFor();
    await page.getByRole('button', { name: '删除' }).click();
    await dialog.getByRole('button', { name: '删除' }).click();
    await page.getByText('暂无接收地址').waitFor();
  });

  it('reminds of codes that will stop, and of what is unread', async () => {
    const { page } = company;
    await deployment.rest();
    await open(company, '/notices');
    const notices = page.getByRole('list', { name: '通知' });
    await notices.getByText('xy-renew-soon').waitFor();
    // Besides those of codes, the account is told of each step of its filings.
    const { unread } = await (await testConsole.apiOf('xinghe')).listNotices({});
    expect(unread).toBeGreaterThan(0);
    await page.getByRole('link', { name: new RegExp(`通知 ${unread}$`) }).waitFor();
    await page.getByRole('link', { name: `通知，${unread} 条未读`, exact: true }).waitFor();
    const stopping = page.getByRole('region', { name: '即将失效的授权码' });
    await stopping.getByRole('cell', { name: '港口分公司' }).waitFor();
    await company.picture('customer-notices');
    await stopping.getByText('1 天内', { exact: true }).click();
    await stopping.getByText('1 天内没有授权码失效').waitFor();
    await page.getByRole('button', { name: '全部标为已读' }).click();
    await expect.poll(() => page.getByRole('link', { name: /通知 \d+$|条未读$/ }).count(), soon).toBe(0);
    await page.getByLabel('只看未读').check();
    await page.getByText('暂无通知').waitFor();
  });

  it('gives a filing up, whose code is free again and can be revoked', async () => {
    const individual = await testConsole.visit('ruoxi');
    const { page } = individual;
    // What was granted can be filed with; what is bound leads to its filing.
    await open(individual, '/codes?tab=granted');
    await page.locator('td [title="acct-xinghe"]').first().waitFor();
    await page.getByRole('link', { name: '查看订单' }).waitFor();
    await individual.picture('customer-codes-granted');
    await page.getByRole('link', { name: '发起备案' }).click();
    await page.getByLabel('域名').waitFor();

    await open(individual, '/filings');
    await page.getByRole('link', { name: 'ruoxi-example.cn' }).click();
    await page.getByRole('button', { name: '放弃订单' }).click();
    await page.getByRole('dialog').getByText('订单将关闭且不可恢复').waitFor();
    await individual.picture('customer-filing-abandon');
    await page.getByRole('dialog').getByRole('button', { name: '放弃订单' }).click();
    await page.getByText('订单已关闭').waitFor();
    expect(await page.getByRole('button', { name: '提交初审' }).count()).toBe(0);

    await open(company, '/codes?search=合作伙伴');
    const mine = company.page;
    await mine.getByRole('cell', { name: '未使用' }).first().waitFor();
    expect(await mine.getByRole('cell', { name: '未使用' }).count()).toBe(2);
    await mine.getByRole('button', { name: '撤销' }).first().click();
    await mine.getByRole('dialog').getByRole('button', { name: '撤销' }).click();
    await mine.getByText('已撤销').waitFor();
    expect(await mine.getByRole('button', { name: '撤销' }).count()).toBe(1);
  });

  it('withdraws a filing that waits for review, and an operator takes one back, saying why', async () => {
    const yunfan = await testConsole.visit('yunfan');
    await open(yunfan, '/filings');
    await yunfan.page.getByRole('link', { name: 'yunfan-shop-example.cn' }).click();
    await yunfan.page.getByRole('button', { name: '撤回修改' }).click();
    await yunfan.page.getByRole('dialog').getByRole('button', { name: '撤回修改' }).click();
    await yunfan.page.getByRole('button', { name: '提交初审' }).click();
    await yunfan.page.getByText('接入商初审中').waitFor();

    const operator = await testConsole.visit('operator');
    const { page } = operator;
    await page.getByRole('link', { name: 'yunfan-shop-example.cn' }).click();
    await page.getByRole('button', { name: '撤回订单' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: '撤回订单' }).click();
    await dialog.getByText('请填写原因说明，至少两个字').waitFor();
    await dialog.getByLabel('撤回原因').fill('客户来电要求更正');
    await operator.picture('operator-recall');
    await dialog.getByRole('button', { name: '撤回订单' }).click();
    await dialog.waitFor({ state: 'detached' });
    await yunfan.page.reload();
    await yunfan.page.getByText('客户来电要求更正').first().waitFor();
    await yunfan.picture('customer-filing-recalled');
    await openAudit(operator, page);
  });

  /** The audit says in people's words what was done. */
  async function openAudit(operator: Visitor, page: Page): Promise<void> {
    await page.getByRole('link', { name: '审计记录' }).click();
    for (const action of ['运营人员撤回订单', '客户撤回订单']) {
      await page.getByRole('cell', { name: action }).first().waitFor();
    }
    await operator.picture('operator-audit');
  }

  it('names in the audit a discarded filing, a revoked code and a new API key', async () => {
    const individual = await testConsole.apiOf('individual');
    const filing = await startedFiling(testConsole, applicationOf(71, 'discarded-example.cn'));
    await individual.abandonFiling({ params: { filingId: filing.id }, body: { version: filing.version } });
    const xinghe = await testConsole.apiOf('xinghe');
    const { codes } = await xinghe.issueCodes({ params: { resourceId: 'xy-web-1' }, body: {} });
    const codeId = codes[0]?.code.id ?? 'none';
    await xinghe.revokeCode({ params: { codeId } });
    const { apiKey } = await xinghe.createApiKey({ body: { name: '对账程序', scopes: ['codes:read'] } });

    const operator = await testConsole.visit('operator');
    for (const [action, objectId] of [
      ['放弃备案', filing.id],
      ['撤销授权码', codeId],
      ['新建 API 密钥', apiKey.id],
    ] as const) {
      await open(operator, `/audit?object=${encodeURIComponent(objectId)}`);
      const row = operator.page.getByRole('row').filter({ hasText: objectId });
      await row.filter({ hasText: action }).first().waitFor();
    }
  });

  it('fits a phone, in English too', async () => {
    await open(company, '/');
    await company.page.getByText('English').click();
    const paths = [
      '/',
      '/codes',
      '/codes?tab=verify',
      '/notices',
      '/api-keys',
      '/webhooks',
      '/resources',
      '/resources/xy-no-ip',
    ];
    expect(await onPhone(testConsole, company, 'phone-en', paths)).toEqual({});
  });
});
