import type { FilingState } from './states.ts';
import { stateAfter } from './transitions.ts';

/**
 * The states into which undoing a lapse can lead: those that a lapse leaves. Undoing is no step of the table, which leaves
 * final states by no action: it takes the last step back, within a term, where nothing has happened since that is against it.
 */
export const mayHaveLapsedFrom = (state: FilingState): boolean => stateAfter(state, 'lapse') !== null;
