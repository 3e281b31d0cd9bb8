// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import type { Contest } from './contest.ts';
import { ContestsPage } from './contests-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const contest: Contest = {
  id: 'cst_1',
  filingId: 'fil_own',
  accountId: 'acct_own',
  about: 'domain_name',
  domainName: 'contested.cn',
  statement: '该域名由我公司注册并一直使用。',
  openedAt: '2026-11-29T02:00:00.000Z',
  decision: null,
  reasons: null,
  decidedAt: null,
  sides: {
    holderFilingId: 'fil_holder',
    holderAccountId: 'acct_holder',
    nameProven: true,
    holderNameProven: false,
  },
};

/** The page as somebody of that role has it; the server gives them these contests. */
async function open(role: 'customer' | 'operator' | 'auditor', contests: Contest[], language: 'zh' | 'en' = 'zh') {
  openPage(<ContestsPage />, { role, answers: { listContests: { contests, next: null } }, language });
  await screen.findByText('contested.cn');
}

test('an operator sees both sides, and decides with reasons of some length', async () => {
  await open('operator', [contest]);
  expect(screen.getByRole('link', { name: 'acct_holder' }).getAttribute('href')).toBe('/filings/fil_holder');
  expect(screen.getByText('未验证域名所有权')).toBeDefined();
  fireEvent.click(screen.getByText(/^处\s*理$/));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText(contest.statement ?? '')).toBeDefined();
  fireEvent.click(dialog.getByLabelText('采纳'));
  const decideWith = (reasons: string) => {
    fireEvent.change(dialog.getByLabelText('处理说明（双方可见）'), { target: { value: reasons } });
    fireEvent.click(dialog.getByText(/^处\s*理$/));
  };
  decideWith('太短');
  expect(await dialog.findByText('请填写至少 5 个字')).toBeDefined();
  expect(askedFor('decideContest')).toEqual([]);
  decideWith('注册信息与申诉方一致');
  await vi.waitFor(() =>
    expect(askedFor('decideContest')).toEqual([
      { params: { contestId: 'cst_1' }, body: { decision: 'upheld', reasons: '注册信息与申诉方一致' } },
    ]),
  );
});

test('an auditor decides nothing', async () => {
  await open('auditor', [contest], 'en');
  expect(screen.getByText('Domain not proven')).toBeDefined();
  expect(screen.queryByText('Decide')).toBeNull();
});

test('a customer sees its own with the decision and reasons, and nothing of the other side', async () => {
  const decided = { decision: 'dismissed', reasons: 'No evidence was given.', decidedAt: contest.openedAt } as const;
  await open('customer', [{ ...contest, ...decided, sides: null }], 'en');
  expect(askedFor('listContests')).toContainEqual({ query: expect.objectContaining({ undecided: 'false' }) });
  expect(screen.getByRole('link', { name: 'contested.cn' }).getAttribute('href')).toBe('/filings/fil_own');
  expect(screen.getByText('Reasons: No evidence was given.')).toBeDefined();
  expect(screen.getByText('Dismissed')).toBeDefined();
  for (const word of ['Holder', 'Contestant', 'Decide']) expect(screen.queryByText(word)).toBeNull();
});
