import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawFictionalPicture } from '../../packages/server/src/main/sample/pictures.ts';
import { requireProgram } from '../support/require-program.ts';
import { waitingFilings } from './filing-by-api.ts';
import { atTheKeyboard, passBatch, reviewWords as words } from './review-batch.ts';
import { onPhone, openTestConsole, type TestConsole } from './test-console.ts';

describe.skipIf(requireProgram('chromium') === null)('a review by keyboard alone', () => {
  let testConsole: TestConsole;
  let api: Awaited<ReturnType<TestConsole['apiOf']>> | undefined;
  beforeAll(async () => {
    testConsole = await openTestConsole();
  }, 120_000);
  afterAll(() => testConsole?.close());

  const stateOf = async (filingId: string) => {
    api ??= await testConsole.apiOf('reviewer');
    return (await api.getFiling({ params: { filingId } })).filing;
  };

  it.each(['zh', 'en'] as const)(
    'passes a batch of clean filings with three keys each (%s)',
    async (language) => {
      const text = words[language];
      const filings = await waitingFilings(
        testConsole,
        `clean-${language}`,
        language === 'zh' ? 20 : 2,
        language === 'zh' ? 7200 : 7300,
      );
      const reviewer = await testConsole.visit('reviewer');
      const { page } = reviewer;
      if (language === 'en') await page.getByText('English').click();
      await page.getByRole('heading', { name: text.queue }).waitFor();
      const passed = await passBatch(reviewer, filings.length, language);
      expect(passed.map(({ keys }) => keys)).toEqual(filings.map(() => 3));
      for (const { id } of filings) expect((await stateOf(id)).state).not.toBe('awaiting_review');
      await page.keyboard.press('n');
      await page.getByText(text.none).waitFor();
      expect(reviewer.complaints).toEqual([]);
      await reviewer.close();
    },
    240_000,
  );

  it('passes by Enter also before the dialog has moved the focus from cancelling to passing', async () => {
    const [filing] = await waitingFilings(testConsole, 'hasty', 1, 7700);
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    const { press } = atTheKeyboard(reviewer);
    // As long as it takes on a busy machine: the dialog moves it by a timer.
    await page.addInitScript(() => {
      const own = window.setTimeout;
      Object.assign(window, { setTimeout: (run: () => void, ms = 0) => own(run, ms < 5 ? 1000 : ms) });
    });
    await testConsole.open(reviewer, `/review/${filing?.id}`);
    await page.getByRole('button', { name: words.zh.pass, exact: true }).waitFor();
    await press('p');
    await page.waitForFunction(() => document.activeElement?.matches('[role=dialog] button') === true);
    expect(await page.evaluate(() => document.activeElement?.textContent?.replace(' ', ''))).toBe('取消');
    await press('Enter');
    await page.waitForURL(/\/review$/);
    expect((await stateOf(filing?.id ?? '')).state).not.toBe('awaiting_review');
    await reviewer.close();
  }, 60_000);

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

  it('asks for one picture, which the customer replaces alone; the filing stays in review', async () => {
    const [filing] = await waitingFilings(testConsole, 'picture', 1, 7600);
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    const { press } = atTheKeyboard(reviewer);
    await testConsole.open(reviewer, `/review/${filing?.id}`);
    await page.getByRole('button', { name: /驳回该项: .*承诺书/ }).click();
    const dialog = page.getByRole('dialog');
    // What is wrong with pictures is proposed first.
    await dialog.getByRole('checkbox').first().waitFor();
    await page.waitForFunction(() => document.activeElement instanceof HTMLInputElement);
    expect(await dialog.getByRole('checkbox', { name: /图片不清晰/ }).count()).toBe(1);
    await press('1');
    await press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await press('a');
    await page.waitForURL(/\/review$/);
    expect((await stateOf(filing?.id ?? '')).state).toBe('awaiting_review');

    const customer = await testConsole.visit('xinghe');
    const mine = customer.page;
    await testConsole.open(customer, `/filings/${filing?.id}`);
    await mine.getByRole('link', { name: '去修改' }).first().click();
    const materials = mine.getByRole('region', { name: '材料' });
    await materials.getByText('审核员请您更换').waitFor();
    // No other picture, and nothing of the form, is open.
    expect(await materials.locator('input[type=file]').count()).toBe(1);
    expect(await mine.getByLabel('网站名称').count()).toBe(0);
    await customer.picture('customer-asked-picture');
    const pledge = Buffer.from(drawFictionalPicture({ lines: ['PLEDGE', 'SIGNED AGAIN'], looks: 'page' }));
    const place = mine.locator('#field-materials-pledge-whole');
    await place.getByRole('button', { name: '删除' }).click();
    await mine.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    const input = place.locator('input[type=file]');
    await input.setInputFiles({ name: '承诺书.png', mimeType: 'image/png', buffer: pledge });
    await place.getByText('请先填写材料上的落款日期').waitFor();
    await place.getByLabel('落款日期').fill(new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai' }).format());
    await place
      .locator('input[type=file]')
      .setInputFiles({ name: '承诺书.png', mimeType: 'image/png', buffer: pledge });
    await place.getByText('已更换').waitFor();
    await testConsole.open(customer, `/filings/${filing?.id}`);
    await mine.getByRole('button', { name: '提交补充' }).click();
    await mine.getByRole('button', { name: '提交补充' }).waitFor({ state: 'hidden' });

    await testConsole.open(reviewer, `/review/${filing?.id}`);
    await page.getByRole('region', { name: '改动' }).getByText('图片已更换：原 1 张，现 1 张').waitFor();
    await page.getByRole('region', { name: '材料' }).getByText('有改动').waitFor();
    await reviewer.quiet();
    await reviewer.picture('reviewer-picture-replaced');
    expect(
      await onPhone(testConsole, reviewer, 'phone-review', [`/review/${filing?.id}`, '/review/statistics']),
    ).toEqual({});
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
