import { manualClock } from '@openbeian/authority-sim';
import { fictionalPerson } from '@openbeian/model/fictional';
import type { SampleDeployment } from '@openbeian/server/main';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { type House, onPhone, openHouse } from './house.ts';
import type { Visitor } from './visitor.ts';

/** The main job by hand, in a browser: from a server to a code to a number, and everything on the way that goes wrong. */
const person = fictionalPerson(42);
const domainName = 'browser-story.cn';

describe.skipIf(requireProgram('chromium') === null)('the story in the console', () => {
  let house: House;
  let deployment: SampleDeployment;
  let company: Visitor;
  let individual: Visitor;
  let reviewer: Visitor;
  let clearCode = '';

  beforeAll(async () => {
    house = await openHouse({ clock: manualClock('2026-11-23T01:30:00.000Z') });
    deployment = house.deployment;
  });
  afterAll(() => house?.close());
  const open = (visitor: Visitor, path: string) => house.open(visitor, path);

  it('shows a company its servers, with every reason and what mends it', async () => {
    company = await house.visit('xinghe');
    const { page } = company;
    await company.picture('customer-overview');
    await page.getByRole('link', { name: '我的云资源' }).click();
    await page.getByRole('link', { name: 'xy-no-ip' }).waitFor();
    await company.picture('customer-resources');
    expect(await page.title()).toBe('我的云资源 · OpenBeian');
    await page.getByRole('link', { name: 'xy-no-ip' }).click();
    const issue = page.getByRole('region', { name: '是否可生成备案授权码' });
    await issue.getByText('resource.no_public_ip').waitFor();
    await issue.getByText('resource.no_public_bandwidth').waitFor();
    expect(await issue.getByText('处理办法').count()).toBe(2);
    expect(await issue.getByRole('button', { name: '生成授权码' }).isDisabled()).toBe(true);
    await company.picture('customer-resource-refused');
  });

  it('issues one code on a double click, shows it once, and grants it', async () => {
    const { page } = company;
    await open(company, '/resources/xy-web-1');
    await page.getByRole('button', { name: '生成授权码' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('备注').fill('供个人站点备案使用');
    await dialog.getByRole('button', { name: '生成授权码' }).dblclick();
    await dialog.getByText('已生成 1 个授权码').waitFor();
    clearCode = (await dialog.locator('code').innerText()).trim();
    expect(clearCode.length).toBeGreaterThan(8);
    await company.picture('customer-code-issued');
    await dialog.getByRole('button', { name: '我已保存' }).click();
    const codes = page.getByRole('region', { name: '该资源的授权码' });
    await codes.getByText('共 1 条').waitFor();
    expect(await page.content()).not.toContain(clearCode);

    await page.getByRole('link', { name: '备案授权码' }).click();
    // The page before has such a button too, and stays until this one has been fetched.
    await page.getByRole('heading', { level: 1, name: '备案授权码' }).waitFor();
    await page.getByRole('button', { name: '授权', exact: true }).click();
    await page.getByLabel('账号编号').fill('acct-individual');
    await page.getByRole('dialog').getByRole('button', { name: '授权', exact: true }).click();
    await page.getByRole('cell', { name: 'acct-individual' }).waitFor();
    await company.picture('customer-codes');
  });

  it('finds out which filing it is, checks the form field by field and takes the code', async () => {
    individual = await house.visit('individual');
    const { page } = individual;
    await open(individual, `/host?host=www.${domainName}`);
    await page.getByText('已阻断').waitFor();
    await open(individual, '/filings/new');
    await page.getByLabel('域名').fill(domainName);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('备案省份').click();
    await page.getByLabel('备案省份').fill('广东');
    await page.keyboard.press('Enter');
    await page.getByLabel('证件号码').fill(person.residentId);
    await individual.picture('customer-start-filing');
    await page.getByRole('button', { name: '验证备案类型' }).click();
    await page.getByText('首次备案').first().waitFor();
    await individual.picture('customer-start-result');
    await page.getByRole('button', { name: '填写备案信息' }).click();

    const field = (path: string) => page.locator(`[data-field="${path}"]`);
    const fill = (path: string, text: string) => field(path).locator('input, textarea').fill(text);
    await fill('subject.name', person.name);
    await fill('subject.certificateAddress', person.address);
    await fill('subject.contactAddress', person.address);
    await fill('subject.principal.mobile', '12345');
    await fill('subject.principal.emergencyMobile', person.emergencyMobile);
    await fill('subject.principal.email', person.email);
    await fill('service.name', '小记');
    await fill('service.homeUrl', 'https://elsewhere.cn/');
    await choose(page, field('service.content'), '博客/个人空间');
    await field('service.languages').getByLabel('中文简体').check();
    await choose(page, field('service.preApproval'), '以上都不涉及');
    await page.getByText('已保存').waitFor();
    // Each mistake stands at its field, with rule and remedy.
    for (const [path, rule] of [
      ['subject.principal.mobile', 'mobile.form'],
      ['service.name', 'service_name.form'],
      ['service.homeUrl', 'url.of_domain_name'],
    ] as const) {
      await field(path).getByText(rule).waitFor();
      expect(await field(path).locator('.remedy').innerText()).not.toBe('');
    }
    await individual.picture('customer-form-errors');
    await page.getByRole('button', { name: '保存并返回' }).click();
    await page.getByText('3 项待处理').waitFor();
    await individual.picture('customer-filing-draft');
    await page.getByRole('button', { name: '提交初审' }).click();
    // The server refuses it too, naming the same.
    await page.getByRole('dialog').getByText('mobile.form').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();

    // The finding leads to its field.
    await page.getByRole('link', { name: '手机号码' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), { timeout: 15_000 }).toContain('mobile');
    await fill('subject.principal.mobile', person.mobile);
    await fill('service.name', '云帆小记');
    await fill('service.homeUrl', `https://www.${domainName}/`);
    await page.getByText('有未保存的修改').waitFor();
    await page.getByText('已保存').waitFor();
    await page.getByRole('button', { name: '保存并返回' }).click();
    await page.getByText('检查通过，可以提交。').waitFor();

    await page.getByRole('button', { name: '选择云资源或授权码' }).click();
    await page.getByRole('dialog').getByText('使用备案授权码').click();
    await page.getByRole('dialog').getByLabel('授权码', { exact: false }).last().fill(clearCode.toLowerCase());
    await individual.picture('customer-bind-code');
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText(`•••• ${clearCode.slice(-4)}`).waitFor();
    await page.getByRole('button', { name: '提交初审' }).click();
    await page.getByText('审核员正在审核').waitFor();
    await individual.picture('customer-filing-awaiting-review');
  });

  it('lets a reviewer return it at a field, and the correction pass', async () => {
    reviewer = await house.visit('reviewer');
    const { page } = reviewer;
    await page.getByRole('heading', { name: '待审订单' }).waitFor();
    await page.getByRole('link', { name: domainName }).waitFor();
    await reviewer.picture('reviewer-queue');
    await page.getByRole('link', { name: domainName }).click();
    await page.getByRole('button', { name: '驳回该项: 网站信息 网站名称' }).waitFor();
    expect(await page.content()).not.toContain(person.residentId);
    await reviewer.picture('reviewer-review');
    await page.getByRole('button', { name: '查看隐藏内容' }).click();
    await page.getByLabel('查看原因').fill('核对证件');
    await page.getByRole('dialog').getByRole('button', { name: '查看隐藏内容' }).click();
    await page.getByText(person.residentId).waitFor();

    await page.getByRole('button', { name: '驳回该项: 网站信息 网站名称' }).click();
    const dialog = page.getByRole('dialog');
    await choose(page, dialog, null);
    await dialog.getByLabel('补充说明').fill('请写明网站内容');
    await reviewer.picture('reviewer-reason');
    await dialog.getByRole('button', { name: '添加驳回原因' }).click();
    expect(await page.getByRole('button', { name: '通过', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '驳回（1 项）' }).click();
    await page.getByText('暂无待审订单').waitFor();
    await reviewer.picture('reviewer-queue-empty');

    const mine = individual.page;
    await mine.reload();
    await mine.getByText('请写明网站内容').waitFor();
    await individual.picture('customer-filing-returned');
    await mine.getByRole('link', { name: '去修改' }).click();
    const name = mine.locator('[data-field="service.name"]');
    await name.getByText('请写明网站内容').waitFor();
    await name.locator('input').fill('云帆航海小记');
    await mine.getByText('有未保存的修改').waitFor();
    await mine.getByText('已保存').waitFor();
    await mine.getByRole('button', { name: '保存并返回' }).click();
    await mine.getByRole('button', { name: '提交初审' }).click();
    await mine.getByText('审核员正在审核').waitFor();

    await open(reviewer, '/review');
    await page.getByRole('link', { name: domainName }).click();
    await page.getByRole('button', { name: '通过', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click();
    await page.getByText('暂无待审订单').waitFor();
  });

  it('leads through the SMS verification to the number, and the name is open', async () => {
    const { page } = individual;
    await deployment.rest();
    await page.reload();
    const sms = page.getByRole('link', { name: '前往短信核验页面' });
    await sms.waitFor();
    await individual.picture('customer-filing-awaiting-sms');
    const href = await sms.getAttribute('href');
    expect(href).toBe(`${deployment.authorityUrl}/sms`);
    await confirmSms(individual.page, deployment.authorityUrl);
    await deployment.rest();
    // The authority takes its time.
    await deployment.advance(60 * 60_000);
    await deployment.rest();
    await page.getByText('备案已完成').waitFor();
    const number = await page.locator('.filing-number strong').innerText();
    expect(number).toMatch(/^粤ICP备2026\d+号-1$/);
    await individual.picture('customer-filing-filed');
    await page.getByRole('link', { name: '备案记录' }).click();
    await page.getByRole('cell', { name: number }).waitFor();
    await individual.picture('customer-records');
    await open(individual, `/host?host=www.${domainName}`);
    await page.getByText('可以访问').waitFor();
    await individual.picture('customer-host');
    await open(company, '/codes');
    await company.page.getByText('已使用').waitFor();
  });

  it('speaks English when asked, and remembers it', async () => {
    const { page } = individual;
    await open(individual, '/filings');
    await page.getByText('English').click();
    await page.getByRole('heading', { name: 'My filings' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'My filings' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.getByText('Filed', { exact: true }).waitFor();
    await individual.picture('customer-filings-en');
    await page.getByText('中文').click();
  });

  it('fits a phone: nothing is wider than the screen', async () => {
    const paths = ['/', '/resources', '/resources/xy-no-ip', '/codes', '/filings', '/filings/new', '/records', '/help'];
    expect(await onPhone(house, company, 'phone', paths)).toEqual({});
    await company.page.getByRole('button', { name: '导航菜单' }).click();
    await company.page.getByRole('dialog').getByRole('link', { name: '我的备案' }).click();
    await company.page.getByRole('heading', { name: '我的备案' }).waitFor();
  });

  it('complained about nothing and asked nobody but its own server', () => {
    for (const visitor of house.visitors) expect(visitor.complaints).toEqual([]);
  });
});

/**
 * Opens the select of this part of the page and takes the option of this label; the first one for null. The click is not
 * forced: what the check has against a field above moves the select, and a forced click goes where it stood before.
 */
async function choose(page: Page, part: ReturnType<Page['locator']>, label: string | null): Promise<void> {
  await part.locator('.ant-select').click();
  const options = page.locator('.ant-select-item-option:visible');
  await (label === null ? options.first() : options.filter({ hasText: label })).click();
}

/** As the phone's owner: reads the text on the simulated phone and types it into the authority's page. */
async function confirmSms(from: Page, authorityUrl: string): Promise<void> {
  const page = await from.context().browser()?.newPage();
  if (page === undefined) throw new Error('the browser is gone');
  await page.goto(`${authorityUrl}/phone`);
  const card = page.locator('.card', { hasText: person.mobile }).first();
  const code = (await card.locator('.code').innerText()).trim();
  await page.goto(`${authorityUrl}/sms`);
  await page.locator('input[name=mobile]').fill(person.mobile);
  await page.locator('input[name=code]').fill(code);
  await page.locator('input[name=lastSix]').fill(person.residentId.slice(-6));
  await page.getByRole('button').click();
  await page.close();
}
