// @vitest-environment jsdom
import { act, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { createMemoryRouter, Link, RouterProvider } from 'react-router';
import { expect, test } from 'vitest';
import { LanguageProvider } from '../../language/language.tsx';
import { prepareForPages } from '../../testing/open-page.tsx';
import type { SaveState } from './form-draft.ts';
import { LeavingDialog } from './leaving-dialog.tsx';

prepareForPages();

let state: SaveState;
let become: (state: SaveState) => void;
let saves: number;

function Form() {
  const [now, setNow] = useState<SaveState>('unsaved');
  state = now;
  become = setNow;
  const save = () => {
    saves += 1;
    setNow('saving');
  };
  return (
    <>
      <Link to="/records">去往其他页面</Link>
      <LeavingDialog state={now} onSave={save} />
    </>
  );
}

function openForm() {
  saves = 0;
  const routes = [
    { path: '/form', element: <Form /> },
    { path: '*', element: <p>其他页面</p> },
  ];
  const router = createMemoryRouter(routes, { initialEntries: ['/start', '/form'] });
  render(
    <LanguageProvider>
      <RouterProvider router={router} />
    </LanguageProvider>,
  );
  return router;
}
const left = () => screen.queryByText('其他页面') !== null;

test('going back waits until everything that was typed is saved, also what is typed meanwhile', async () => {
  const router = openForm();
  await act(() => router.navigate(-1));
  expect([saves, state, left()]).toEqual([1, 'saving', false]);
  await act(async () => become('unsaved'));
  expect([saves, state, left()]).toEqual([2, 'saving', false]);
  await act(async () => become('saved'));
  await screen.findByText('其他页面');
});

test('leaving with what cannot be saved asks first', async () => {
  openForm();
  await act(async () => become('conflict'));
  fireEvent.click(screen.getByRole('link', { name: '去往其他页面' }));
  fireEvent.click(await screen.findByRole('button', { name: '留在本页' }));
  expect([saves, left()]).toEqual([0, false]);
  await act(async () => become('failed'));
  fireEvent.click(screen.getByRole('link', { name: '去往其他页面' }));
  fireEvent.click(await screen.findByRole('button', { name: '不保存，离开' }));
  await screen.findByText('其他页面');
});
