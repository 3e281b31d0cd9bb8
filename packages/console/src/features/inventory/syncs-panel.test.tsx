// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { SyncsPanel } from './syncs-panel.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const sync = {
  name: 'tencent-gz',
  cloud: 'tencent',
  regions: ['ap-guangzhou'],
  account: 'acct-a',
  everyHours: 24,
  releaseGone: true,
  state: 'held',
  dueAt: '2026-11-30T02:00:00.000Z',
  beganAt: '2026-11-29T01:59:00.000Z',
  endedAt: '2026-11-29T02:00:00.000Z',
  succeededAt: null,
  failures: 0,
  counts: { read: 1, new: 0, changed: 0, gone: 2, breaking: 0 },
  unread: [{ zh: 'scf：不在列表中', en: 'scf: not listed' }],
  trouble: { zh: '请核对差异', en: 'Review the changes' },
  isConfirmed: false,
};
const difference = {
  counts: {
    accounts: { new: 0, changed: 0, same: 0 },
    resources: { new: 0, changed: 0, same: 1, gone: 2, breaking: 0 },
  },
  accounts: [],
  new: [],
  changed: [],
  gone: [{ id: 'ins-2', accountId: 'acct-a', facts: {} }],
  breaking: [],
  leftOut: 1,
};

const open = (answers: Readonly<Record<string, unknown>>) => openPage(<SyncsPanel />, { role: 'operator', answers });

test('the last result, what was not read, and a run now', async () => {
  open({ listInventorySyncs: { syncs: [sync] } });
  const row = (await screen.findByText('tencent-gz')).closest('tr') as HTMLElement;
  expect(row.textContent).toContain('待确认');
  expect(row.textContent).toContain('用时 60 秒');
  expect(row.textContent).toContain('读取 1，新增 0，变更 0，不再列出 2，受影响 0');
  expect(row.textContent).toContain('请核对差异');
  expect(row.textContent).toContain('未读取的内容（1）');
  fireEvent.click(within(row).getByRole('button', { name: '立即运行 tencent-gz' }));
  await vi.waitFor(() => expect(askedFor('runInventorySync')).toEqual([{ params: { name: 'tencent-gz' } }]));
});

test('what it waits for is shown before it is confirmed, and just that is confirmed', async () => {
  open({ listInventorySyncs: { syncs: [sync] }, getHeldSync: { digest: 'd1', difference } });
  fireEvent.click(await screen.findByRole('button', { name: '查看变更' }));
  expect(await screen.findByText('ins-2')).toBeDefined();
  fireEvent.click(screen.getByRole('button', { name: '确认并导入' }));
  const dialog = await screen.findByRole('dialog');
  expect(dialog.textContent).toContain('超出的会再次等待确认');
  fireEvent.click(within(dialog).getByRole('button', { name: '确认并导入' }));
  await vi.waitFor(() =>
    expect(askedFor('confirmInventorySync')).toEqual([{ params: { name: 'tencent-gz' }, body: { digest: 'd1' } }]),
  );
});

test('nothing is shown where none is configured', async () => {
  open({ listInventorySyncs: { syncs: [] } });
  await vi.waitFor(() => expect(askedFor('listInventorySyncs')).toHaveLength(1));
  await vi.waitFor(() => expect(document.body.textContent).toBe(''));
});
