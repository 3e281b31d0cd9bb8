// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { createMemoryRouter } from 'react-router';
import { RouterProvider } from 'react-router/dom';
import { afterEach, expect, test } from 'vitest';
import { useAddressText } from './use-address-text.ts';

afterEach(cleanup);

function Search() {
  const [text, change] = useAddressText('search');
  return <input aria-label="search" value={text} onChange={(event) => change(event.target.value)} />;
}

const field = () => screen.getByLabelText<HTMLInputElement>('search');
const type = (value: string) => fireEvent.change(field(), { target: { value } });

test('what is typed is shown at once, however fast, and the address follows', async () => {
  const router = createMemoryRouter([{ path: '/', element: <Search /> }], { initialEntries: ['/?search=a'] });
  render(<RouterProvider router={router} />);
  expect(field().value).toBe('a');
  for (const text of ['ab', 'abc', 'abcd']) {
    type(text);
    expect(field().value).toBe(text);
  }
  await expect.poll(() => router.state.location.search).toBe('?search=abcd');
  // Going elsewhere is followed, too.
  await router.navigate('/?search=other');
  await expect.poll(() => field().value).toBe('other');
  type('');
  await expect.poll(() => router.state.location.search).toBe('');
  expect(field().value).toBe('');
});
