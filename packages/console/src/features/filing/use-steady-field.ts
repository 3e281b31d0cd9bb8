import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the field that a person points at, or types into, where it stands on the screen while findings come and go
 * above it: a click meant for it would hit its neighbour otherwise. The ref goes around all fields.
 */
export function useSteadyField(): RefObject<HTMLDivElement | null> {
  const around = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const fields = around.current;
    if (fields === null) return;
    let held: Element | null = null;
    let top = 0;
    const look = () => {
      top = held?.getBoundingClientRect().top ?? 0;
    };
    const hold = ({ target }: Event) => {
      const field = target instanceof Element ? target.closest('[data-field]') : null;
      if (field === null) return;
      held = field;
      look();
    };
    // Called after layout and before anything is painted, so nobody sees it move.
    const settle = () => {
      if (held?.isConnected !== true) return;
      const moved = held.getBoundingClientRect().top - top;
      if (moved !== 0) window.scrollBy({ top: moved, behavior: 'instant' });
      look();
    };
    const observer = new ResizeObserver(settle);
    observer.observe(fields);
    const ended = new AbortController();
    const options = { signal: ended.signal, passive: true };
    for (const type of ['pointermove', 'focusin', 'keydown']) fields.addEventListener(type, hold, options);
    for (const type of ['scroll', 'resize']) window.addEventListener(type, look, options);
    return () => {
      observer.disconnect();
      ended.abort();
    };
  }, []);
  return around;
}
