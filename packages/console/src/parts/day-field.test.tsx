// @vitest-environment jsdom
import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { LanguageProvider } from '../language/language.tsx';
import { DayField } from './day-field.tsx';

afterEach(() => {
  cleanup();
  localStorage.clear();
});

function Place({ said }: { readonly said: string[] }) {
  const [day, setDay] = useState('2026-01-31');
  const change = (next: string) => {
    said.push(next);
    setDay(next);
  };
  return <DayField aria-label="day" value={day} onChange={change} />;
}

function show(language: 'zh' | 'en'): string[] {
  localStorage.setItem('openbeian.language', language);
  const said: string[] = [];
  render(
    <LanguageProvider>
      <Place said={said} />
    </LanguageProvider>,
  );
  return said;
}
const field = () => screen.getByLabelText<HTMLInputElement>('day');

test('a day is taken however it is typed; what is none stays in sight and is none', () => {
  const said = show('zh');
  expect(field().value).toBe('2026-01-31');
  fireEvent.change(field(), { target: { value: '2026年2月3日' } });
  expect(said).toEqual(['2026-02-03']);
  fireEvent.blur(field());
  expect(field().value).toBe('2026-02-03');
  fireEvent.change(field(), { target: { value: '2026-02-30' } });
  fireEvent.blur(field());
  expect(said).toEqual(['2026-02-03', '']);
  expect([field().value, field().getAttribute('aria-invalid')]).toEqual(['2026-02-30', 'true']);
});

test('the calendar is in the language of the page and is used by keyboard', async () => {
  const said = show('en');
  fireEvent.click(screen.getByRole('button', { name: 'Open the calendar' }));
  expect(await screen.findByText('January 2026')).toBeTruthy();
  const focused = () => document.activeElement?.getAttribute('data-day');
  await waitFor(() => expect(focused()).toBe('2026-01-31'));
  for (const [key, day] of [
    ['PageDown', '2026-02-28'],
    ['ArrowDown', '2026-03-07'],
    ['ArrowLeft', '2026-03-06'],
  ] as const) {
    fireEvent.keyDown(document.activeElement as HTMLElement, { key });
    await waitFor(() => expect(focused()).toBe(day));
  }
  fireEvent.click(document.activeElement as HTMLElement);
  expect(said).toEqual(['2026-03-06']);
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  cleanup();
  show('zh');
  fireEvent.click(screen.getByRole('button', { name: '打开日历' }));
  expect(await screen.findByText('2026年1月')).toBeTruthy();
});
