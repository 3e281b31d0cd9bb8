// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Filing } from '../../api/shapes.ts';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { TakeOverButton } from './take-over-button.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

test('a filing is taken out of the line once the operator has confirmed that', async () => {
  const filing = { id: 'fil_1', version: 7 } as Partial<Filing> as Filing; // what the button reads of it
  openPage(<TakeOverButton filing={filing} />, { role: 'operator', answers: {}, language: 'en' });
  fireEvent.click(await screen.findByRole('button', { name: 'Enter by hand' }));
  await screen.findAllByText('Enter it in the authority’s own pages?');
  expect(askedFor('takeOverByHand')).toEqual([]);
  fireEvent.click(screen.getAllByRole('button', { name: 'Enter by hand' }).at(-1) ?? document.body);
  await waitFor(() => expect(askedFor('takeOverByHand')).toHaveLength(1));
  expect(askedFor('takeOverByHand')).toMatchObject([{ params: { filingId: 'fil_1' }, body: { version: 7 } }]);
});
