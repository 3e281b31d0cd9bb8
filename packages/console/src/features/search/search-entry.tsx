import { useEffect, useState } from 'react';
import { useText } from '../../language/language.tsx';
import type { BothTexts } from '../../language/words.ts';
import { later } from '../../parts/later.tsx';
import type { Shortcut } from '../../parts/shortcut.ts';
import { Shortcuts } from '../../parts/shortcuts.tsx';
import { searchWords } from './words.ts';
import './search.css';

const SearchDialog = later(async () => (await import('./search-dialog.tsx')).SearchDialog);

interface SearchEntryProps {
  /** What the person finds in their menu. */
  readonly groups: readonly { readonly items: readonly { readonly to: string; readonly label: BothTexts }[] }[];
}

/** In the frame of every page: the search over everything, by its button, `/` or Ctrl+K. */
export function SearchEntry({ groups }: SearchEntryProps) {
  const { t } = useText(searchWords);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    // Also from within a field, where a single key is a letter.
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      if (document.querySelector('[role=dialog], [role=alertdialog]') === null) setOpen(true);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  const shortcuts: readonly Shortcut[] = [{ keys: ['/', 'ctrl+k'], label: t.search.title, run: () => setOpen(true) }];
  return (
    <>
      <button type="button" className="search-entry" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <svg width="15" height="15" viewBox="0 0 16 16" fill="none" stroke="currentColor" aria-hidden="true">
          <circle cx="7" cy="7" r="5" strokeWidth="1.5" />
          <path d="m11 11 4 4" strokeWidth="1.5" strokeLinecap="round" />
        </svg>
        <span className="search-entry-text">{t.search.title}</span>
        <kbd aria-hidden="true">/</kbd>
      </button>
      <Shortcuts inEveryPage shortcuts={shortcuts} />
      {isOpen && <SearchDialog pages={groups.flatMap(({ items }) => items)} onClose={() => setOpen(false)} />}
    </>
  );
}
