// @vitest-environment jsdom
import { act, cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LanguageProvider } from '../language/language.tsx';
import { useShownTheme } from './theme-choice.ts';
import { ThemeSwitch } from './theme-switch.tsx';

/** The system is dark, the page is on a screen. */
beforeEach(() => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: query.includes('dark'),
    addEventListener() {},
    removeEventListener() {},
  }));
});
afterEach(() => {
  cleanup();
  localStorage.clear();
  vi.unstubAllGlobals();
});

const Shown = () => <output>{useShownTheme()}</output>;

function open() {
  render(
    <LanguageProvider>
      <ThemeSwitch />
      <Shown />
    </LanguageProvider>,
  );
}
const isChosen = (name: string) => (screen.getByRole('radio', { name }) as HTMLInputElement).checked;

test('follows the system unless one is chosen, which is shown at once and remembered', async () => {
  open();
  expect(isChosen('跟随系统')).toBe(true);
  await userEvent.click(screen.getByRole('radio', { name: '浅色' }));
  expect(document.documentElement.dataset.theme).toBe('light');
  expect(screen.getByRole('status').textContent).toBe('light');
  await userEvent.click(screen.getByRole('radio', { name: '深色' }));
  await act(async () => {});
  expect(screen.getByRole('status').textContent).toBe('dark');
  cleanup();
  open();
  expect(isChosen('深色')).toBe(true);
});

test('going back to the system’s takes its theme and keeps nothing', async () => {
  localStorage.setItem('openbeian.theme', 'light');
  open();
  expect(isChosen('浅色')).toBe(true);
  await userEvent.click(screen.getByRole('radio', { name: '跟随系统' }));
  expect(document.documentElement.dataset.theme).toBe('dark');
  expect(localStorage.getItem('openbeian.theme')).toBeNull();
});
