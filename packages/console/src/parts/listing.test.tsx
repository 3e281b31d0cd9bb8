// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { App } from 'antd';
import { expect, test } from 'vitest';
import { LanguageProvider } from '../language/language.tsx';
import { prepareForPages } from '../testing/open-page.tsx';
import { csvOf } from './csv-of.ts';
import { ListOwner } from './list-settings.ts';
import { type Column, Listing } from './listing.tsx';

prepareForPages();

interface Row {
  readonly id: string;
  readonly size: number;
}
const columns: Column<Row>[] = [
  { key: 'id', label: '编号', onCard: 'title', render: ({ id }) => id, text: ({ id }) => id },
  { key: 'size', label: '大小', render: ({ size }) => size, text: ({ size }) => size },
  { key: 'colour', label: '颜色', isExtra: true, render: () => '红' },
];
const rows = [{ id: '=a', size: 3 }];

function show(owner: string) {
  render(
    <LanguageProvider>
      <App>
        <ListOwner value={owner}>
          <Listing name="things" label="东西" rows={rows} rowKey={({ id }) => id} columns={columns} empty={null} />
        </ListOwner>
      </App>
    </LanguageProvider>,
  );
}
const has = (text: string) => screen.queryAllByText(text).length > 0;
const choose = async (label: string) => fireEvent.click(await screen.findByRole('checkbox', { name: label }));

test('columns are chosen, and kept for the person who chose them', async () => {
  show('usr_1');
  expect([has('3'), has('红')]).toEqual([true, false]);
  fireEvent.click(await screen.findByRole('button', { name: /列表设置/ }));
  await choose('大小');
  await choose('颜色');
  expect([has('3'), has('红')]).toEqual([false, true]);
  cleanup();
  show('usr_1');
  expect([has('3'), has('红')]).toEqual([false, true]);
  cleanup();
  show('usr_2');
  expect([has('3'), has('红')]).toEqual([true, false]);
});

test('what the browser keeps and is none of this is as if nothing were kept', () => {
  localStorage.setItem('openbeian.list.usr_1.things', '{"shown":3,"isDense":"x"}');
  show('usr_1');
  expect(has('3')).toBe(true);
});

test('a file has the columns that have texts, none of which is a formula', () => {
  expect(csvOf(columns, rows)).toBe("\uFEFF编号,大小\r\n'=a,3\r\n");
});
