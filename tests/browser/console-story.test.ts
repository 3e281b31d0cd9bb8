import { createSimControls, manualClock } from '@openbeian/authority-sim';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { uploadNeeded } from '../../packages/server/src/main/sample/materials.ts';
import { requireProgram } from '../support/require-program.ts';
import { applicationOf, filingAtSms, grantedCode, startedFiling, submittedFiling } from './filing-by-api.ts';
import { onPhone, openTestConsole, type TestConsole } from './test-console.ts';
import type { Visitor } from './visitor.ts';

const application = applicationOf(42, 'browser-story.cn');
const { person, domainName } = application;

/**
 * The main job by hand, in a browser: from a server to a code to a number. Each test has a deployment of its own and
 * brings it by the API to where it begins: none depends on what another did, nor on their order.
 */
describe.skipIf(requireProgram('chromium') === null)('the main job in the console', () => {
  let testConsole: TestConsole;
  const open = (visitor: Visitor, path: string) => testConsole.open(visitor, path);

  beforeEach(async () => {
    testConsole = await openTestConsole({ clock: manualClock('2026-11-23T01:30:00.000Z') });
  });
  /** The console reported no script error and asked nobody but its own server. */
  afterEach(async () => {
    const complaints = testConsole.visitors.flatMap((visitor) => visitor.complaints);
    await testConsole.close();
    expect(complaints).toEqual([]);
  });

  it('shows a company its servers, with every reason and how to fix it', async () => {
    const company = await testConsole.visit('xinghe');
    const { page } = company;
    await company.picture('customer-overview');
    await page.getByRole('link', { name: '我的云资源' }).click();
    await page.getByRole('link', { name: 'xy-no-ip' }).waitFor();
    await company.picture('customer-resources');
    expect(await page.title()).toBe('我的云资源 · OpenBeian');
    await page.getByRole('link', { name: 'xy-no-ip' }).click();
    const issue = page.getByRole('region', { name: '是否可生成授权码' });
    await issue.getByText('2 条共同原因见下方').waitFor();
    // What is against both is said once, and its code is behind a button.
    const both = page.getByRole('region', { name: '备案和生成授权码的共同原因' });
    expect(await both.getByText('处理办法').count()).toBe(2);
    expect(await both.getByText('resource.no_public_ip').count()).toBe(0);
    await both.getByRole('button', { name: '代码与依据 (resource.no_public_ip)' }).press('Enter');
    await both.getByText('resource.no_public_ip').waitFor();
    expect(await both.getByRole('link', { name: '选择其他可备案的资源' }).count()).toBe(2);
    expect(await issue.getByRole('button', { name: '生成授权码' }).isDisabled()).toBe(true);
    await company.picture('customer-resource-refused');
  });

  it('creates one code on a double click, shows it once, and grants it', async () => {
    const company = await testConsole.visit('xinghe');
    const { page } = company;
    await open(company, '/resources/xy-web-1');
    await page.getByRole('button', { name: '生成授权码' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('备注').fill('供个人站点备案使用');
    await dialog.getByRole('button', { name: '生成授权码' }).dblclick();
    await dialog.getByText('已生成 1 个授权码').waitFor();
    const clear = (await dialog.getByRole('code').innerText()).trim();
    expect(clear.length).toBeGreaterThan(8);
    await company.picture('customer-code-issued');
    await dialog.getByRole('button', { name: '我已保存' }).click();
    await page.getByRole('region', { name: '该资源的授权码' }).getByText('共 1 条').waitFor();
    expect(await page.content()).not.toContain(clear);

    await page.getByRole('link', { name: '备案授权码' }).click();
    // The page before has such a button too, and stays until this one has been fetched.
    await page.getByRole('heading', { level: 1, name: '备案授权码' }).waitFor();
    await page.getByRole('button', { name: '授权', exact: true }).click();
    await page.getByLabel('账号编号').fill('acct-individual');
    await page.getByRole('dialog').getByRole('button', { name: '授权', exact: true }).click();
    await page.locator('td [title="acct-individual"]').waitFor();
    await company.picture('customer-codes');
  });

  it('shows a mistake in the first answers at its field, then determines the filing type', async () => {
    const individual = await testConsole.visit('individual');
    const { page } = individual;
    await open(individual, `/host?host=www.${domainName}`);
    await page.getByText('已阻断').waitFor();
    // What will be needed is said before anything is typed.
    await open(individual, '/filings/new');
    await page.getByRole('link', { name: '查看需要准备的材料' }).click();
    await search(page, '备案省份', '江苏');
    await search(page, '单位性质', '个人');
    await page
      .getByRole('region', { name: '材料' })
      .getByRole('button', { name: /jiangsu\.pledge_video/ })
      .waitFor();
    await page.getByRole('region', { name: '电话' }).waitFor();
    await page.getByRole('region', { name: '办理时间' }).getByText('24 小时内').waitFor();
    await individual.picture('customer-prepare');
    await open(individual, '/filings/new');
    await page.getByRole('textbox', { name: '域名' }).fill('no domain');
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByLabel('备案省份').click();
    await page.getByLabel('备案省份').fill('广东');
    await page.keyboard.press('Enter');
    await page.getByLabel('证件号码').fill(person.residentId);
    await individual.picture('customer-start-filing');
    await page.getByRole('button', { name: '验证备案类型' }).click();
    await page.getByText('域名格式不正确，例如 example.cn').waitFor();
    await individual.picture('customer-start-mistake');
    await page.getByRole('textbox', { name: '域名' }).fill(domainName);
    await page.getByRole('button', { name: '下一步' }).click();
    await page.getByRole('button', { name: '验证备案类型' }).click();
    await page.getByText('首次备案', { exact: true }).waitFor();
    await individual.picture('customer-start-result');
    await page.getByRole('button', { name: '填写备案信息' }).click();
    await page.getByRole('heading', { level: 1, name: '备案信息' }).waitFor();
  });

  it('checks the details field by field, takes the code and submits', async () => {
    const clearCode = await grantedCode(testConsole);
    const filing = await startedFiling(testConsole, application);
    // Handed in by hand in a story of its own (console-materials).
    await uploadNeeded(await testConsole.apiOf('individual'), filing.id);
    const individual = await testConsole.visit('individual');
    const { page } = individual;
    await open(individual, `/filings/${filing.id}/form`);
    const subject = page.getByRole('region', { name: '主体信息' });
    const principal = page.getByRole('region', { name: '主体负责人' });
    const site = page.getByRole('region', { name: '网站信息' });
    await subject.getByLabel('姓名').fill(person.name);
    await subject.getByLabel('证件有效期起').fill('2016-03-01');
    await subject.getByLabel('长期').check();
    await search(page, '所在市、县（区）', '南山区');
    await choose(page, '居住证明', '居住证');
    await subject.getByLabel('证件地址').fill(person.address);
    await subject.getByLabel('通信地址').fill(person.address);
    await principal.getByLabel('手机号码').fill('12345');
    await principal.getByLabel('应急联系电话').fill(person.emergencyMobile);
    await principal.getByLabel('电子邮箱').fill(person.email);
    await site.getByLabel('网站名称').fill('小记');
    await site.getByLabel('首页网址').fill('https://elsewhere.cn/');
    await site.getByLabel('博客/个人空间').check();
    await site.getByLabel('中文简体').check();
    await site.getByTitle('以上都不涉及').waitFor();
    await search(page, '服务器放置地', '广东');
    await page.keyboard.press('Escape');
    await site.getByLabel('网站备注').fill('个人技术笔记，用于展示本人的文章。');
    await page.getByText('已保存').waitFor();
    // Each mistake is described at its field, with the rule and how to fix it.
    for (const [input, rule, remedy] of [
      [principal.getByLabel('手机号码'), 'mobile.form', '填写本人在用的大陆手机号。'],
      [site.getByLabel('网站名称'), 'service_name.form', '请使用三个以上汉字、能说明网站内容的名称。'],
      [site.getByLabel('首页网址'), 'url.of_domain_name', `应为 ${domainName} 或其下的网址。`],
    ] as const) {
      await page.getByRole('button', { name: `代码与依据 (${rule})` }).waitFor();
      await page.getByText(remedy).waitFor();
      expect(await input.getAttribute('aria-invalid')).toBe('true');
    }
    await individual.picture('customer-form-errors');
    await page.getByRole('button', { name: '保存并返回' }).click();
    await page.getByText('3 项待处理').waitFor();
    await individual.picture('customer-filing-draft');
    await page.getByRole('button', { name: '提交初审' }).click();
    // The server refuses it too, naming the same.
    await page
      .getByRole('dialog')
      .getByRole('button', { name: /mobile\.form/ })
      .waitFor();
    await page.getByRole('dialog').getByRole('button', { name: '关闭' }).click();

    // The finding leads to its field.
    await page.getByRole('link', { name: '手机号码' }).click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.id), { timeout: 15_000 }).toContain('mobile');
    await principal.getByLabel('手机号码').fill(person.mobile);
    await site.getByLabel('网站名称').fill('云帆小记');
    await site.getByLabel('首页网址').fill(`https://www.${domainName}/`);
    await page.getByText('有未保存的修改').waitFor();
    await page.getByText('已保存').waitFor();
    await page.getByRole('button', { name: '保存并返回' }).click();
    await page.getByText('检查通过，可以提交。').waitFor();
    await page.getByRole('button', { name: /guangdong\.proof_of_residence/ }).waitFor();

    await page.getByRole('button', { name: '选择云资源或授权码' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('使用备案授权码').click();
    await dialog.getByRole('textbox', { name: '授权码' }).fill(clearCode.toLowerCase());
    await individual.picture('customer-bind-code');
    await dialog.getByRole('button', { name: '确定' }).click();
    await page.getByText(`•••• ${clearCode.slice(-4)}`).waitFor();
    await page.getByRole('button', { name: '提交初审' }).click();
    await page.getByText('接入商初审中').waitFor();
    await individual.picture('customer-filing-awaiting-review');
  });

  it('lets a reviewer reject it at a field, and the correction pass', async () => {
    const filing = await submittedFiling(testConsole, application);
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    await page.getByRole('heading', { name: '待审订单' }).waitFor();
    await page.getByRole('link', { name: domainName }).waitFor();
    await reviewer.picture('reviewer-queue');
    await page.getByRole('link', { name: domainName }).click();
    await page.getByRole('button', { name: '驳回该项: 网站信息 网站名称' }).waitFor();
    expect(await page.content()).not.toContain(person.residentId);
    // What the province wants besides is seen by the reviewer, too.
    await page
      .getByRole('region', { name: '系统检查' })
      .getByRole('button', { name: /guangdong\.proof_of_residence/ })
      .waitFor();
    await reviewer.picture('reviewer-review');
    // Personal data is shown to whoever has claimed the filing.
    expect(await page.getByRole('button', { name: '查看隐藏内容' }).count()).toBe(0);
    await page.getByRole('button', { name: '认领', exact: true }).click();
    await page.getByRole('button', { name: '释放' }).waitFor();
    await page.getByRole('button', { name: '查看隐藏内容' }).click();
    await page.getByLabel('查看场景').click();
    // The first of the list is the check of the filing.
    await page.keyboard.press('Enter');
    await page.getByLabel('原因说明').fill('核对证件');
    await page.getByRole('dialog').getByRole('button', { name: '查看隐藏内容' }).click();
    await page.getByText(person.residentId).waitFor();

    await page.getByRole('button', { name: '驳回该项: 网站信息 网站名称' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox').first().check();
    await dialog.getByRole('textbox', { name: '补充说明' }).fill('请写明网站内容');
    await reviewer.picture('reviewer-reason');
    await dialog.getByRole('button', { name: '添加原因' }).click();
    expect(await page.getByRole('button', { name: '通过', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('button', { name: '驳回（1 项）' }).click();
    await page.getByText('暂无待审订单').waitFor();
    await reviewer.picture('reviewer-queue-empty');

    const individual = await testConsole.visit('individual');
    const mine = individual.page;
    await open(individual, `/filings/${filing.id}`);
    await mine.getByText('请写明网站内容').waitFor();
    await individual.picture('customer-filing-returned');
    await mine.getByRole('link', { name: '去修改' }).click();
    const site = mine.getByRole('region', { name: '网站信息' });
    await site.getByText('请写明网站内容').waitFor();
    await site.getByLabel('网站名称').fill('云帆航海小记');
    await mine.getByText('有未保存的修改').waitFor();
    await mine.getByText('已保存').waitFor();
    await mine.getByRole('button', { name: '保存并返回' }).click();
    await mine.getByRole('button', { name: '提交初审' }).click();
    await mine.getByText('接入商初审中').waitFor();

    await open(reviewer, '/review');
    await page.getByRole('link', { name: domainName }).click();
    await page.getByRole('button', { name: '通过', exact: true }).click();
    await page.getByRole('dialog').getByRole('button', { name: '通过', exact: true }).click();
    await page.getByText('暂无待审订单').waitFor();
  });

  it('leads through the SMS verification to the number, and the site can go live', async () => {
    const { id } = await filingAtSms(testConsole, application);
    const { deployment } = testConsole;
    const individual = await testConsole.visit('individual');
    const { page } = individual;
    await open(individual, `/filings/${id}`);
    const sms = page.getByRole('link', { name: '前往短信核验页面' });
    await sms.waitFor();
    await individual.picture('customer-filing-awaiting-sms');
    expect(await sms.getAttribute('href')).toBe(`${deployment.authorityUrl}/sms`);
    const operator = await testConsole.visit('operator');
    await open(operator, '/filings');
    await operator.page.getByText('客户（短信核验）').waitFor();
    await confirmSms(page, deployment.authorityUrl);
    await deployment.rest();
    // The authority takes its time.
    await deployment.advance(60 * 60_000);
    await deployment.rest();
    await page.getByText('备案已完成').waitFor();
    const api = await testConsole.apiOf('individual');
    const { filing } = await api.getFiling({ params: { filingId: id } });
    expect(filing.serviceNumber).toMatch(/^粤ICP备2026\d+号-1$/);
    await individual.picture('customer-filing-filed');
    await page.getByRole('link', { name: '备案记录' }).click();
    await page.getByRole('cell', { name: filing.serviceNumber ?? '' }).waitFor();
    await individual.picture('customer-records');
    await open(individual, `/host?host=www.${domainName}`);
    await page.getByText('可以访问').waitFor();
    await individual.picture('customer-host');
    const company = await testConsole.visit('xinghe');
    await open(company, '/codes');
    await company.page.getByRole('cell', { name: '已使用' }).waitFor();
  });

  it('speaks English when asked, and remembers it', async () => {
    await submittedFiling(testConsole, application);
    const individual = await testConsole.visit('individual');
    const { page } = individual;
    await open(individual, '/filings');
    await page.getByText('English').click();
    await page.getByRole('heading', { name: 'My filings' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'My filings' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
    await page.getByRole('cell', { name: 'Awaiting review' }).waitFor();
    await individual.picture('customer-filings-en');
  });

  it('fits a phone: nothing is wider than the screen', async () => {
    const company = await testConsole.visit('xinghe');
    const paths = [
      '/',
      '/resources',
      '/resources/xy-no-ip',
      '/codes',
      '/filings',
      '/filings/new',
      '/filings/prepare?province=320000',
      '/records',
      '/help',
    ];
    expect(await onPhone(testConsole, company, 'phone', paths)).toEqual({});
    await company.page.getByRole('button', { name: '导航菜单' }).click();
    await company.page.getByRole('dialog').getByRole('link', { name: '我的备案' }).click();
    await company.page.getByRole('heading', { name: '我的备案' }).waitFor();
  });
});

/** Opens the select of this label and takes an option of it, which is titled by its text. */
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByRole('combobox', { name: label }).click();
  await page.getByTitle(option, { exact: true }).filter({ visible: true }).last().click();
}

/** Finds an option of a long list by its text, and takes it. */
async function search(page: Page, label: string, text: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label });
  await box.click();
  await box.fill(text);
  await page.keyboard.press('Enter');
}

/** As the phone's owner: types the code of the text message into the authority's page. */
async function confirmSms(from: Page, authorityUrl: string): Promise<void> {
  const texts = await createSimControls(authorityUrl).listPhone();
  const code = texts.find((text) => text.mobile === person.mobile && text.kind === 'verification')?.code;
  const page = await from.context().browser()?.newPage();
  if (page === undefined || !code) throw new Error('there is no browser, or no text with a code');
  await page.goto(`${authorityUrl}/sms`);
  const form = page.locator('form').filter({ has: page.getByLabel('短信验证码') });
  await form.getByLabel('手机号').fill(person.mobile);
  await form.getByLabel('短信验证码').fill(code);
  await form.getByLabel('证件号码后六位').fill(person.residentId.slice(-6));
  await form.getByRole('button').click();
  await page.close();
}
