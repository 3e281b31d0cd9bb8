import { manualClock } from '@openbeian/authority-sim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uploadNeeded } from '../../packages/server/src/main/sample/materials.ts';
import { individualValues } from '../../packages/server/src/main/sample/past-forms.ts';
import {
  messageOf,
  serviceSecret,
  startVerificationService,
} from '../../packages/server/src/outbound/verification/testing/verification-service.ts';
import { requireProgram } from '../support/require-program.ts';
import { applicationOf, grantedCode, startedFiling } from './filing-by-api.ts';
import { onPhone, openTestConsole, type TestConsole } from './test-console.ts';

const clock = manualClock('2026-11-23T01:30:00.000Z');

/** Verification by hand, in a browser: started by the customer, answered by the service, decided by the reviewer. */
describe.skipIf(requireProgram('chromium') === null)('verification of identity in the console', () => {
  let service: Awaited<ReturnType<typeof startVerificationService>>;
  let testConsole: TestConsole;
  beforeAll(async () => {
    service = await startVerificationService(() => clock.now());
    testConsole = await openTestConsole({ clock, verification: { url: service.url, secret: serviceSecret } });
  }, 120_000);
  afterAll(async () => {
    const complaints = testConsole.visitors.flatMap((visitor) => visitor.complaints);
    await testConsole?.close();
    await service?.close();
    expect(complaints).toEqual([]);
  });

  /** The service says what came of its newest verification. */
  const say = async (result: object) => {
    const at = clock.now();
    const said = { reference: service.started.at(-1)?.reference, resultId: at, outcome: 'passed', at, ...result };
    const message = messageOf(said, { at });
    const answer = await fetch(`${testConsole.deployment.url}/hooks/verification-results`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': message.id,
        'webhook-timestamp': message.timestamp,
        'webhook-signature': message.signature,
      },
      body: new Uint8Array(message.body),
    });
    expect([answer.status, await answer.json()]).toEqual([200, { changed: true }]);
  };

  /** Filled in, bound and with its pictures: nothing but the verification is missing. */
  const readyFiling = async (seed: number, domainName: string) => {
    const application = applicationOf(seed, domainName);
    const individual = await testConsole.apiOf('individual');
    const { id, version } = await startedFiling(testConsole, application);
    const params = { filingId: id };
    const values = individualValues(application.person, application.siteName, domainName);
    const saved = await individual.saveFilingForm({ params, body: { version, values } });
    const code = await grantedCode(testConsole);
    await individual.bindFiling({ params, body: { version: saved.filing.version, with: { code } } });
    await uploadNeeded(individual, id);
    return { id, params, individual };
  };

  it('a person verifies on a telephone: link, failure with what to do, and a pass with its last day', async () => {
    const { id } = await readyFiling(51, 'verify-by-phone.cn');
    const customer = await testConsole.visit('individual');
    const { page } = customer;
    await testConsole.open(customer, `/filings/${id}`);
    const panel = page.getByRole('region', { name: '身份核验' });
    await panel.getByText('未核验').waitFor();
    await page.getByRole('link', { name: '核验：互联网信息服务负责人' }).waitFor();
    await panel.getByRole('button', { name: '开始核验' }).click();
    const link = panel.getByRole('link', { name: '打开核验链接' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(`https://verify.example/out_${service.started.length}`);
    await customer.quiet();
    await customer.picture('verification-waiting');
    await say({ outcome: 'failed', reason: 'no_face' });
    await page.reload();
    await panel.getByText('未检测到完整人脸').waitFor();
    await panel.getByText('正对镜头').waitFor();
    expect(await onPhone(testConsole, customer, 'phone-verification', [`/filings/${id}`])).toEqual({});
    await page.setViewportSize({ width: 1440, height: 900 });
    expect(await panel.getByText('今天还可获取 9 次链接').count()).toBe(1);
    await panel.getByRole('button', { name: '重新核验' }).click();
    await link.waitFor();
    clock.advance(60_000);
    await say({});
    await page.reload();
    await panel.getByText('已核验').waitFor();
    await panel.getByText('有效至 2026-11-26').waitFor();
    await customer.quiet();
    await customer.picture('verification-passed');
    await page.getByText('English').click();
    await page.getByText('Identity verification').waitFor();
    await customer.quiet();
    await customer.picture('verification-passed-en');
    await page.getByText('中文').click();
    await page.getByRole('button', { name: '提交初审' }).click();
    await page.getByText('初审中').first().waitFor();
  });

  it('without a telephone a reviewer decides: an approval waits for it', async () => {
    const { id, params, individual } = await readyFiling(52, 'verify-by-sheet.cn');
    const customer = await testConsole.visit('individual');
    await testConsole.open(customer, `/filings/${id}`);
    const own = customer.page.getByRole('region', { name: '身份核验' });
    await own.getByRole('button', { name: '改用核验单或现场核验' }).click();
    await own.getByText('由审核员核验，不影响提交。').waitFor();
    await customer.quiet();
    await customer.picture('verification-other-way');
    const { filing } = await individual.getFiling({ params });
    await individual.submitFiling({ params, body: { version: filing.version } });
    const reviewer = await testConsole.visit('reviewer');
    const { page } = reviewer;
    await testConsole.open(reviewer, `/review/${id}`);
    await page.getByRole('button', { name: '认领' }).click();
    const panel = page.getByRole('region', { name: '身份核验' });
    await panel.getByRole('button', { name: '核验该负责人' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('未通过', { exact: true }).click();
    await dialog.getByRole('button', { name: '保存核验结果' }).click();
    await dialog.getByText('请选择原因').waitFor();
    await reviewer.quiet();
    await reviewer.picture('verification-decide');
    await dialog.getByText('核验通过', { exact: true }).click();
    await dialog.getByText('现场见到本人').click();
    await dialog.getByRole('button', { name: '保存核验结果' }).click();
    await panel.getByText('已核验').waitFor();
    await reviewer.quiet();
    await reviewer.picture('verification-decided');
    await page.getByText('English').click();
    expect(await onPhone(testConsole, reviewer, 'phone-verification-en', [`/review/${id}`])).toEqual({});
  });
});
