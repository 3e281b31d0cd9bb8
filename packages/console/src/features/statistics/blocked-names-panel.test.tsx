// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { BlockedNamesPanel } from './blocked-names-panel.tsx';
import { type BlockedNames, blockedTableOf } from './blocked-names-table.ts';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
vi.mock('./plot-view.tsx', () => ({ PlotView: () => null }));
prepareForPages();

const name = (domain: string, reason: string, more: Partial<BlockedNames['names'][number]> = {}) => ({
  domain,
  count: 7,
  reasons: [{ reason, count: 7 }],
  hosts: [],
  filing: null,
  record: null,
  ...more,
});
const answer: BlockedNames = {
  total: 40,
  malformed: 3,
  tooLowBy: 2,
  names: [
    name('例子.cn', 'unfiled', { hosts: [{ host: 'www.例子.cn', count: 5 }] }),
    name('moved.cn', 'access_missing', { record: { number: '京ICP备11018762号-1', state: 'filed' } }),
    name('pending.cn', 'unfiled', { filing: { id: 'fil_1', state: 'awaiting_review' } }),
    name('later.cn', 'of_a_later_release', { count: 1, reasons: [{ reason: 'of_a_later_release', count: 1 }] }),
  ],
};

test('each name has what is on file, what to do and where to look further; how far counts are off is said', async () => {
  openPage(<BlockedNamesPanel span={{ from: '2026-11-01', to: '2026-11-30' }} />, {
    role: 'operator',
    answers: { listBlockedNames: answer },
  });
  const row = async (domain: string) =>
    within((await screen.findByText(domain, { selector: 'bdi' })).closest('tr') as HTMLElement);
  expect(await screen.findByText(/至多偏低 2 次/)).toBeTruthy();
  const unfiled = await row('例子.cn');
  expect(unfiled.getByText('没有备案，也没有订单')).toBeTruthy();
  expect(unfiled.getByText('www.例子.cn')).toBeTruthy();
  expect(unfiled.getByText('查询域名').getAttribute('href')).toBe(`/host?host=${encodeURIComponent('例子.cn')}`);
  const moved = await row('moved.cn');
  expect(moved.getByText('京ICP备11018762号-1').getAttribute('href')).toBe('/records?search=moved.cn');
  expect(moved.getByText(/新增接入/)).toBeTruthy();
  expect((await row('pending.cn')).getByText(/^订单：/).getAttribute('href')).toBe('/filings/fil_1');
});

test('the table and the plot have the same numbers, and reasons of a later release as they are', () => {
  const table = blockedTableOf(answer, 'zh');
  expect(table?.rows).toEqual([
    ['例子.cn', 7, 7, 0, 0],
    ['moved.cn', 7, 0, 7, 0],
    ['pending.cn', 7, 7, 0, 0],
    ['later.cn', 1, 0, 0, 1],
  ]);
  expect(table?.plot.series).toEqual([
    { name: '未备案', values: [7, 0, 7, 0] },
    { name: '未在本接入商接入', values: [0, 7, 0, 0] },
    { name: 'of_a_later_release', values: [0, 0, 0, 1] },
  ]);
  expect(blockedTableOf({ ...answer, names: [] }, 'zh')).toBeNull();
});
