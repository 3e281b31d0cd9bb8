// @vitest-environment jsdom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { OperationsPage } from './operations-page.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const both = (text: string) => ({ zh: text, en: `${text} in English` });
const well = { state: 'ok', todo: null, link: null, parts: [] };
const answer = {
  state: 'failing',
  failing: 1,
  attention: 1,
  unknown: 1,
  items: [
    { id: 'database', ...well, text: both('可用') },
    { id: 'certificate', ...well, state: 'unknown', text: both('没有设置地址'), todo: both('设置地址') },
    {
      id: 'lines',
      ...well,
      state: 'failing',
      text: both('2 条线路中 1 条可用'),
      link: '/authority',
      parts: [
        {
          id: '440000',
          name: { zh: '广东', en: 'Guangdong' },
          state: 'failing',
          text: both('已停止'),
          todo: both('排除原因'),
          link: '/authority',
          action: { act: 'resume_line', provinceCode: '440000' },
        },
      ],
    },
    {
      id: 'webhooks',
      ...well,
      state: 'attention',
      text: both('1 个地址投递失败'),
      parts: [
        {
          id: 'whk_1',
          name: both('https://hooks.example'),
          state: 'attention',
          text: both('投递失败'),
          todo: both('修复'),
          link: '/webhooks/whk_1',
          action: null,
        },
      ],
    },
  ],
};
const open = (language: 'zh' | 'en' = 'zh', more: object = {}) =>
  openPage(<OperationsPage />, {
    role: 'operator',
    answers: { getOperations: { ...answer, ...more }, resumeAuthorityLine: { resumed: true } },
    language,
  });

test('the first line says how much is to be done, leads to it, and leaves what is not known out of the count', async () => {
  open();
  const overall = await screen.findByRole('status', { name: '总体' });
  expect(overall.textContent).toContain('2 项需处理');
  expect(overall.textContent).toContain('另有 1 项无法得知');
  expect(
    within(overall)
      .getAllByRole('link')
      .map((one) => one.getAttribute('href')),
  ).toEqual(['#operations-lines', '#operations-webhooks']);
});

test('every state is a word, with what to do where there is something, and a link to where it is done', async () => {
  open('en');
  const list = await screen.findByRole('list', { name: 'Webhooks' });
  expect(list.textContent).toContain('Needs attention');
  expect(list.textContent).toContain('To do:');
  const link = within(list).getByRole('link', { name: 'Open: https://hooks.example in English' });
  expect(link.getAttribute('href')).toBe('/webhooks/whk_1');
  for (const word of ['Well', 'Not known', 'Failing'])
    expect(screen.getAllByText(word).length, word).toBeGreaterThan(0);
});

test('a stopped line is resumed on the spot, after a question', async () => {
  open();
  fireEvent.click(await screen.findByRole('button', { name: /恢复.*广东/ }));
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(within(dialog).getByRole('button', { name: /恢复.*广东/ }));
  await vi.waitFor(() => expect(askedFor('resumeAuthorityLine')).toEqual([{ params: { provinceCode: '440000' } }]));
});

test('where all is well it says so', async () => {
  const items = answer.items.filter(({ state }) => state === 'ok');
  open('zh', { state: 'ok', failing: 0, attention: 0, unknown: 0, items });
  expect((await screen.findByRole('status', { name: '总体' })).textContent).toBe('全部正常');
});
