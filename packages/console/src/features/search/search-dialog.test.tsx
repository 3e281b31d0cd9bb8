// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { useLocation } from 'react-router';
import { expect, test, vi } from 'vitest';
import { Shortcuts } from '../../parts/shortcuts.tsx';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { SearchEntry } from './search-entry.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const text = (zh: string) => ({ zh, en: zh });
const hit = (id: string, title: string) => ({ id, title, detail: text('说明'), accountId: 'acct-2', match: 'whole' });
const answers = {
  searchEverything: {
    groups: [
      { kind: 'filing', hits: [hit('fil_1', 'shop.cn')], more: false },
      { kind: 'code', hits: [hit('code_1', '•••• 1EEF')], more: true },
    ],
  },
  listHelp: {
    articles: [
      { id: 'shop', title: text('shop 是什么'), body: text(''), topics: [], asked: { zh: [], en: [] }, group: 'a' },
    ],
    groups: [{ id: 'a', title: text('甲'), reader: 'everybody' }],
    sources: [],
  },
};
const groups = [{ items: [{ to: '/shops', label: text('Shop 列表') }] }];

function Place() {
  const { pathname, search, hash } = useLocation();
  return <output aria-label="place">{pathname + search + hash}</output>;
}
const place = () => screen.getByLabelText('place').textContent;

function openFrame(page = <p />): void {
  vi.stubGlobal('scrollTo', () => {});
  Element.prototype.scrollIntoView = () => {};
  openPage(
    <>
      <SearchEntry groups={groups} />
      <Place />
      {page}
    </>,
    { role: 'customer', answers },
  );
}

async function search(typed: string): Promise<HTMLElement> {
  const field = await screen.findByRole('combobox', { name: '搜索全部内容' });
  fireEvent.change(field, { target: { value: typed } });
  await screen.findByRole('option', { name: /shop\.cn/ });
  return field;
}

test('opened by its key, searched over everything, chosen by arrows and opened by Enter', async () => {
  openFrame();
  await screen.findByRole('button', { name: '搜索全部内容' });
  fireEvent.keyDown(document.body, { key: '/' });
  const field = await search('shop');
  const options = screen.getAllByRole('option').map(({ textContent }) => textContent);
  const found = ['Shop 列表', 'shop.cn说明', '•••• 1EEF说明', '在列表中查看全部结果', 'shop 是什么'];
  expect(options).toEqual(found);
  within(screen.getByRole('group', { name: '备案授权码' })).getByText('•••• 1EEF');
  const activeText = () => document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent;
  expect(activeText()).toBe('Shop 列表');
  for (const [key, text] of [
    ['ArrowDown', 'shop.cn说明'],
    ['ArrowUp', 'Shop 列表'],
    ['ArrowUp', 'shop 是什么'],
  ] as const) {
    fireEvent.keyDown(field, { key });
    expect(activeText()).toBe(text);
  }
  for (const _ of [1, 2]) fireEvent.keyDown(field, { key: 'ArrowDown' });
  await waitFor(() => {
    fireEvent.keyDown(field, { key: 'Enter' });
    expect(place()).toBe('/filings/fil_1');
  });
  expect(askedFor('searchEverything').at(-1)).toEqual({ body: { text: 'shop' } });
});

test('a code that others granted is found on their side; a host is offered to be looked up', async () => {
  openFrame();
  fireEvent.click(await screen.findByRole('button', { name: '搜索全部内容' }));
  await search('https://www.shop.cn/a');
  screen.getByRole('option', { name: '查询 www.shop.cn 能否访问' });
  fireEvent.click(await screen.findByRole('option', { name: /1EEF/ }));
  expect(place()).toBe('/codes?search=1EEF&tab=granted');
});

test('its key is on the list of keys of every page, but for what the page uses itself', async () => {
  const run = vi.fn();
  openFrame(<Shortcuts shortcuts={[{ keys: ['/'], label: '页内搜索', run }]} />);
  await screen.findByRole('button', { name: '搜索全部内容' });
  fireEvent.keyDown(document.body, { key: '/' });
  expect(run).toHaveBeenCalledOnce();
  expect(screen.queryByRole('combobox')).toBeNull();
  fireEvent.keyDown(document.body, { key: '?' });
  const lists = await screen.findAllByRole('dialog');
  expect(lists).toHaveLength(1);
  expect(lists[0]?.textContent).toContain('/页内搜索');
  expect(lists[0]?.textContent).toContain('Ctrl K搜索全部内容');
});
