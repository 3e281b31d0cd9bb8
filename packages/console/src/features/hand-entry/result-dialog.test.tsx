// @vitest-environment jsdom
import { ProblemError } from '@openbeian/contract/calling';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
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

test('what the server refuses of a result is said at its field, not by its path', async () => {
  const parts = {
    id: 'fil_1',
    version: 7,
    kind: 'first',
    state: 'with_authority',
    subjectNumber: null,
    serviceNumber: null,
  };
  const filing = parts as Partial<Filing> as Filing; // what the dialog reads of it
  openPage(<ResultDialog filing={filing} onClose={() => {}} />, { role: 'operator', answers: {} });
  fireEvent.change(await screen.findByLabelText('主体备案号'), { target: { value: '粤ICP备2026900001号' } });
  fireEvent.change(screen.getByLabelText('网站或 APP 备案号'), { target: { value: '粤ICP备2026900002号-1' } });
  const refused = '应为主体备案号加序号';
  const places = [
    { path: 'result.serviceNumber', en: 'the organiser’s number', zh: refused },
    { path: 'result.dueAt', en: 'later', zh: '应晚于现在' },
  ];
  const problem = { status: 400, code: 'input.invalid', zh: '输入有误', en: 'Invalid input', places };
  vi.mocked(call).mockRejectedValueOnce(new ProblemError(problem as never)); // what is read of it
  fireEvent.click(screen.getByRole('button', { name: '录入管局结果' }));
  await screen.findByText(refused);
  expect(screen.getByLabelText('网站或 APP 备案号').getAttribute('aria-invalid')).toBe('true');
  // What the form has no field for is said in words too.
  expect(screen.getByText('所填内容：应晚于现在')).toBeDefined();
  expect(screen.queryByText(/result\./)).toBeNull();
});
