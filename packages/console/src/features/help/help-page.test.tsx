// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { Navigate, Route, Routes } from 'react-router';
import { expect, test, vi } from 'vitest';
import type { Session } from '../../api/shapes.ts';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { HelpPage } from './help-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const article = (id: string, zh: string, rest: { group: string; topics: string[]; asked?: string[] }) => ({
  id,
  title: { zh, en: id },
  body: { zh: `${zh}的说明`, en: id },
  topics: rest.topics,
  asked: { zh: rest.asked ?? [], en: [] },
  source: ['first', 'second'],
  group: rest.group,
});
const help = {
  articles: [
    article('materials', '材料', { group: 'form', topics: ['page:form'] }),
    article('sms', '核验', { group: 'review', topics: ['page:filing'], asked: ['短信'] }),
    article('jobs', '后台任务', { group: 'provider', topics: ['page:jobs'], asked: ['短信任务'] }),
  ],
  groups: [
    { id: 'form', title: { zh: '填写', en: 'Details' }, reader: 'everybody' },
    { id: 'review', title: { zh: '审核', en: 'Review' }, reader: 'everybody' },
    { id: 'provider', title: { zh: '工作人员', en: 'Staff' }, reader: 'provider' },
  ],
  sources: [
    { label: 'first', title: { zh: '资料一', en: 'One' }, published: { zh: '', en: '' }, url: 'https://one.example/' },
    { label: 'second', title: { zh: '资料二', en: 'Two' }, published: { zh: '', en: '' }, url: null },
  ],
};

function openHelp(role: Session['role'], address: string): void {
  const page = (
    <Routes>
      <Route path="/" element={<Navigate to={address} />} />
      <Route path="/help" element={<HelpPage />} />
    </Routes>
  );
  openPage(page, { role, answers: { listHelp: help } });
}

const headings = async () => {
  await screen.findByRole('navigation', { name: '分类' });
  return screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent);
};

test('in groups, before them what is about the page that one came from; a source is linked where it is public', async () => {
  openHelp('customer', '/help?topic=page%3Afiling');
  expect(await headings()).toEqual(['与刚才的页面有关', '填写']);
  const near = within(screen.getByRole('region', { name: '与刚才的页面有关' }));
  near.getByText('核验的说明');
  expect(near.getByRole('link', { name: '资料一' }).getAttribute('href')).toBe('https://one.example/');
  expect(near.queryByRole('link', { name: '资料二' })).toBeNull();
  near.getByText('资料二');
});

test('what is for the provider’s people comes first for them, and customers neither see nor find it', async () => {
  openHelp('operator', '/help');
  expect(await headings()).toEqual(['工作人员', '填写', '审核']);
});

test('a customer finds by another word what customers may read', async () => {
  openHelp('customer', '/help');
  expect(await headings()).toEqual(['填写', '审核']);
  fireEvent.change(screen.getByRole('searchbox', { name: '搜索帮助' }), { target: { value: '短信' } });
  screen.getByText('核验');
  expect(screen.queryByText('后台任务')).toBeNull();
  expect(screen.queryByText('材料')).toBeNull();
});
