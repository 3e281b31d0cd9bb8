// @vitest-environment jsdom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { StartPage } from './start-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

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
