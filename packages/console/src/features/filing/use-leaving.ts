import { useEffect, useEffectEvent } from 'react';
import { useBlocker } from 'react-router';
import type { SaveState } from './form-draft.ts';

/**
 * Leaving for another page of the console, by a link or back in the browser, waits until what was typed is saved. What
 * cannot be saved now (`asks`) is the person's to decide about: to stay, or to leave without it.
 */
export function useLeaving(state: SaveState, save: () => void) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => state !== 'saved' && currentLocation.pathname !== nextLocation.pathname,
  );
  const waits = blocker.state === 'blocked';
  const goOn = useEffectEvent(() => {
    if (state === 'saved') blocker.proceed?.();
    if (state === 'unsaved') save();
  });
  useEffect(() => {
    // Each turn of the save, until nothing is left to save.
    if (waits && (state === 'saved' || state === 'unsaved')) goOn();
  }, [waits, state]);
  return {
    asks: waits && (state === 'failed' || state === 'conflict'),
    stay: () => blocker.reset?.(),
    leave: () => blocker.proceed?.(),
  };
}
