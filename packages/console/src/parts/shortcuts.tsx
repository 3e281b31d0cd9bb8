import { useLayoutEffect, useState } from 'react';
import { later } from './later.tsx';
import type { Shortcut } from './shortcut.ts';
import './shortcuts.css';

const ShortcutsList = later(async () => (await import('./shortcuts-list.tsx')).ShortcutsList);

interface ShortcutsProps {
  readonly shortcuts: readonly Shortcut[];
  /** Of a dialog: works while one is open, and lists nothing. */
  readonly inDialog?: boolean;
  /** Of every page: a page's own keys come before these, and its list has them too. */
  readonly inEveryPage?: boolean;
  /** Whether Enter is for a button or link that has the focus; asked at the key. Unless given, it is. */
  readonly enterPresses?: () => boolean;
}

/** What is listened for now. */
const ofPage = new Set<readonly Shortcut[]>();
const ofEveryPage = new Set<readonly Shortcut[]>();

/**
 * Single keys for what a page can do, and `?` for the list of them. None works while somebody types into a field, with Ctrl, Alt or
 * Meta held, or, for a page's own, while a dialog is open.
 */
export function Shortcuts({
  shortcuts,
  inDialog = false,
  inEveryPage = false,
  enterPresses = () => true,
}: ShortcutsProps) {
  const [listed, setListed] = useState(false);
  useLayoutEffect(() => {
    if (inDialog) return;
    const listening = inEveryPage ? ofEveryPage : ofPage;
    listening.add(shortcuts);
    return () => void listening.delete(shortcuts);
  });
  // With each rendering, not after it: a key that comes once the page is seen does what the page can do now.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!isForUs(event, inDialog)) return;
      const key = plainKey(event);
      if (inEveryPage && isOfPage(key)) return;
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
  return <ShortcutsList shortcuts={withGeneral(shortcuts)} onClose={() => setListed(false)} />;
}

/** A page that has keys of its own also shows the list of them. */
const isOfPage = (key: string): boolean =>
  key === '?' ? ofPage.size > 0 : [...ofPage].some((shortcuts) => shortcuts.some(({ keys }) => keys.includes(key)));

/** Those of every page too, by the keys that this one leaves them. */
function withGeneral(own: readonly Shortcut[]): readonly Shortcut[] {
  const taken = own.flatMap(({ keys }) => keys);
  const general = [...ofEveryPage].flat().filter((shortcut) => !own.includes(shortcut));
  const left = general.map((shortcut) => ({ ...shortcut, keys: shortcut.keys.filter((key) => !taken.includes(key)) }));
  return [...own, ...left.filter(({ keys }) => keys.length > 0)];
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
