import { fictionalPerson } from '@openbeian/model/fictional';
import type { SampleDeployment } from '@openbeian/server/main';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { openTestConsole, type TestConsole } from './test-console.ts';

const questionOf = (domainName: string, person: { readonly residentId: string }) => ({
  body: {
    domainName,
    subjectKind: 'individual' as const,
    provinceCode: '440000',
    certificateType: 'resident_id' as const,
    certificateNumber: person.residentId,
  },
});

/** What the console does when things go wrong: lost answers, ended sessions, somebody else at the same filing, bad files. */
describe.skipIf(requireProgram('chromium') === null)('the console in trouble', () => {
  let testConsole: TestConsole;
  let deployment: SampleDeployment;

  beforeEach(async () => {
    testConsole = await openTestConsole();
    deployment = testConsole.deployment;
  });
  afterEach(() => testConsole.close());

  it('repeats a command whose answer was lost, and the code is issued once', async () => {
    const { page } = await testConsole.visit('xinghe');
    let lost = 0;
    await page.route('**/api/v1/resources/*/codes', async (route) => {
      if (lost > 0) return route.continue();
      lost += 1;
      await route.fetch();
      await route.abort('connectionreset');
    });
    await page.goto(`${deployment.url}/resources/xy-web-2`);
    await page.getByRole('button', { name: '生成授权码' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '生成授权码' }).click();
    await page.getByRole('dialog').getByText('已生成 1 个授权码').waitFor();
    expect(lost).toBe(1);
    const { codes } = await (await testConsole.apiOf('xinghe')).listCodes({ query: { resourceId: 'xy-web-2' } });
    expect(codes).toHaveLength(1);
  });

  it('sends whoever is not signed in to sign in, and back to the page that was asked for', async () => {
    const visitor = await testConsole.visit(null);
    const { page } = visitor;
    await page.goto(`${deployment.url}/resources/xy-web-1?x=1`);
    await page.getByLabel('用户名').fill('xinghe');
    await page.getByLabel('密码').fill('wrong-password');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('alert').getByText('用户名或密码不正确').waitFor();
    await page.getByLabel('密码').fill(testConsole.loginOf('xinghe').password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'xy-web-1' }).waitFor();
    expect(new URL(page.url()).search).toBe('?x=1');
    // The session ends while the page is open: the next click says so, and the page that it leads to is shown once they sign in.
    await page.getByText('该资源尚未生成授权码').waitFor();
    await visitor.quiet();
    await page.context().clearCookies();
    await page.getByRole('link', { name: '备案授权码' }).click();
    await page.getByRole('dialog', { name: '登录已失效' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/codes');
    // A page that is opened after that leads to sign in, which says so.
    await page.reload();
    await page.getByLabel('用户名').waitFor();
    await page.getByRole('status').getByText('登录已失效').waitFor();
    expect(new URL(page.url()).searchParams.get('next')).toBe('/codes');
  });

  it('two at one form both keep what they typed; of one field a person says which is right', async () => {
    const person = fictionalPerson(7);
    const api = await testConsole.apiOf('individual');
    const { filing } = await api.startFiling(questionOf('two-tabs.cn', person));
    const visitor = await testConsole.visit('individual');
    const { page } = visitor;
    await page.goto(`${deployment.url}/filings/${filing.id}/form`);
    const name = page.getByLabel('网站名称');
    await name.waitFor();
    // Somebody else at the same filing.
    const params = { filingId: filing.id };
    const change = async (values: Record<string, unknown>) => {
      const { version } = (await api.getFiling({ params })).filing;
      await api.saveFilingForm({ params, body: { version, values } });
    };
    await change({ 'subject.name': person.name });
    await name.fill('云帆小记');
    await page.getByText('已保存').waitFor();
    const other = page.getByLabel('姓名', { exact: true });
    await expect.poll(() => other.inputValue(), { timeout: 15_000 }).toBe(person.name);
    expect((await api.getFilingForm({ params })).values).toMatchObject({
      'service.name': '云帆小记',
      'subject.name': person.name,
    });

    await change({ 'service.name': '远山小记' });
    await name.fill('北辰小记');
    await page.getByLabel('通信地址').fill('示例省示例市星河路7号');
    await page.getByText('已保存的：远山小记').waitFor();
    await page.getByText('您填写的：北辰小记').waitFor();
    await visitor.picture('customer-form-conflict');
    expect(await name.inputValue()).toBe('北辰小记');
    await page.getByRole('button', { name: '使用我填写的' }).click();
    await page.getByText('已保存', { exact: true }).waitFor();
    expect((await api.getFilingForm({ params })).values).toMatchObject({
      'service.name': '北辰小记',
      'subject.contactAddress': '示例省示例市星河路7号',
    });
  });

  it('leaves the field that a person points at where it is when a finding appears above it', async () => {
    const person = fictionalPerson(8);
    const { filing } = await (await testConsole.apiOf('individual')).startFiling(questionOf('steady.cn', person));
    const { page } = await testConsole.visit('individual');
    await page.goto(`${deployment.url}/filings/${filing.id}/form`);
    const site = page.getByRole('region', { name: '网站信息' });
    const content = page.getByRole('combobox', { name: '审批类型' });
    await site.getByLabel('网站名称').fill('小记');
    await content.hover();
    const before = await content.boundingBox();
    if (before === null) throw new Error('unreachable: it was hovered over');
    // A hand is never quite still.
    const finding = site.getByRole('button', { name: /service_name\.form/ });
    for (let step = 0; !(await finding.isVisible()); step += 1)
      await page.mouse.move(before.x + 40 + (step % 3), before.y + before.height / 2);
    expect((await content.boundingBox())?.y).toBeCloseTo(before.y, 0);
    await page.mouse.down();
    await page.mouse.up();
    await page.getByTitle('宗教', { exact: true }).waitFor();
  });

  it('shows a role only what is its own, and says so', async () => {
    const { page } = await testConsole.visit('auditor');
    await page.getByRole('heading', { name: '审计记录' }).waitFor();
    expect(await page.getByRole('link', { name: '导入资源' }).count()).toBe(0);
    await page.goto(`${deployment.url}/inventory`);
    await page.getByText('无权限查看此页面').waitFor();
    await page.goto(`${deployment.url}/nowhere`);
    await page.getByText('页面不存在').waitFor();
  });

  it('opens the help of a reason beside the reason', async () => {
    const { page } = await testConsole.visit('xinghe');
    await page.goto(`${deployment.url}/resources/xy-no-ip`);
    await page
      .getByRole('region', { name: '备案和生成授权码的共同原因' })
      .getByRole('button', { name: '相关帮助' })
      .first()
      .click();
    await page.getByRole('dialog').getByRole('group').first().waitFor();
    expect(await page.getByRole('dialog').getByRole('group').count()).toBeGreaterThan(0);
  });
});
