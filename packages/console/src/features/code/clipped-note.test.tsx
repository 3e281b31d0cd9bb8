// @vitest-environment jsdom
import { fireEvent, render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { LanguageProvider } from '../../language/language.tsx';
import { prepareForPages } from '../../testing/open-page.tsx';
import { ClippedNote } from './clipped-note.tsx';

prepareForPages();
const show = (note: string) =>
  render(
    <LanguageProvider>
      <ClippedNote note={note} />
    </LanguageProvider>,
  ).container;

test('a long note is clipped, and whole when it is asked for; a short one is as it is', () => {
  const note = '港口分公司'.repeat(20);
  const seen = show(note);
  expect(seen.textContent).not.toContain(note);
  fireEvent.click(screen.getByRole('button', { name: '展开' }));
  expect(seen.textContent).toContain(note);
  expect(show('总部官网').textContent).toBe('总部官网');
});
