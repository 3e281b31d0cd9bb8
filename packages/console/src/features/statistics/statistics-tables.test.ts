import { expect, test } from 'vitest';
import { type Statistics, tablesAsCsv, tablesOf } from './statistics-tables.ts';

const zh = (text: { readonly zh: string } | null | undefined) => text?.zh ?? '';
const span = { from: '2026-11-20', to: '2026-11-22' };
const answer: Statistics = {
  reviewers: [
    { id: 'usr_1', name: '审核员甲', done: { passed: 3 }, days: [{ day: '2026-11-21', done: { passed: 3 } }] },
  ],
  provinces: [{ code: '440000', done: { passed: 3, returned: 1 } }],
  rules: [{ rule: 'other', text: { zh: '其他', en: 'Other' }, done: { reason: 1 } }],
  fields: [{ field: '', text: { zh: '整份订单', en: 'Whole' }, done: { reason: 1 } }],
  stays: [
    { state: 'draft', text: { zh: '待完善信息', en: 'Draft' }, holder: 'customer', count: 4, medianMinutes: 2900 },
  ],
};

test('the file has every table with its title and columns, as the page shows them', () => {
  const csv = tablesAsCsv(tablesOf(answer, span, 'zh'), zh);
  expect(csv).toContain('待完善信息,客户,4,2 天');
  expect(csv).toContain('审核员甲,2026-11-21,3,0,0,0,0');
  expect(csv).toContain('广东,3,0,1,0,0');
  expect(csv.split('各步骤用时')).toHaveLength(2);
});

test('a median is said in minutes, hours or days', () => {
  const medianOf = (medianMinutes: number) => {
    const stays = answer.stays.map((stay) => ({ ...stay, medianMinutes }));
    return tablesOf({ ...answer, stays }, span, 'zh')[0]?.rows[0]?.at(-1);
  };
  expect([0, 119, 130, 2879, 4320].map(medianOf)).toEqual(['0 分钟', '119 分钟', '2.2 小时', '48 小时', '3 天']);
});

test('each plot has the numbers of its table; of days all that are asked for, of steps whose they are', () => {
  const plotOf = new Map(tablesOf(answer, span, 'zh').map(({ key, plot }) => [key, plot]));
  expect(plotOf.get('provinces')).toMatchObject({ categories: ['广东'], series: [{ name: '通过', values: [3] }, {}, { values: [1] }, {}, {}] }); // biome-ignore format: one
  expect(plotOf.get('days')).toMatchObject({
    categories: ['2026-11-20', '2026-11-21', '2026-11-22'],
    series: [{ name: '通过', values: [0, 3, 0] }, {}, {}, {}, {}],
  });
  expect(plotOf.get('stays')).toMatchObject({
    unit: '小时',
    series: [{ name: '客户', values: [48.3] }, { values: [null] }, { values: [null] }],
  });
});
