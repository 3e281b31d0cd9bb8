import { useEffect, useRef, useState } from 'react';
import { type AnswerOf, call } from '../../api/client.ts';

export type FleetChange = AnswerOf<'compareFleet'>['changed'][number];

/** So many are kept to be shown; all are counted. */
export const mostKept = 5000;
/** Resources that the server looks at in one answer. */
const slice = 250;

interface FleetState {
  readonly looked: number;
  readonly found: number;
  readonly kept: readonly FleetChange[];
  readonly isRunning: boolean;
  /** All resources were looked at. */
  readonly isDone: boolean;
  readonly error: Error | null;
}

const nothing: FleetState = { looked: 0, found: 0, kept: [], isRunning: false, isDone: false, error: null };

/** Asks about the whole fleet, slice after slice, until it is through or stopped. */
export function useFleetChanges(from: string, to: string) {
  const [state, setState] = useState(nothing);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const run = async (signal: AbortSignal) => {
    let now: FleetState = { ...nothing, isRunning: true };
    setState(now);
    try {
      for (let after: string | null | undefined; after !== null; ) {
        const query = { from, to, limit: slice, ...(after !== undefined && { after }) };
        const answer: AnswerOf<'compareFleet'> = await call('compareFleet', { query }, { signal });
        now = {
          ...now,
          looked: now.looked + answer.looked,
          found: now.found + answer.changed.length,
          kept: [...now.kept, ...answer.changed].slice(0, mostKept),
        };
        after = answer.next;
        setState(now);
      }
      setState({ ...now, isRunning: false, isDone: true });
    } catch (error) {
      const cause = error instanceof Error ? error : new Error(String(error));
      setState({ ...now, isRunning: false, error: signal.aborted ? null : cause });
    }
  };
  return {
    state,
    start: () => {
      running.current?.abort();
      running.current = new AbortController();
      void run(running.current.signal);
    },
    stop: () => running.current?.abort(),
  };
}
