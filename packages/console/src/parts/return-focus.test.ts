// @vitest-environment jsdom
import { afterEach, expect, test } from 'vitest';
import { returnFocus } from './return-focus.ts';

let end = () => {};
afterEach(() => {
  end();
  document.body.replaceChildren();
});

/** A page with a button, and a dialog over it as the component library shows one. */
function openDialog() {
  document.body.innerHTML =
    '<main id="main" tabindex="-1"><button>open</button></main><div id="place"><div role="dialog"><button>ok</button></div></div>';
  end = returnFocus();
  const opener = document.querySelector<HTMLElement>('main button');
  opener?.focus();
  document.querySelector<HTMLElement>('[role=dialog] button')?.focus();
  return {
    opener,
    close: async () => {
      document.querySelector('[role=dialog]')?.remove();
      document.querySelector('#place')?.remove();
      // Observers are told after what runs now.
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
}

test('closing a dialog leads back to what opened it, or to the page where that is gone', async () => {
  const first = openDialog();
  await first.close();
  expect(document.activeElement).toBe(first.opener);
  end();
  const second = openDialog();
  second.opener?.remove();
  await second.close();
  expect(document.activeElement?.id).toBe('main');
});

test('whoever went on elsewhere is left there', async () => {
  const { close } = openDialog();
  const other = document.createElement('input');
  document.querySelector('main')?.append(other);
  other.focus();
  await close();
  expect(document.activeElement).toBe(other);
});
