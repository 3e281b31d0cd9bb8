import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { waitingFilings } from './filing-by-api.ts';
import { openTestConsole, type TestConsole } from './test-console.ts';
import type { Visitor } from './visitor.ts';

const words = {
  zh: { queue: '待审订单', none: '没有可认领的订单', keys: '键盘快捷键', pass: '通过', search: '域名、订单号或账号' },
  en: {
    queue: 'Review queue',
    none: 'No filing to claim',
    keys: 'Keyboard shortcuts',
    pass: 'Approve',
    search: 'Domain, filing ID or account',
  },
} as const;

/** A reviewer who never touches the mouse; every key is counted. */
function atTheKeyboard({ page }: Visitor) {
  let keys = 0;
  return {
    press: async (key: string) => {
      keys += 1;
      await page.keyboard.press(key);
    },
    /** Since it was asked before. */
    counted: () => {
      const count = keys;
      keys = 0;
      return count;
    },
  };
}

describe.skipIf(requireProgram('chromium') === null)('a review by keyboard alone', () => {
  let testConsole: TestConsole;
  beforeAll(async () => {
    testConsole = await openTestConsole();
  }, 120_000);
  afterAll(() => testConsole?.close());

  const stateOf = async (filingId: string) => {
    const { filing } = await (await testConsole.apiOf('reviewer')).getFiling({ params: { filingId } });
    return filing;
  };

  it.each(['zh', 'en'] as const)(
    'passes clean filings one after the other with at most four keys each (%s)',
    async (language) => {
      const text = words[language];
      const filings = await waitingFilings(
        testConsole,
        `clean-${language}`,
        language === 'zh' ? 6 : 3,
        language === 'zh' ? 7200 : 7300,
      );
      const reviewer = await testConsole.visit('reviewer');
      const { page } = reviewer;
      if (language === 'en') await page.getByText('English').click();
      await page.getByRole('heading', { name: text.queue }).waitFor();
      const { press, counted } = atTheKeyboard(reviewer);
      const dialog = page.getByRole('dialog');
      const passed: number[] = [];
      for (let done = 0; done < filings.length; done += 1) {
        await press('n');
        await page.waitForURL(/\/review\/fil_/);
        await page.getByRole('button', { name: text.pass, exact: true }).waitFor();
        await press('p');
        await dialog.getByRole('button', { name: text.pass, exact: true }).waitFor();
        // The dialog gives the focus to its button when it has opened.
        await page.waitForFunction(() => document.activeElement?.matches('[role=dialog] button') === true);
        await press('Enter');
        await page.waitForURL(/\/review$/);
        await dialog.waitFor({ state: 'hidden' });
        await page.getByRole('heading', { name: text.queue, level: 1, exact: true }).waitFor();
        passed.push(counted());
      }
      expect(passed).toEqual(filings.map(() => 3));
      for (const { id } of filings) expect((await stateOf(id)).state).not.toBe('awaiting_review');
      await press('n');
      await page.getByText(text.none).waitFor();
      expect(reviewer.complaints).toEqual([]);
      await reviewer.close();
    },
    180_000,
  );

  it('finds its row, flags a field for several reasons and returns the filing', async () => {
    const [first, second] = await waitingFilings(testConsole, 'wrong', 2, 7400);
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    const { press } = atTheKeyboard(reviewer);
    await testConsole.open(reviewer, '/review?search=wrong-');
    await page.getByRole('link', { name: 'wrong-1.cn' }).waitFor();
    await page.getByRole('link', { name: 'wrong-2.cn' }).waitFor();
    await press('j');
    await press('j');
    await press('k');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('wrong-1.cn');
    // What has the focus is seen to have it.
    const outline = await page.evaluate(() => {
      const { activeElement } = document;
      return activeElement === null ? '' : getComputedStyle(activeElement).outlineStyle;
    });
    expect(outline).toBe('solid');
    await press('Enter');
    await page.waitForURL(/\/review\/fil_/);
    const flag = page.getByRole('button', { name: '驳回该项: 网站信息 网站名称' });
    await flag.waitFor();
    // The third part of the form is the site, its first field the name.
    await press('3');
    expect(await flag.evaluate((one) => one === document.activeElement)).toBe(true);
    await press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox').first().waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await press('1');
    await press('2');
    await press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await press('p');
    // With something flagged nothing passes.
    expect(await dialog.filter({ visible: true }).count()).toBe(0);
    await press('r');
    // Back to the queue as it was.
    await page.waitForURL(/\/review\?search=wrong-$/);
    const returned = await stateOf(first?.id ?? '');
    expect(returned.state).toBe('returned');
    expect(returned.findings.map(({ field }) => field)).toEqual(['service.name', 'service.name']);
    expect((await stateOf(second?.id ?? '')).state).toBe('awaiting_review');
    await reviewer.close();
  }, 120_000);

  it('asks the customer for a field, who answers; the filing is with the same reviewer again', async () => {
    const [filing] = await waitingFilings(testConsole, 'asked', 1, 7500);
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    const { press } = atTheKeyboard(reviewer);
    await testConsole.open(reviewer, `/review/${filing?.id}`);
    await page.getByRole('button', { name: '驳回该项: 网站信息 网站名称' }).waitFor();
    await press('3');
    await press('f');
    await page.getByRole('dialog').getByRole('checkbox').first().waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    await press('1');
    await press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await press('a');
    await page.waitForURL(/\/review$/);
    await page.getByText('待客户补充', { exact: true }).waitFor();
    await reviewer.picture('reviewer-queue-asked');

    const customer = await testConsole.visit('xinghe');
    const mine = customer.page;
    await testConsole.open(customer, `/filings/${filing?.id}`);
    await mine.getByRole('link', { name: '去修改' }).first().click();
    const name = mine.getByLabel('网站名称');
    await name.waitFor();
    // Nothing else is open.
    expect(await mine.getByLabel('网站备注').count()).toBe(0);
    await customer.picture('customer-asked-form');
    await name.fill('星河示例资讯');
    await mine.getByText('有未保存的修改').waitFor();
    await mine.getByText('已保存').waitFor();
    await mine.getByRole('button', { name: '保存并返回' }).click();
    await mine.getByRole('button', { name: '提交补充' }).click();
    await mine.getByRole('button', { name: '提交补充' }).waitFor({ state: 'hidden' });

    await testConsole.open(reviewer, `/review/${filing?.id}`);
    await page.getByRole('region', { name: '改动' }).getByText('星河示例资讯').waitFor();
    await reviewer.picture('reviewer-changes');
    const { claim } = await stateOf(filing?.id ?? '');
    expect(claim?.mine).toBe(true);
    await reviewer.close();
    await customer.close();
  }, 120_000);

  it('does nothing while somebody types, and lists what it can do', async () => {
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    const { press } = atTheKeyboard(reviewer);
    await page.getByRole('heading', { name: words.zh.queue }).waitFor();
    await press('/');
    await page.keyboard.type('np?j');
    expect(await page.getByLabel(words.zh.search).first().inputValue()).toBe('np?j');
    expect(new URL(page.url()).pathname).toBe('/review');
    await press('Enter');
    await page.waitForURL(/search=np/);
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    await press('?');
    await page.getByRole('dialog').getByText(words.zh.keys).waitFor();
    await reviewer.picture('reviewer-shortcuts');
    // Behind the dialog nothing happens.
    await press('n');
    await press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe('/review');
    await reviewer.close();
  }, 60_000);
});
