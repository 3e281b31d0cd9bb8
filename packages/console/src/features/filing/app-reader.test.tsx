// @vitest-environment jsdom
import { ProblemError } from '@openbeian/contract/calling';
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import { openPage, prepareForPages } from '../../testing/open-page.tsx';
import { AppReader } from './app-reader.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const choose = async (file: File) => {
  const input = await screen.findByLabelText('Read from the package or certificate', { selector: 'input' });
  fireEvent.change(input, { target: { files: [file] } });
};

test('which files can be read is said of one that the server refuses, and nothing of how it is sent', async () => {
  const onRead = vi.fn();
  openPage(<AppReader platform="ios" onRead={onRead} />, { role: 'customer', answers: {}, language: 'en' });
  const place = { path: 'certificate', zh: '应为证书（base64 编码的 DER）', en: 'a certificate (DER in base64)' };
  const problem = {
    type: '',
    title: '',
    status: 400,
    code: 'input.invalid',
    zh: '输入有误',
    en: 'invalid',
    places: [place],
  };
  vi.mocked(call).mockRejectedValueOnce(new ProblemError(problem as never)); // what is read of it
  await choose(new File(['hello'], 'app.apk'));
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('Choose an APK, or the signing certificate');
  expect(alert.textContent).not.toContain('base64');
  expect(onRead).not.toHaveBeenCalled();
});
