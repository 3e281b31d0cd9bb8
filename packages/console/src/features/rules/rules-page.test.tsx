// @vitest-environment jsdom
import { loadRuleBook } from '@openbeian/policies/rule-book';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { beforeEach, expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import { LanguageProvider } from '../../language/language.tsx';
import { prepareForPages } from '../../testing/open-page.tsx';
import { RulesPage } from './rules-page.tsx';

/** The server is played by the rules as they are shipped. */
vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));

const book = loadRuleBook();
function Address() {
  const { pathname, search } = useLocation();
  return <p data-testid="address">{pathname + search}</p>;
}
const address = () => screen.getByTestId('address').textContent ?? '';

prepareForPages();
beforeEach(() => {
  vi.mocked(call).mockImplementation(async (id) => (id === 'getRuleBook' ? book : { now: '2026-11-29T04:00:00.000Z' }));
});

async function open(path: string) {
  render(
    <LanguageProvider>
      <QueryClientProvider client={new QueryClient()}>
        <MemoryRouter initialEntries={[path]}>
          <RulesPage />
          <Address />
        </MemoryRouter>
      </QueryClientProvider>
    </LanguageProvider>,
  );
  await screen.findByRole('heading', { level: 1 });
}
const rowOf = (table: HTMLElement, label: string) => {
  const row = within(table).getByRole('rowheader', { name: label }).closest('tr');
  if (row === null) throw new Error(`no row ${label}`);
  return row;
};

test('every product of every cloud and every province is listed, with a link to its rules', async () => {
  await open('/rules');
  const links = screen.getAllByRole('link').map((link) => link.getAttribute('href'));
  for (const { products } of book.providers)
    for (const { id } of products) expect(links).toContain(`/rules?product=${encodeURIComponent(id)}`);
  for (const { code } of book.provinces) expect(links).toContain(`/rules?province=${code ?? 'all'}`);
});

test('search finds products by cloud and by what they ask, and is kept in the address', async () => {
  await open('/rules');
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: '火山' } });
  expect(screen.getAllByRole('table')).toHaveLength(1);
  expect(screen.getByRole('link', { name: '云服务器' })).toBeDefined();
  expect(decodeURIComponent(address())).toBe('/rules?q=火山');
  fireEvent.change(screen.getByRole('searchbox'), { target: { value: '不存在的产品' } });
  expect(screen.getByText('没有符合的产品')).toBeDefined();
});

test('a product shows every value with its sources and tests', async () => {
  await open('/rules?product=tencent/cvm');
  const table = screen.getByRole('table', { name: '云服务器' });
  const product = book.providers.flatMap(({ products }) => products).find(({ id }) => id === 'tencent/cvm');
  for (const { label, value } of product?.versions[0]?.rows ?? [])
    expect(rowOf(table, label.zh).textContent).toContain(value.zh);
  const bought = rowOf(table, '购买时长（含续费）');
  expect(bought.textContent).toContain('不少于 90 天');
  expect(bought.textContent).toMatch(/eighty-nine are not providers\/tencent\.cases\.yaml:\d+/);
  const source = within(bought).getByRole('link', { name: 'tencent-code-faq' });
  expect(document.getElementById((source.getAttribute('href') ?? '').slice(1))?.textContent).toContain(
    '备案授权码 常见问题',
  );
  expect(document.getElementById('source-jd-code-guide')).toBeNull();
});

test('two days of one product: the rows that differ are marked, and can be shown alone', async () => {
  await open('/rules?product=alibaba/ecs&at=2026-11-29&on=2020-10-15');
  const table = screen.getByRole('table', { name: '比较' });
  const [, , right] = rowOf(table, '剩余时长不同').children;
  expect(right?.textContent).toBe('不少于 3 个月');
  expect(rowOf(table, '计费方式').className).toBe('');
  expect(screen.getByRole('status').textContent).toBe('2 项不同');
  fireEvent.click(screen.getByRole('checkbox', { name: '只看差别' }));
  expect(within(table).queryByRole('rowheader', { name: '计费方式' })).toBeNull();
  expect(address()).toContain('only=1');
  fireEvent.click(screen.getByRole('button', { name: '取消比较' }));
  expect(address()).toBe('/rules?product=alibaba%2Fecs&at=2026-11-29');
});

test('two clouds: their products and what they say of accounts', async () => {
  await open('/rules?product=tencent/cvm&with=alibaba/ecs&at=2026-11-29');
  const table = screen.getByRole('table', { name: '比较' });
  const [, left, right] = rowOf(table, '购买时长（含续费）不同').children;
  expect([left?.textContent, right?.textContent]).toEqual(['不少于 90 天', '不少于 3 个月']);
  expect(rowOf(table, '每个账号的主体不同').textContent).toContain('无此项');
});

test('a province’s rules, in English too; what is not known is said', async () => {
  localStorage.setItem('openbeian.language', 'en');
  await open('/rules?province=120000');
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Tianjin');
  expect(
    screen.getByText('In Tianjin the person in charge of the site must not be that of the organiser'),
  ).toBeDefined();
  // What only people can look at is apart from what the pre-check finds.
  const checkList = screen.getByRole('region', { name: 'Reviewer’s check list' });
  expect(within(checkList).getByText('tianjin.huayuan')).toBeDefined();
  expect(within(checkList).queryByText('tianjin.site_principal_differs')).toBeNull();
  // What another rule replaced is apart as well, and says by which.
  const [others] = screen.getAllByText(/^Rules that are replaced, ended or not yet in force/);
  const card = within(others?.parentElement ?? document.body)
    .getByText('tianjin.unit_age_eighteen')
    .closest('section');
  expect(card?.textContent).toMatch(/replaced by tianjin\.\w+ .*no longer applies/);
  cleanup();
  await open('/rules?product=nobody/nothing');
  expect(screen.getByText('No such product or province')).toBeDefined();
});
