import { useSyncExternalStore } from 'react';

/** `public/theme.js` reads it before anything is painted. */
const storageKey = 'openbeian.theme';

export const themeChoices = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themeChoices)[number];
export type Theme = 'light' | 'dark';

/** What the person chose last in this browser. */
export function chosenTheme(): ThemeChoice {
  try {
    const kept = localStorage.getItem(storageKey);
    return kept === 'light' || kept === 'dark' ? kept : 'system';
  } catch {
    return 'system';
  }
}

/** Shows a theme at once and remembers the choice. */
export function chooseTheme(choice: ThemeChoice): void {
  try {
    if (choice === 'system') localStorage.removeItem(storageKey);
    else localStorage.setItem(storageKey, choice);
  } catch {
    // A browser that keeps nothing follows the system the next time.
  }
  const root = document.documentElement;
  const systems = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  root.dataset.theme = choice === 'system' ? systems : choice;
  root.style.colorScheme = root.dataset.theme;
}

/** Calls back when the theme changes, and when a page is made for paper and afterwards. */
function subscribe(onChange: () => void): () => void {
  const watching = new MutationObserver(onChange);
  watching.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const paper = matchMedia('print');
  paper.addEventListener('change', onChange);
  return () => {
    watching.disconnect();
    paper.removeEventListener('change', onChange);
  };
}

const shown = (): Theme =>
  document.documentElement.dataset.theme === 'dark' && !matchMedia('print').matches ? 'dark' : 'light';

/** The theme that is in view; on paper always the light one. */
export const useShownTheme = (): Theme => useSyncExternalStore(subscribe, shown);
