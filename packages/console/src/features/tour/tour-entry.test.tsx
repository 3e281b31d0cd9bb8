// @vitest-environment jsdom
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { startTour } from './start-tour.ts';
import { stepsOf } from './steps.ts';
import { TourEntry } from './tour-entry.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const open = (role: keyof typeof stepsOf, endedAt: string | null) => {
  Element.prototype.scrollIntoView = () => {};
  openPage(<TourEntry />, { role, answers: { getOwnTour: { endedAt }, endOwnTour: { endedAt: 'now' } } });
};
const offer = () => screen.findByText('初次使用？用一分钟认识控制台。');
const title = (name: string) => screen.findByRole('heading', { name: new RegExp(`^${name} · `) });

test('offered to who is new, gone through with the arrows, and ended by Esc for good', async () => {
  open('customer', null);
  await offer();
  fireEvent.click(screen.getByRole('button', { name: '开始导览' }));
  const first = await title('概览');
  expect(first.getAttribute('aria-label')).toBe(`概览 · 第 1 步，共 ${stepsOf.customer.length} 步`);
  await waitFor(() => expect(document.activeElement).toBe(first));
  fireEvent.keyDown(window, { key: 'ArrowRight' });
  await title('我的云资源');
  fireEvent.keyDown(window, { key: 'Escape' });
  await waitFor(() => expect(askedFor('endOwnTour')).toEqual([{ body: {} }]));
  expect(screen.queryByText('初次使用？用一分钟认识控制台。')).toBeNull();
});

test('skipped at once; a reviewer is shown other things', async () => {
  open('reviewer', null);
  await offer();
  fireEvent.click(screen.getByRole('button', { name: '不再提示' }));
  await waitFor(() => expect(askedFor('endOwnTour')).toHaveLength(1));
  expect(screen.queryByText('初次使用？用一分钟认识控制台。')).toBeNull();
  act(() => startTour());
  await title('待审订单');
});

test('whoever knows it is offered nothing, and begins it again from the help', async () => {
  open('operator', '2026-12-01T00:00:00.000Z');
  await waitFor(() => expect(askedFor('getOwnTour')).toHaveLength(1));
  expect(screen.queryByText('初次使用？用一分钟认识控制台。')).toBeNull();
  act(() => startTour());
  await title('运行状态');
  fireEvent.keyDown(window, { key: 'Escape' });
  await waitFor(() => expect(screen.queryByRole('heading')).toBeNull());
  expect(askedFor('endOwnTour')).toEqual([]);
});

test('on a phone what is in the menu is shown at its button', async () => {
  const button = document.body.appendChild(document.createElement('button'));
  button.className = 'menu-button';
  const asked = vi.fn(() => [new DOMRect(4, 4, 40, 40)] as unknown as DOMRectList);
  button.getClientRects = asked;
  open('reviewer', null);
  await offer();
  act(() => startTour());
  await title('待审订单');
  expect(asked).toHaveBeenCalled();
  button.remove();
});
