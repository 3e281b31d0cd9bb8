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

function Form() {
  const [state, setState] = useState<SaveState>('unsaved');
  const [saves, setSaves] = useState(0);
  const save = () => {
    setSaves(saves + 1);
    setState('saving');
  };
  return (
    <>
      <Link to="/records">去往其他页面</Link>
      {(['unsaved', 'saved', 'conflict', 'failed'] as const).map((one) => (
        <button type="button" key={one} data-testid={one} onClick={() => setState(one)}>
          {one}
        </button>
      ))}
      <span data-testid="now">{`${state} ${saves}`}</span>
      <LeavingDialog state={state} onSave={save} />
    </>
  );
}

function openForm() {
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
const become = (state: SaveState) => fireEvent.click(screen.getByTestId(state));
const now = () => screen.getByTestId('now').textContent;

test('going back waits until everything that was typed is saved, also what is typed meanwhile', async () => {
  const router = openForm();
  await act(() => router.navigate(-1));
  expect(now()).toBe('saving 1');
  become('unsaved');
  expect(now()).toBe('saving 2');
  become('saved');
  await screen.findByText('其他页面');
});

test('leaving with what cannot be saved asks first', async () => {
  openForm();
  become('conflict');
  fireEvent.click(screen.getByRole('link', { name: '去往其他页面' }));
  fireEvent.click(await screen.findByRole('button', { name: '留在本页' }));
  expect(now()).toBe('conflict 0');
  become('failed');
  fireEvent.click(screen.getByRole('link', { name: '去往其他页面' }));
  fireEvent.click(await screen.findByRole('button', { name: '不保存，离开' }));
  await screen.findByText('其他页面');
});
