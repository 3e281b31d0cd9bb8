import { useCallback, useSyncExternalStore } from 'react';

/** Is the window at least so many pixels wide? Asked again whenever that changes. */
export function useIsWide(leastPx: number): boolean {
  const query = `(min-width: ${leastPx}px)`;
  const subscribe = useCallback(
    (onChange: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    [query],
  );
  return useSyncExternalStore(subscribe, () => window.matchMedia(query).matches);
}
