import { manualClock } from '@openbeian/authority-sim';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fictionalPictureOf } from '../../packages/server/src/main/sample/materials.ts';
import { requireProgram } from '../support/require-program.ts';
import { applicationOf, startedFiling, submittedFiling } from './filing-by-api.ts';
import { onPhone, openTestConsole, type TestConsole } from './test-console.ts';

const application = applicationOf(43, 'browser-materials.cn');
const card = Buffer.from(fictionalPictureOf({ key: 'subject_principal_id', part: 'front', picture: 'card' }));

/** Materials by hand, in a browser: handed in by the customer, looked at by the reviewer. */
describe.skipIf(requireProgram('chromium') === null)('materials in the console', () => {
  let testConsole: TestConsole;
  beforeEach(async () => {
    testConsole = await openTestConsole({ clock: manualClock('2026-11-23T01:30:00.000Z') });
  });
  afterEach(async () => {
    const complaints = testConsole.visitors.flatMap((visitor) => visitor.complaints);
    await testConsole.close();
    expect(complaints).toEqual([]);
  });

  it('a wrong file is refused at its place with what to do, and a right one is there with its copy', async () => {
    const { id } = await startedFiling(testConsole, application);
    const individual = await testConsole.visit('individual');
    const { page } = individual;
    await testConsole.open(individual, `/filings/${id}/form`);
    const panel = page.getByRole('region', { name: '材料' });
    const place = page.locator('#field-materials-subject_principal_id-front');
    const input = place.locator('input[type=file]');
    await place.getByText('必交').waitFor();
    const pdf = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<< /Type /Catalog >>');
    await input.setInputFiles({ name: '身份证.jpg', mimeType: 'image/jpeg', buffer: pdf });
    await place.getByText('application/pdf').waitFor();
    await place.getByText('请上传 JPG 或 PNG 图片').waitFor();
    await individual.picture('materials-refused');
    await input.setInputFiles({ name: '身份证.png', mimeType: 'image/png', buffer: card });
    await place.getByText('已上传').waitFor();
    expect(await place.getByText('application/pdf').count()).toBe(0);
    await place.getByText('未做病毒扫描').waitFor();
    await place.getByRole('button', { name: '查看' }).click();
    const [original, copy] = [place.getByAltText(/原图/), place.getByAltText(/提交管局的图片/)];
    await original.waitFor();
    await copy.waitFor();
    const widthOf = (image: typeof original) => image.evaluate((one: HTMLImageElement) => one.naturalWidth);
    expect([await widthOf(original), (await widthOf(copy)) > 600]).toEqual([1300, true]);
    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'PDF: 互联网信息服务备案承诺书' }).click();
    expect((await saved).suggestedFilename()).toBe('互联网信息服务备案承诺书.pdf');
    await individual.quiet();
    await individual.picture('materials-uploaded');
    expect(await panel.getByText('必交').count()).toBe(4);
    await place.getByRole('button', { name: '删除' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '删除' }).click();
    await place.getByText('必交').waitFor();
    const paths = [`/filings/${id}`, `/filings/${id}/form`];
    expect(await onPhone(testConsole, individual, 'phone-materials', paths)).toEqual({});
    // English names are longer.
    await page.evaluate(() => localStorage.setItem('openbeian.language', 'en'));
    expect(await onPhone(testConsole, individual, 'phone-materials-en', paths)).toEqual({});
  });

  it('a reviewer who has claimed the filing sees each original beside the authority’s copy', async () => {
    const { id } = await submittedFiling(testConsole, application);
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    await testConsole.open(reviewer, `/review/${id}`);
    const panel = page.getByRole('region', { name: '材料' });
    await panel.getByText('认领订单后可以查看图片').waitFor();
    expect(await panel.getByRole('button', { name: /^查看/ }).count()).toBe(0);
    await page.getByRole('button', { name: '认领' }).click();
    await panel.getByText('每次查看都记入审计。').waitFor();
    await panel.getByRole('button', { name: /^查看.*人像面/ }).click();
    await panel.getByAltText(/原图/).waitFor();
    await panel.getByAltText(/提交管局的图片/).waitFor();
    await reviewer.quiet();
    await reviewer.picture('materials-review');
    await panel.getByRole('button', { name: /^驳回该项.*人像面/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('checkbox', { name: /图片不清晰、不完整或有反光/ }).check();
    await dialog.getByRole('button', { name: '添加原因' }).click();
    await page.getByRole('button', { name: '驳回（1 项）' }).click();
    await page
      .getByText('暂无待审订单')
      .or(page.getByRole('heading', { level: 1, name: '待审订单' }))
      .first()
      .waitFor();
    const individual = await testConsole.visit('individual');
    await testConsole.open(individual, `/filings/${id}/form?field=materials.subject_principal_id.front`);
    const place = individual.page.locator('#field-materials-subject_principal_id-front');
    await place.getByText('图片不清晰、不完整或有反光').waitFor();
    await individual.picture('materials-returned');
    const paths = [`/filings/${id}/form`];
    expect(await onPhone(testConsole, individual, 'phone-materials-returned', paths)).toEqual({});
  });
});
