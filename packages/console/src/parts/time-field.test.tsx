// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { LanguageProvider } from '../language/language.tsx';
import { TimeField } from './time-field.tsx';

afterEach(cleanup);

function Place({ said }: { readonly said: string[] }) {
  const [value, setValue] = useState('');
  const change = (next: string) => {
    said.push(next);
    setValue(next);
  };
  return (
    <>
      <TimeField aria-label="再次拨打时间" value={value} onChange={change} />
      <button type="button" onClick={() => setValue('')}>
        清空
      </button>
    </>
  );
}

test('a time is one once its day and its time are there, however they are typed, and its field can be emptied', () => {
  const said: string[] = [];
  render(
    <LanguageProvider>
      <Place said={said} />
    </LanguageProvider>,
  );
  const day = screen.getByLabelText<HTMLInputElement>('再次拨打时间：日期');
  const time = screen.getByLabelText<HTMLInputElement>('再次拨打时间：时间');
  fireEvent.change(day, { target: { value: '20261202' } });
  fireEvent.blur(day);
  fireEvent.change(time, { target: { value: '9点5' } });
  expect(said.at(-1)).toBe('2026-12-02T09:05');
  fireEvent.blur(time);
  expect([day.value, time.value]).toEqual(['2026-12-02', '09:05']);
  fireEvent.change(time, { target: { value: '9:' } });
  fireEvent.change(time, { target: { value: '25:00' } });
  expect(said.at(-1)).toBe('');
  expect(time.getAttribute('aria-invalid')).toBe('true');
  fireEvent.change(time, { target: { value: '10:00' } });
  expect(said.at(-1)).toBe('2026-12-02T10:00');
  fireEvent.click(screen.getByText('清空'));
  expect([day.value, time.value]).toEqual(['', '']);
});
