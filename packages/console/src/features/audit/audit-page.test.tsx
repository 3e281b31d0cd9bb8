// @vitest-environment jsdom
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { AuditPage } from './audit-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const row = {
  id: 'aud_1',
  at: '2026-11-29T02:00:00.000Z',
  actorId: 'usr_1',
  actorRole: 'operator',
  action: 'SignInSlowed',
  objectKind: 'person',
  objectId: 'usr_2',
  actorName: '钱运营',
  objectName: '孙审核',
  detail: { count: 10 },
  address: '203.0.113.7',
  sessionId: 'ses_1',
};

test('each row says who did it to whom, by name, from which address and in which session; background work has neither', async () => {
  const nobody = { actorName: null, address: null, sessionId: null };
  const system = { ...row, id: 'aud_2', actorId: 'system', actorRole: 'system', ...nobody };
  openPage(<AuditPage />, {
    role: 'operator',
    answers: { listAudit: { rows: [row, system], names: [], next: null } },
    language: 'en',
  });
  const [first, second] = (await screen.findAllByText('SignInSlowed')).map((cell) => cell.closest('tr, li'));
  expect(within(first as HTMLElement).getByText('203.0.113.7')).toBeTruthy();
  expect(within(first as HTMLElement).getByText('ses_1')).toBeTruthy();
  expect((second as HTMLElement).textContent).not.toMatch(/203|ses_|钱运营/);
  expect(within(first as HTMLElement).getByText('钱运营')).toBeTruthy();
  expect(within(first as HTMLElement).getByText('孙审核')).toBeTruthy();
  // An id narrows the list to itself.
  const [actor] = screen.getAllByText('usr_1');
  fireEvent.click(actor as HTMLElement);
  await waitFor(() => expect(askedFor('listAudit')).toContainEqual({ query: { actorId: 'usr_1' } }));
});

test('the chain: whole as it was verified last and by whom, or where it differs, and a verification on request', async () => {
  const check = { askedAt: row.at, askedBy: 'usr_1', askedByName: '钱运营', upToSeal: 9, throughSeal: 9, rows: 70 };
  const verified = { ...check, throughDay: '2026-11-28', endedAt: '2026-11-29T01:00:00.000Z', difference: null };
  const chain = {
    last: { seal: 9, day: '2026-11-28', sealedAt: row.at },
    unsealed: { rows: 1, oldestAt: row.at, late: false },
    verified,
    underWay: null,
  };
  const rows = { rows: [], names: [], next: null };
  openPage(<AuditPage />, { role: 'auditor', answers: { listAudit: rows, getAuditChain: chain }, language: 'en' });
  expect(await screen.findByText(/by 钱运营 up to seal 9: as sealed/)).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Verify now' }));
  await waitFor(() => expect(askedFor('checkAuditChain')).toHaveLength(1));
  cleanup();
  const difference = {
    what: 'changed',
    seal: 4,
    day: '2026-11-20',
    row: { at: row.at, id: 'aud_7' },
    after: null,
    before: null,
  };
  const altered = {
    ...chain,
    verified: { ...verified, difference },
    underWay: { ...check, throughSeal: 2, endedAt: null },
  };
  openPage(<AuditPage />, { role: 'auditor', answers: { listAudit: rows, getAuditChain: altered }, language: 'en' });
  expect(await screen.findByText(/2026-11-20, seal 4: row aud_7 \(.*\) was changed/)).toBeTruthy();
  expect(screen.getByText('Verifying: seal 2 of 9')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Verify now' })).toHaveProperty('disabled', true);
});
