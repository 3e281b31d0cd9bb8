import { loadRuleBook } from '@openbeian/policies/rule-book';
import { expect, test } from 'vitest';
import { changeDays, changesBetween, usualDays } from './rule-changes.ts';

const book = loadRuleBook();

test('products and provinces whose rules differ between two days, with the rows that do', () => {
  const { products } = changesBetween(book, { from: '2020-10-15', to: '2020-10-16' });
  expect(products.map(({ key }) => key)).toContain('alibaba/ecs');
  const ecs = products.find(({ key }) => key === 'alibaba/ecs');
  expect(ecs?.rows.map(({ left, right }) => [left?.value.zh, right?.value.zh])).toContainEqual([
    '不少于 3 个月',
    undefined,
  ]);
  expect(changesBetween(book, { from: '2026-11-01', to: '2026-11-01' })).toEqual({ products: [], provinces: [] });
});

test('the days of changes, the latest first; one looks at the next one first', () => {
  const days = changeDays(book);
  expect(days).toContain('2020-10-16');
  expect(days).toEqual([...days].sort().reverse());
  expect(usualDays(['2027-01-01', '2026-12-15', '2020-10-16'], '2026-12-01')).toEqual({ from: '2026-12-01', to: '2026-12-15' }); // biome-ignore format: one
  expect(usualDays(['2020-10-16'], '2026-12-01')).toEqual({ from: '2020-10-15', to: '2020-10-16' });
});
