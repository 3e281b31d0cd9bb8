// @vitest-environment jsdom
import { cleanup, fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test, vi } from 'vitest';
import { forgetAllKept } from '../../parts/kept-answers.ts';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { StartPage } from './start-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();
beforeEach(forgetAllKept);

const certificates = [
  { value: 'organisation_code', label: { zh: '组织机构代码证', en: 'Organisation code certificate' } },
  { value: 'credit_code_certificate', label: { zh: '统一社会信用代码证书', en: 'Credit code certificate' } },
];
const government = { zh: '政府机关', en: 'Government body' };
const natures = [{ value: 'government', label: government, subjectKind: 'government', certificates }];

test('a government body is offered its unified social credit code certificate', async () => {
  openPage(<StartPage />, { role: 'customer', answers: { listNatures: { natures } } });
  const choose = (kind: string) =>
    fireEvent.click(document.querySelector(`input[value=${kind}]`) ?? expect.fail('no choice of the organiser'));
  // Chosen again until the natures have come.
  await vi.waitFor(
    () => {
      choose('individual');
      choose('government');
      expect(screen.getByText('统一社会信用代码证书')).toBeDefined();
    },
    { timeout: 10_000, interval: 200 },
  );
  expect(screen.queryByText('组织机构代码证')).toBeNull();
});

test('a filing that was started is shown again to whoever started it, not to who signs in at this browser after them', async () => {
  const filing = { id: 'fil_1', domainName: 'started.cn', kindText: { zh: '首次备案', en: 'First filing' } };
  const started = { filing, route: { accessible: 'after_number', reasons: [], steps: [] } };
  const openAs = (startedBy: string) =>
    openPage(<StartPage />, {
      role: 'customer',
      answers: { listNatures: { natures } },
      at: { pathname: '/filings/new', state: { started, startedBy } },
    });
  openAs('usr_self');
  await screen.findByText(/started\.cn/);
  cleanup();
  openAs('usr_other');
  await screen.findByLabelText('域名');
  expect(screen.queryByText(/started\.cn/)).toBeNull();
});

test.each([
  { realName: 'government', subject: null, kind: 'government', told: null },
  {
    realName: 'enterprise',
    subject: { number: '苏ICP备2026000001号', unitName: '示例机关', subjectKind: 'government', provinceCode: '320000' },
    kind: 'government',
    told: /示例机关（苏ICP备2026000001号）/,
  },
  { realName: 'none', subject: null, kind: 'individual', told: /尚未完成实名认证/ },
])(
  'an account files for itself: verified as $realName, it starts as $kind',
  async ({ realName, subject, kind, told }) => {
    const own = { realName, subject: subject && { ...subject, nature: null, certificateType: null } };
    openPage(<StartPage />, { role: 'customer', answers: { listNatures: { natures }, getOwnSubject: own } });
    await screen.findByLabelText('域名');
    const chosen = document.querySelector<HTMLInputElement>(`input[value=${kind}]`);
    expect(chosen?.checked).toBe(true);
    if (told !== null) expect(screen.getByText(told)).toBeDefined();
    if (subject !== null) expect(screen.getByText('江苏')).toBeDefined();
  },
);
