import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { totpCode } from '../../packages/server/src/flows/person/totp.ts';
import { requireProgram } from '../support/require-program.ts';
import { applicationOf, companyDraft, submittedFiling } from './filing-by-api.ts';
import { onPhone, openTestConsole, type TestConsole } from './test-console.ts';

/** Text of RFC 4648 back to bytes. */
function bytesOf(base32: string): Uint8Array {
  const bits = [...base32].map((sign) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'));
  return new Uint8Array((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
const codeNow = (secret: string, ahead = 0) => totpCode(bytesOf(secret), Math.floor(Date.now() / 30_000) + ahead);

describe.skipIf(requireProgram('chromium') === null)('people in the console', () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await openTestConsole();
  });
  afterAll(() => testConsole.close());

  it('an operator invites somebody, who sets a password by the link, sets up an app and signs in with its code', async () => {
    const operator = await testConsole.visit('operator');
    await testConsole.open(operator, '/people');
    await operator.page.getByRole('button', { name: '邀请用户' }).click();
    const dialog = operator.page.getByRole('dialog');
    await dialog.getByLabel('用户名').fill('new.colleague');
    await dialog.getByLabel('姓名').fill('新同事');
    await dialog.getByRole('button', { name: '邀请用户' }).click();
    const link = await operator.page.getByRole('dialog', { name: '一次性链接' }).locator('code').innerText();
    expect(link).toMatch(/\/link#[\w-]{43}$/);

    const { page } = await testConsole.visit(null);
    await page.goto(link);
    await page.getByText('您的用户名是 new.colleague').waitFor();
    expect(page.url()).not.toContain('#');
    await page.getByLabel('新密码', { exact: true }).fill('seven quiet herons at noon');
    await page.getByLabel('确认新密码').fill('seven quiet herons at noon');
    await page.getByRole('button', { name: '设置密码' }).click();
    await page.getByText('密码已设置').waitFor();
    // Another link, opened where the page is open already: the browser loads nothing again.
    const api = await testConsole.apiOf('operator');
    const { people } = await api.listPeople({ query: { search: 'new.colleague' } });
    const other = await api.createPersonLink({ params: { personId: people[0]?.id ?? '' } });
    await page.goto(new URL(other.link ?? '', page.url()).href);
    await page.getByText('新同事（new.colleague），请设置新密码').waitFor();
    expect(page.url()).not.toContain('#');
    await page.goto(`${testConsole.deployment.url}/sign-in?next=/account`);
    await page.getByLabel('用户名').fill('new.colleague');
    await page.getByLabel('密码').fill('seven quiet herons at noon');
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('button', { name: '设置验证器' }).click();
    const secret = await page.getByRole('region', { name: '验证器应用' }).locator('code').innerText();
    await page.getByLabel('验证码').fill(codeNow(secret));
    await page.getByRole('button', { name: '启用', exact: true }).click();
    await page.getByRole('dialog', { name: '恢复码' }).waitFor();
    await page.keyboard.press('Escape');
    const codes = await page.getByRole('dialog', { name: '恢复码' }).locator('code').innerText();
    // Each on a line of its own, as people write them down.
    expect(codes.trim().split('\n')).toHaveLength(10);

    const again = await testConsole.visit(null);
    await again.page.goto(`${testConsole.deployment.url}/sign-in?next=/account`);
    await again.page.getByLabel('用户名').fill('new.colleague');
    await again.page.getByLabel('密码').fill('seven quiet herons at noon');
    await again.page.getByRole('button', { name: '登录', exact: true }).click();
    await again.page.getByLabel('验证码或恢复码').fill(codeNow(secret, 1));
    await again.page.getByRole('button', { name: '登录', exact: true }).click();
    await again.page.getByText('剩余 10 个恢复码').waitFor();

    await testConsole.open(operator, '/people');
    // Whatever somebody has set up, their sessions stay in sight beside what can be done.
    await operator.page.getByRole('row', { name: /新同事/ }).waitFor();
    await expectTableFits(operator.page);
    await operator.page
      .getByRole('row', { name: /新同事/ })
      .getByRole('button', { name: '停用' })
      .click();
    const sure = operator.page.getByRole('dialog', { name: '停用用户“新同事”？' });
    await sure.getByRole('button', { name: '停用' }).click();
    await operator.page
      .getByRole('row', { name: /新同事/ })
      .getByText('已停用')
      .waitFor();
  }, 120_000);

  it('somebody adds a passkey and signs in with it alone', async () => {
    const { page } = await testConsole.visit('xinghe');
    const port = new URL(testConsole.deployment.url).port;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('WebAuthn.enable');
    await devtools.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    // Passkeys belong to a name, not to an address.
    await page.goto(`http://localhost:${port}/sign-in?next=/account`);
    await page.getByLabel('用户名').fill('xinghe');
    await page.getByLabel('密码').fill(testConsole.loginOf('xinghe').password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('region', { name: '通行密钥' }).getByLabel('名称').fill('笔记本电脑');
    await page.getByRole('button', { name: '添加通行密钥' }).click();
    await page.getByText('笔记本电脑').waitFor();
    await page.context().clearCookies();
    await page.goto(`http://localhost:${port}/sign-in?next=/account`);
    await page.getByRole('button', { name: '使用通行密钥登录' }).click();
    await page.getByText('笔记本电脑').waitFor();
  }, 120_000);

  it('a customer contests a domain, an operator decides in its favour, and both read why', async () => {
    const domainName = 'contested-story.cn';
    await submittedFiling(testConsole, applicationOf(77, domainName));
    const filing = await companyDraft(testConsole, domainName);
    const company = await testConsole.visit('xinghe');
    await testConsole.open(company, `/filings/${filing.id}`);
    await company.page.getByRole('button', { name: '域名或证件被他人占用？' }).click();
    const dialog = company.page.getByRole('dialog');
    const statement = '该域名由我公司于 2019 年注册，一直由我公司使用。';
    await dialog.getByLabel('申诉说明').fill(statement);
    await company.picture('contest-dialog');
    await dialog.getByRole('button', { name: '提交申诉' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await company.page.getByRole('link', { name: '我的申诉' }).first().click();
    await company.page.getByText(statement).waitFor();
    await company.picture('contests-own');

    const operator = await testConsole.visit('operator');
    await testConsole.open(operator, '/contests');
    await operator.page.getByText(statement).waitFor();
    await operator.picture('contests-operator');
    await operator.page.getByRole('button', { name: /^处\s*理$/ }).click();
    const deciding = operator.page.getByRole('dialog');
    await deciding.getByLabel('采纳', { exact: true }).check();
    await deciding.getByLabel('处理说明（双方可见）').fill('域名注册信息与申诉方一致。');
    await operator.picture('contest-deciding');
    await deciding.getByRole('button', { name: /^处\s*理$/ }).click();
    await deciding.waitFor({ state: 'hidden' });

    await company.page.reload();
    await company.page.getByText('已采纳').waitFor();
    await company.page.getByText('处理说明：域名注册信息与申诉方一致。').waitFor();
    expect(await onPhone(testConsole, company, 'contest', ['/contests'])).toEqual({});
    const holder = await testConsole.visit('individual');
    await testConsole.open(holder, '/notices');
    await holder.page.getByText('申诉已被采纳').first().waitFor();
    expect([company, operator, holder].flatMap(({ complaints }) => complaints)).toEqual([]);
  }, 120_000);

  it('an operator looks as a customer: what changes something is greyed with the reason, forms are to read, the customer ends it', async () => {
    const filing = await companyDraft(testConsole, 'support-story.cn', 7002);
    const operator = await testConsole.visit('operator');
    await testConsole.open(operator, '/accounts');
    await operator.page
      .getByRole('row', { name: /acct-xinghe/ })
      .getByRole('button', { name: '客服访问', exact: true })
      .click();
    const dialog = operator.page.getByRole('dialog');
    await dialog.getByLabel('原因').fill('客户来电，协助核对备案信息');
    await dialog.getByRole('button', { name: '开始客服访问' }).click();
    await operator.page.getByText('正在以账号 acct-xinghe 的身份只读查看').waitFor();
    const { page } = operator;
    await testConsole.open(operator, '/filings');
    await page.getByRole('button', { name: '发起备案', disabled: true }).first().waitFor();
    await testConsole.open(operator, `/filings/${filing.id}`);
    const bind = page.getByRole('button', { name: '选择云资源或授权码', disabled: true });
    const isTold = async () => {
      // Away and back: what is still loading moves the button from under the pointer.
      await page.mouse.move(1, 1);
      await bind.hover({ force: true });
      const told = page.getByText('客服访问中只能查看').waitFor({ timeout: 2000 });
      return told.then(
        () => true,
        () => false,
      );
    };
    await expect.poll(isTold, { timeout: 15_000 }).toBe(true);
    await page.getByRole('button', { name: '查看备案信息' }).click();
    await page.getByRole('button', { name: '查看隐藏内容' }).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);

    const customer = await testConsole.visit('xinghe');
    await testConsole.open(customer, '/account');
    await customer.page.getByRole('button', { name: '结束访问' }).click();
    await customer.page.getByRole('dialog').getByRole('button', { name: '结束访问' }).click();
    await customer.page.getByText('客户已结束').waitFor();
    await testConsole.open(operator, '/');
    await page.getByRole('link', { name: '人员' }).waitFor();
    expect([operator, customer].flatMap(({ complaints }) => complaints)).toEqual([]);
  }, 120_000);

  it('pages for everybody ask nothing that a stranger is refused', async () => {
    const { page } = await testConsole.visit(null);
    const refused: string[] = [];
    page.on('response', (response) => {
      if (response.status() >= 400) refused.push(`${response.status()} ${response.url()}`);
    });
    for (const path of ['/host', '/help', '/rules']) {
      await page.goto(`${testConsole.deployment.url}${path}`);
      await page.getByRole('button', { name: '登录' }).waitFor();
    }
    expect(refused).toEqual([]);
    // Whoever is signed in finds them in the usual frame.
    const company = await testConsole.visit('xinghe');
    await testConsole.open(company, '/help');
    await company.page.getByRole('link', { name: '我的申诉' }).waitFor();
  }, 60_000);
});

/** The table is as wide as its place: nothing of it has to be scrolled to, nor lies below the buttons. */
async function expectTableFits(page: Page): Promise<void> {
  const widths = await page.locator('.table').evaluate((table) => [table.scrollWidth, table.clientWidth]);
  expect(widths[0]).toBe(widths[1]);
}
