import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { companyDraft } from './filing-by-api.ts';
import { onPhone, openTestConsole, type TestConsole } from './test-console.ts';
import type { Visitor } from './visitor.ts';

const password = 'seven quiet herons at noon';

describe.skipIf(requireProgram('chromium') === null)('members of an account in the console', () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await openTestConsole();
  });
  afterAll(() => testConsole.close());

  /** Invites somebody through the page. @returns the one-time link */
  async function invite({ page }: Visitor, login: string, name: string, right: RegExp): Promise<string> {
    await page.getByRole('button', { name: '邀请成员' }).click();
    const dialog = page.getByRole('dialog', { name: '邀请成员' });
    await dialog.getByLabel('姓名').fill(name);
    await dialog.getByLabel('用户名').fill(login);
    await dialog.getByRole('radio', { name: right }).check();
    await dialog.getByRole('button', { name: '邀请成员' }).click();
    const shown = page.getByRole('dialog', { name: '一次性链接' });
    const link = await shown.locator('code').innerText();
    await shown.getByRole('button', { name: '我已保存' }).click();
    await shown.waitFor({ state: 'hidden' });
    return link;
  }

  /** Follows the link in a browser of their own, and signs in. */
  async function join(link: string, login: string): Promise<Visitor> {
    const visitor = await testConsole.visit(null);
    const { page } = visitor;
    await page.goto(link);
    await page.getByLabel('新密码', { exact: true }).fill(password);
    await page.getByLabel('确认新密码').fill(password);
    await page.getByRole('button', { name: '设置密码' }).click();
    await page.getByText('密码已设置').waitFor();
    await page.goto(`${testConsole.deployment.url}/sign-in?next=/filings`);
    await page.getByLabel('用户名').fill(login);
    await page.getByLabel('密码').fill(password);
    await page.getByRole('button', { name: '登录', exact: true }).click();
    await page.getByRole('link', { name: '成员' }).waitFor();
    return visitor;
  }

  it('an owner invites a viewer, who sees everything and can change nothing, until the owner says otherwise', async () => {
    const filing = await companyDraft(testConsole, 'members-story.cn', 7003);
    const owner = await testConsole.visit('xinghe');
    await testConsole.open(owner, '/members');
    await owner.page.getByRole('row', { name: /xinghe/ }).waitFor();
    const viewer = await join(await invite(owner, 'li.viewer', '李查看', /^查看者/), 'li.viewer');
    const { page } = viewer;
    await page.getByRole('button', { name: '发起备案', disabled: true }).first().waitFor();
    await testConsole.open(viewer, `/filings/${filing.id}`);
    await page.getByText('members-story.cn').first().waitFor();
    await page.getByRole('button', { name: '选择云资源或授权码', disabled: true }).waitFor();
    await page.getByRole('button', { name: '查看备案信息' }).click();
    await page.getByRole('button', { name: '查看隐藏内容' }).waitFor();
    expect(await page.getByRole('textbox').count()).toBe(0);
    // One's own sign-in is one's own.
    await testConsole.open(viewer, '/account');
    await page.getByRole('button', { name: '设置验证器', disabled: false }).waitFor();
    await testConsole.open(viewer, '/members');
    await page.getByRole('button', { name: '邀请成员', disabled: true }).waitFor();
    await page.getByRole('row', { name: /李查看/ }).waitFor();
    await viewer.picture('members-viewer');
    // Whatever the page shows, the server refuses, and says who can help.
    const refused = await page.evaluate(async () => {
      const answer = await fetch('/api/v1/api-keys', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
        body: JSON.stringify({ name: 'a', scopes: ['codes:read'] }),
      });
      return { status: answer.status, problem: await answer.json() };
    });
    expect(refused).toMatchObject({ status: 403, problem: { code: 'auth.right_missing' } });
    expect(refused.problem.zh).toContain('所有者');
    expect(JSON.stringify(refused.problem)).toContain('所需权限：所有者');

    await testConsole.open(owner, '/members');
    const row = owner.page.getByRole('row', { name: /李查看/ });
    await owner.picture('members-owner');
    await row.getByRole('button', { name: '更改权限' }).click();
    const dialog = owner.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /^经办人/ }).check();
    await owner.picture('members-right');
    await dialog.getByRole('button', { name: '更改权限' }).click();
    await dialog.waitFor({ state: 'hidden' });
    await testConsole.open(viewer, '/filings');
    await page.getByRole('button', { name: '发起备案', disabled: false }).first().waitFor();
    await testConsole.open(viewer, '/api-keys');
    await page.getByRole('button', { name: '新建密钥', disabled: true }).first().waitFor();

    // The only owner keeps the right, and is told why.
    await owner.page
      .getByRole('row', { name: /xinghe/ })
      .getByRole('button', { name: '更改权限' })
      .click();
    await dialog.getByRole('radio', { name: /^查看者/ }).check();
    await dialog.getByText('您将不能再管理成员和 API 密钥').waitFor();
    await dialog.getByRole('button', { name: '更改权限' }).click();
    await dialog.getByText('最后一名可以登录的所有者').waitFor();
    await owner.page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });

    await row.getByRole('button', { name: /^移\s*除$/ }).click();
    await owner.page
      .getByRole('dialog', { name: '移除成员“李查看”？' })
      .getByRole('button', { name: /^移\s*除$/ })
      .click();
    await row.getByText('已移除').waitFor();
    await testConsole.open(viewer, '/filings');
    await page.getByLabel('用户名').waitFor();
    expect(await onPhone(testConsole, owner, 'members', ['/members'])).toEqual({});
    expect(owner.complaints).toEqual([]);
  }, 120_000);
});
