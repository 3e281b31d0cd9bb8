// @vitest-environment jsdom
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import type { Filing } from '../../api/shapes.ts';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { ResultDialog } from './result-dialog.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

test('news of one person’s SMS are sent with how often it was sent again and mistyped', async () => {
  const parts = {
    id: 'fil_1',
    version: 7,
    kind: 'first',
    state: 'awaiting_sms',
    subjectNumber: null,
    serviceNumber: null,
  };
  const filing = parts as Partial<Filing> as Filing; // what the dialog reads of it
  openPage(<ResultDialog filing={filing} onClose={() => {}} />, { role: 'operator', answers: {}, language: 'en' });
  fireEvent.click(await screen.findByLabelText('News of one person’s SMS'));
  fireEvent.click((await screen.findAllByRole('checkbox'))[0] ?? document.body);
  fireEvent.change(screen.getByLabelText('Sent again so far'), { target: { value: '1' } });
  fireEvent.change(screen.getByLabelText('Wrong codes so far'), { target: { value: '3' } });
  fireEvent.click(screen.getByRole('button', { name: 'Enter the result' }));
  await waitFor(() => expect(askedFor('enterAuthorityResult')).toHaveLength(1));
  const result = { kind: 'sms_progress', people: ['subject_principal'], state: 'confirmed', resends: 1, wrongCodes: 3 };
  expect(askedFor('enterAuthorityResult')).toMatchObject([
    { params: { filingId: 'fil_1' }, body: { version: 7, result } },
  ]);
});
