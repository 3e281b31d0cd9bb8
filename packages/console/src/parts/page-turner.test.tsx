// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter, useSearchParams } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { afterEach, beforeEach, test } from 'vitest';
import { LanguageProvider } from '../language/language.tsx';
import { PageTurner, useAddressPages } from './page-turner.tsx';

beforeEach(() => localStorage.setItem('openbeian.language', 'en'));
afterEach(() => {
  cleanup();
  localStorage.clear();
});

/** A list of three pages, which `?show=` narrows; it shows where its page begins. */
function List() {
  const [params, setParams] = useSearchParams();
  const show = params.get('show') ?? '';
  const pages = useAddressPages(show);
  const next = pages.start === undefined ? 'second' : pages.start === 'second' ? 'third' : null;
  const narrow = () =>
    setParams(
      (old) => {
        old.set('show', 'blocked');
        return old;
      },
      { replace: true },
    );
  return (
    <>
      <output>{`${show}:${pages.start ?? 'first'}`}</output>
      <button type="button" onClick={narrow}>
        narrow
      </button>
      <PageTurner pages={pages} next={next} />
    </>
  );
}

function open(address: string) {
  const router = createMemoryRouter(
    [
      { path: '/list', element: <List /> },
      { path: '/row', element: <output>a row</output> },
    ],
    { initialEntries: [address] },
  );
  render(
    <LanguageProvider>
      <RouterProvider router={router} />
    </LanguageProvider>,
  );
  return router;
}

const press = (name: string) => fireEvent.click(screen.getByRole('button', { name }));

test('the page that was reached is in the address: back from a row leads to it, and so does a reload', async () => {
  const router = open('/list');
  press('Next page');
  await screen.findByText(':second');
  press('Next page');
  await screen.findByText(':third');
  const address = `${router.state.location.pathname}${router.state.location.search}`;
  await router.navigate('/row');
  await screen.findByText('a row');
  await router.navigate(-1);
  await screen.findByText(':third');
  press('Previous page');
  await screen.findByText(':second');
  cleanup();
  open(address);
  await screen.findByText(':third');
  // Nobody knows what came before a page that was opened by its address.
  press('Previous page');
  await screen.findByText(':first');
});

test('another filter begins at its first page', async () => {
  open('/list');
  press('Next page');
  await screen.findByText(':second');
  press('narrow');
  await screen.findByText('blocked:first');
  press('Next page');
  await screen.findByText('blocked:second');
});

test.each(['nonsense', '.second', 'x.second', ''])('what is no page of this list is none: %s', async (page) => {
  open(`/list?page=${page}`);
  await screen.findByText(':first');
});
