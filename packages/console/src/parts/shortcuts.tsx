import { useLayoutEffect, useState } from 'react';
import { later } from './later.tsx';
import type { Shortcut } from './shortcut.ts';

const ShortcutsList = later(async () => (await import('./shortcuts-list.tsx')).ShortcutsList);

interface ShortcutsProps {
  readonly shortcuts: readonly Shortcut[];
  /** Of a dialog: works while one is open, and lists nothing. */
  readonly inDialog?: boolean;
  /** Whether Enter is for a button or link that has the focus; asked at the key. Unless given, it is. */
  readonly enterPresses?: () => boolean;
}

/**
 * Single keys for what a page can do, and `?` for the list of them. None works while somebody types into a field, with Ctrl, Alt or
 * Meta held, or, for a page's own, while a dialog is open.
 */
export function Shortcuts({ shortcuts, inDialog = false, enterPresses = () => true }: ShortcutsProps) {
  const [listed, setListed] = useState(false);
  // With each rendering, not after it: a key that comes once the page is seen does what the page can do now.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isForUs(event, inDialog)) return;
      const key = plainKey(event);
      if (key === '?' && !inDialog) {
        event.preventDefault();
        setListed(true);
        return;
      }
      if (key === 'enter' && isAtButton(event) && enterPresses()) return;
      const found = shortcuts.find(({ keys }) => keys.includes(key));
      if (found === undefined) return;
      event.preventDefault();
      found.run(key);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  });
  if (inDialog) return null;
  if (!listed) return null;
  return <ShortcutsList shortcuts={shortcuts} onClose={() => setListed(false)} />;
}

/** As it is on the key, also where a Chinese input method is on. */
const plainKey = ({ key }: KeyboardEvent): string => (key === '？' ? '?' : key.toLowerCase());

const isAtButton = ({ target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest('button, a') !== null;

/** One that fades away is none. */
const openDialog =
  '.ant-modal-wrap:not([style*="display: none"], :has(> .ant-zoom-leave, > [role=dialog][style*="display: none"]))';

function isForUs(event: KeyboardEvent, inDialog: boolean): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return false;
  const { target } = event;
  if (target instanceof HTMLElement) {
    if (target.isContentEditable || target.closest('textarea, select, [role=combobox], [role=listbox]')) return false;
    if (target instanceof HTMLInputElement && !['checkbox', 'radio', 'button'].includes(target.type)) return false;
  }
  return inDialog === (document.querySelector(openDialog) !== null);
}
