// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { Form } from 'antd';
import { expect, test } from 'vitest';
import { prepareForPages } from '../testing/open-page.tsx';
import { PastedInput } from './pasted-input.tsx';

prepareForPages();

function show(as: 'compact' | 'host') {
  render(
    <Form>
      <Form.Item name="it" label="it">
        <PastedInput as={as} />
      </Form.Item>
    </Form>,
  );
  return screen.getByLabelText<HTMLInputElement>('it');
}
const paste = (field: HTMLInputElement, text: string) =>
  fireEvent.paste(field, { clipboardData: { getData: () => text } });

test('what is pasted is whole, without what only divides it', () => {
  const field = show('compact');
  paste(field, '９１44 0300 1234 5678 9Ａ');
  expect(field.value).toBe('91440300123456789A');
});

test('what is typed is left alone until the field is left', () => {
  const field = show('compact');
  fireEvent.change(field, { target: { value: 'zhang ＠example.cn' } });
  expect(field.value).toBe('zhang ＠example.cn');
  fireEvent.blur(field);
  expect(field.value).toBe('zhang@example.cn');
});

test('of a URL the host is taken', () => {
  const field = show('host');
  paste(field, 'https://www.example.cn/shop?a=1');
  expect(field.value).toBe('www.example.cn');
});
