import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Its position on the page, however far the page is scrolled: only what changes above it moves it. */
const placeOf = (element: Element): number => element.getBoundingClientRect().top + window.scrollY;

/**
 * Keeps the field that a person points at, or types into, at its place on the screen while findings come and go
 * above it: a click meant for it would hit its neighbour otherwise. The ref goes around all fields; there, the browser's
 * own anchoring is to be off (`overflow-anchor: none`), which knows only of changes above the window.
 */
export function useSteadyField(): RefObject<HTMLDivElement | null> {
  const around = useRef<HTMLDivElement>(null);
  const held = useRef<{ readonly field: Element; readonly place: number } | null>(null);
  const settle = useRef(() => {
    if (held.current?.field.isConnected !== true) return false;
    const { field, place } = held.current;
    const moved = placeOf(field) - place;
    if (moved === 0) return false;
    held.current = { field, place: place + moved };
    window.scrollBy({ top: moved, behavior: 'instant' });
    return true;
  });
  // With the change itself, so that no click comes between.
  useLayoutEffect(() => {
    settle.current();
  });
  useEffect(() => {
    const fields = around.current;
    if (fields === null) return;
    const hold = ({ target }: Event) => {
      // What the pointer is over now may be so only because of a change that is being undone.
      if (settle.current()) return;
      const field = target instanceof Element ? target.closest('[data-field]') : null;
      if (field !== null) held.current = { field, place: placeOf(field) };
    };
    // What changes without this form's doing, as a text area that grows.
    const observer = new ResizeObserver(() => void settle.current());
    observer.observe(fields);
    const ended = new AbortController();
    for (const type of ['pointermove', 'focusin', 'keydown'])
      fields.addEventListener(type, hold, { signal: ended.signal, passive: true });
    return () => {
      observer.disconnect();
      ended.abort();
    };
  }, []);
  return around;
}
