// @vitest-environment jsdom
import { operations } from '@openbeian/contract';
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, test, vi } from 'vitest';
import type { AnswerOf } from '../api/client.ts';
import { AccountsPage } from '../features/account/accounts-page.tsx';
import { ApiKeysPage } from '../features/api-key/api-keys-page.tsx';
import { NoticesPage } from '../features/notice/notices-page.tsx';
import { PeoplePage } from '../features/person/people-page.tsx';
import { SupportHistory } from '../features/support/support-history.tsx';
import { askedFor, openPage, prepareForPages } from '../testing/open-page.tsx';

vi.mock('../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

/** A page as somebody of that role has it, in English; the server gives these answers. */
const open = (role: 'customer' | 'operator', page: ReactNode, answers: Readonly<Record<string, unknown>>) =>
  openPage(page, { role, answers, language: 'en' });

test('an operator, who creates no API keys, is not told to create one', async () => {
  const answers = { listApiKeys: { apiKeys: [], next: null } };
  open('operator', <ApiKeysPage />, answers);
  expect(await screen.findByText(/Keys that customers create in their own console/)).toBeTruthy();
  expect(document.body.textContent).not.toMatch(/Create/);
  cleanup();
  open('customer', <ApiKeysPage />, answers);
  expect(await screen.findByText(/Create one when a program is to make/)).toBeTruthy();
});

test('the notice of support access leads to where it is ended', async () => {
  const notice: AnswerOf<'listNotices'>['notices'][number] = {
    id: 'ntc_1',
    at: '2026-11-29T02:00:00.000Z',
    accountId: 'acct_1',
    type: 'SupportAccessBegun',
    group: 'account',
    text: { zh: '客服访问', en: 'Somebody looks at your account' },
    resourceId: null,
    webhookId: null,
    filingId: null,
    codes: 0,
    stopsOn: null,
    daysLeft: null,
    readAt: null,
  };
  open('customer', <NoticesPage />, {
    listNotices: { notices: [notice], next: null, unread: 1 },
    listStoppingCodes: { codes: [], total: 0, indexing: false, next: null },
    getNoticeMail: { enabled: false, addresses: [] },
  });
  const link = await screen.findByText('View support access');
  expect(link.getAttribute('href')).toBe('/account');
});

test('a customer reads what an operator opened in support access, by its name', async () => {
  const access: AnswerOf<'listSupportAccesses'>['accesses'][number] = {
    id: 'sup_1',
    accountId: 'acct_1',
    operatorName: '运营员',
    reason: '协助核对材料',
    begunAt: '2026-11-29T02:00:00.000Z',
    until: '2026-11-29T02:30:00.000Z',
    endedAt: null,
    endedBy: null,
    active: false,
  };
  const view: AnswerOf<'listSupportViews'>['views'][number] = {
    operation: 'getFiling',
    objectId: 'fil_1',
    firstAt: '2026-11-29T02:01:00.000Z',
    lastAt: '2026-11-29T02:02:00.000Z',
    count: 3,
  };
  open('customer', <SupportHistory />, {
    listSupportAccesses: { accesses: [access], next: null },
    listSupportViews: { views: [view], next: null },
  });
  fireEvent.click(await screen.findByRole('button', { name: 'What was opened' }));
  expect(await screen.findByText('fil_1')).toBeTruthy();
  expect(screen.getByText(operations.getFiling.summary.en)).toBeTruthy();
  expect(askedFor('listSupportViews')).toMatchObject([{ params: { accessId: 'sup_1' } }]);
});

test('an operator ends one session of somebody; the operator’s own is marked and has no button', async () => {
  const person: AnswerOf<'listPeople'>['people'][number] = {
    id: 'usr_2',
    login: 'reviewer',
    displayName: '初审员',
    role: 'reviewer',
    accountId: null,
    right: null,
    state: 'active',
    signsInBy: 'here',
    mail: null,
    totp: false,
    passkeys: 0,
    sessions: 2,
    createdAt: '2026-11-29T02:00:00.000Z',
  };
  const session = (id: string, current: boolean): AnswerOf<'listPersonSessions'>['sessions'][number] => ({
    id,
    createdAt: '2026-11-29T02:00:00.000Z',
    lastSeenAt: '2026-11-29T02:00:00.000Z',
    endsAt: '2026-11-29T12:00:00.000Z',
    openedBy: 'password',
    device: `device of ${id}`,
    current,
  });
  open('operator', <PeoplePage />, {
    listPeople: { people: [person], next: null },
    listPersonSessions: { sessions: [session('ses_1', true), session('ses_2', false)] },
  });
  fireEvent.click(await screen.findByText('2 sessions'));
  await screen.findByText('device of ses_1');
  expect(screen.getByText('This session')).toBeTruthy();
  fireEvent.click(screen.getByText('End'));
  await waitFor(() =>
    expect(askedFor('endPersonSession')).toEqual([{ params: { personId: 'usr_2', sessionId: 'ses_2' }, body: {} }]),
  );
});

test('an operator lets an account file for others, and no longer, each after a question', async () => {
  const account = { id: 'acct-1', realName: 'enterprise', displayName: '星河科技', mayFileForOthers: false };
  const answers = {
    listAccounts: {
      accounts: [account, { ...account, id: 'acct-2', displayName: '云帆', mayFileForOthers: true }],
      next: null,
    },
    countAccounts: { total: 2 },
    setAccountAgency: { ...account, mayFileForOthers: true },
  };
  open('operator', <AccountsPage />, answers);
  fireEvent.click(await screen.findByRole('button', { name: 'Allow' }));
  await screen.findAllByText('Let “星河科技” file for other organisers?');
  const buttons = screen.getAllByRole('button', { name: 'Allow' });
  fireEvent.click(buttons[buttons.length - 1] as HTMLElement);
  await waitFor(() =>
    expect(askedFor('setAccountAgency')).toEqual([
      { params: { accountId: 'acct-1' }, body: { mayFileForOthers: true } },
    ]),
  );
  expect(screen.getByRole('button', { name: 'Forbid' })).toBeTruthy();
});
