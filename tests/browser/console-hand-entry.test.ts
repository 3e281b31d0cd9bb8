import { readFileSync } from 'node:fs';
import { manualClock } from '@openbeian/authority-sim';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { applicationOf, submittedFiling } from './filing-by-api.ts';
import { faultsWithin } from './screens/accessibility.ts';
import { openTestConsole, type TestConsole } from './test-console.ts';

/** A provider without a line to the authority: an operator reads the sheet, enters the filing elsewhere, and types the results in. */
describe.skipIf(requireProgram('chromium') === null)('entering a filing by hand', () => {
  let testConsole: TestConsole;
  beforeEach(async () => {
    testConsole = await openTestConsole({ clock: manualClock('2026-11-23T01:30:00.000Z'), byHand: true });
  });
  afterEach(async () => {
    const complaints = testConsole.visitors.flatMap((visitor) => visitor.complaints);
    await testConsole.close();
    expect(complaints).toEqual([]);
  });

  it('leads from the sheet to the number', async () => {
    const application = applicationOf(43, 'hand-entry.cn');
    const { id, version } = await submittedFiling(testConsole, application);
    const reviewer = await testConsole.apiOf('reviewer');
    await reviewer.passFiling({ params: { filingId: id }, body: { version } });
    await testConsole.deployment.rest();

    const operator = await testConsole.visit('operator');
    const { page } = operator;
    await testConsole.open(operator, `/filings/${id}`);
    await page.getByRole('link', { name: '录入管局系统' }).click();
    await page.getByRole('button', { name: '认领' }).first().click();
    await page.getByRole('button', { name: '显示录入内容' }).click();
    await page.getByRole('table', { name: '主办者信息' }).getByText(application.person.residentId).waitFor();
    await operator.picture('hand-entry-sheet');
    // On paper there is the sheet alone.
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: '下载 CSV' }).isVisible()).toBe(false);
    expect(await page.locator('.frame-side').isVisible()).toBe(false);
    expect(await page.getByRole('table', { name: '主办者信息' }).isVisible()).toBe(true);
    await page.emulateMedia({ media: null });
    const downloading = page.waitForEvent('download');
    await page.getByRole('button', { name: '下载录入包（含图片）' }).click();
    const files = unzipSync(readFileSync(await (await downloading).path()));
    expect(Object.keys(files)).toEqual(expect.arrayContaining(['sheet.csv', 'sheet.html']));
    const pictures = Object.entries(files).filter(([name]) => name.endsWith('.jpg'));
    expect(pictures.length).toBeGreaterThan(0);
    // The copies that the authority takes: JPEG, named by their number of use.
    for (const [name, bytes] of pictures) {
      expect(name).toMatch(/^[1-9]-/);
      expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    }

    const enter = () => page.getByRole('button', { name: '录入管局结果' }).first().click();
    const dialog = page.getByRole('dialog');
    const send = () => dialog.getByRole('button', { name: '录入管局结果' }).click();
    await enter();
    for (const kind of ['短信核验进展（个人）', '审核驳回', '短信核验完成']) {
      await dialog.getByText(kind).first().click();
      expect(await faultsWithin(page, '[role=dialog]')).toEqual([]);
    }
    await send();
    await page.getByText('已录入').waitFor();
    await enter();
    await dialog.getByLabel('主体备案号').fill('京ICP备2026000123号');
    await dialog.getByLabel('网站或 APP 备案号').fill('京ICP备2026000123号-1');
    await send();
    await dialog.getByText('应为办理备案的省份的备案号').waitFor();
    await operator.picture('hand-entry-refused');
    await dialog.getByLabel('主体备案号').fill('粤ICP备2026000123号');
    await dialog.getByLabel('网站或 APP 备案号').fill('粤ICP备2026000123号-1');
    await send();
    await dialog.waitFor({ state: 'hidden' });
    const found = await (await testConsole.apiOf('individual')).getFiling({ params: { filingId: id } });
    expect(found.filing).toMatchObject({ state: 'filed', serviceNumber: '粤ICP备2026000123号-1' });
  });
});
