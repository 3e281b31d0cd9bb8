// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Filing } from '../../api/shapes.ts';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { BindDialog } from './bind-dialog.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

// What the dialog reads of it.
const filing = { id: 'fil_1', version: 3, codeId: null, resourceId: null } as Partial<Filing> as Filing;
const codeOf = (tail: string, note: string) => ({
  id: `code_${tail}`,
  tail,
  note,
  issuerAccountId: 'acct_port',
  usableUntil: '2027-03-01',
});

/** The dialog at the codes that were granted to the account. */
async function openGranted(codes: readonly object[], onClose = vi.fn()) {
  const answers = { countResources: { file: 1 }, listResources: { resources: [], next: null } };
  openPage(<BindDialog filing={filing} preferred={null} onClose={onClose} />, {
    role: 'customer',
    answers: { ...answers, listCodes: { codes, next: null }, bindFiling: { filing } },
  });
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.click(dialog.getByText('收到的授权码'));
  return { dialog, onClose, confirm: () => fireEvent.click(dialog.getByRole('button', { name: /^确\s*定$/ })) };
}

test('a filing is bound by choosing one of the unused codes granted to the account', async () => {
  const { dialog, onClose, confirm } = await openGranted([codeOf('7Q2M', '总部官网'), codeOf('9XK4', '分公司官网')]);
  expect(await dialog.findByText('分公司官网')).toBeDefined();
  expect(askedFor('listCodes')).toContainEqual({ query: { side: 'granted', state: 'unused', limit: 20 } });
  const second = dialog.getByRole('radio', { name: /9XK4/ });
  expect(second.closest('label')?.textContent).toContain('acct_port');
  fireEvent.click(second);
  confirm();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalled());
  expect(askedFor('bindFiling')).toEqual([
    { params: { filingId: filing.id }, body: { version: 3, with: { codeId: 'code_9XK4' } } },
  ]);
});

test('without a choice a code is asked for, and nothing is sent', async () => {
  const { dialog, confirm } = await openGranted([codeOf('7Q2M', '总部官网')]);
  expect(await dialog.findByText('总部官网')).toBeDefined();
  confirm();
  expect(await dialog.findByText('请选择一个授权码')).toBeDefined();
  expect(askedFor('bindFiling')).toEqual([]);
});

test('an account without granted codes is told so', async () => {
  const { dialog } = await openGranted([]);
  expect(await dialog.findByText('暂无授权给您的授权码')).toBeDefined();
});
