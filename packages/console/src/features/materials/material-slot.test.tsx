// @vitest-environment jsdom
import { ProblemError } from '@openbeian/contract/calling';
import { fireEvent, screen } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { call } from '../../api/client.ts';
import type { NeededMaterial } from '../../api/shapes.ts';
import { askedFor, openPage, prepareForPages } from '../../testing/open-page.tsx';
import { MaterialSlot } from './material-slot.tsx';

vi.mock('../../api/client.ts', () => ({ call: vi.fn() }));
prepareForPages();

const name = { zh: '承诺书', en: 'Pledge' };
const there = {
  id: 'mat_1',
  addedAt: '2026-11-29T02:00:00.000Z',
  width: 10,
  height: 10,
  bytes: 1,
  copyBytes: 1,
  advice: [],
};
const material = { ...there, scan: 'clean', signedOn: '2026-11-20' };
const place = { key: 'pledge', part: 'whole', field: 'materials.pledge.whole', name, isRequired: true, isSigned: true };
const open = (more: object) => {
  const wanted = { ...place, certificateType: null, when: name, most: 1, materials: [], ...more };
  const needed = wanted as object as NeededMaterial; // what the slot reads of it
  openPage(<MaterialSlot filingId="fil_1" place={needed} askedAt={null} />, { role: 'customer', answers: {} });
};

test('a signed paper is not uploaded without its day, which is asked for at its place', async () => {
  open({});
  fireEvent.click(await screen.findByRole('button', { name: '选择图片：承诺书' }));
  expect((await screen.findByRole('alert')).textContent).toBe('请先填写材料上的落款日期');
  const file = new File(['x'], 'pledge.png', { type: 'image/png' });
  const input = document.querySelector('input[type=file]') ?? document.body;
  fireEvent.change(input, { target: { files: [file] } });
  expect(askedFor('beginUpload')).toEqual([]);
  fireEvent.change(screen.getByLabelText('承诺书的落款日期'), { target: { value: '2026-11-20' } });
  expect(screen.queryByRole('alert')).toBeNull();
});

test.each([
  [{}, '选择图片'],
  [{ materials: [material] }, '更换图片'],
  [{ most: 5, materials: [material] }, '添加图片'],
])('the button says what it does: %#', async (more, text) => {
  open(more);
  expect((await screen.findByRole('button', { name: `${text}：承诺书` })).textContent).toBe(text);
});

test.each([
  [true, '未通过审核，请更换'],
  [false, '已上传'],
])('a picture that a reviewer refused is not called uploaded: %s', async (isRefused, text) => {
  open({ materials: [material], isRefused });
  expect(await screen.findByText(text)).toBeDefined();
  expect(screen.queryByText(isRefused ? '已上传' : '未通过审核，请更换')).toBeNull();
});

test('what is wrong with a picture is said by its name, never by a path', async () => {
  open({ isSigned: false });
  const input = await vi.waitFor(() => document.querySelector('input[type=file]') ?? expect.fail('no input'));
  const finding = { field: 'materials.pledge.whole', rule: 'material.blurred', from: 'pre_check', severity: 'error' };
  const told = { ...finding, message: { zh: '太模糊。', en: 'Blurred.' }, remedy: null, source: null };
  const otherwise = vi.mocked(call).getMockImplementation();
  vi.mocked(call).mockImplementation(async (id, given) => {
    if (id !== 'beginUpload') return otherwise?.(id, given);
    throw new ProblemError({ status: 422, code: 'material.refused', zh: '未通过', findings: [told] } as never);
  });
  fireEvent.change(input, { target: { files: [new File(['x'], 'pledge.png', { type: 'image/png' })] } });
  expect((await screen.findByRole('alert')).textContent).toContain('承诺书：太模糊。');
});
