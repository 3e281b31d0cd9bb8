// @vitest-environment jsdom
import { ProblemError } from '@openbeian/contract/calling';
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import type { Filing } from '../../api/shapes.ts';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { AnswerButton } from './answer-button.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

test('what the answer still lacks is listed by its name, with what to do', async () => {
  const filing = { id: 'fil_1', version: 3 } as Filing; // what the button reads of it
  openPage(<AnswerButton filing={filing} />, { role: 'customer', answers: {} });
  const otherwise = vi.mocked(call).getMockImplementation();
  const finding = {
    field: 'materials.subject_certificate.whole',
    rule: 'answer.picture_unchanged',
    message: { zh: '尚未更换。', en: 'Not replaced yet.' },
    remedy: { zh: '请重新上传。', en: 'Upload it again.' },
    source: 'openbeian',
    from: 'pre_check',
    severity: 'error',
  };
  vi.mocked(call).mockImplementation(async (id, input) => {
    if (id !== 'answerFiling') return otherwise?.(id, input);
    throw new ProblemError({ status: 422, code: 'filing.form_incomplete', zh: '未填完', findings: [finding] } as never);
  });
  fireEvent.click(await screen.findByRole('button'));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('主体证件：尚未更换。');
  expect(dialog.getByRole('alert').textContent).toContain('请重新上传。');
});
