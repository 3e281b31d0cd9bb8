import { describe, expect, it } from 'vitest';
import type { FilingAction } from './actions.ts';
import {
  editableFilingStates,
  type FilingState,
  type FilingStateFacts,
  filingStates,
  openFilingStates,
} from './states.ts';
import { actionsFrom, filingTransitions, stateAfter } from './transitions.ts';

const states = Object.keys(filingStates) as FilingState[];
const actions = Object.keys(filingTransitions) as FilingAction[];
const factsOf = (state: FilingState): FilingStateFacts => filingStates[state];

/** Every state that can be reached from `start`. */
function reachableFrom(start: FilingState): Set<FilingState> {
  const reached = new Set([start]);
  for (const state of reached) {
    for (const action of actions) {
      const next = stateAfter(state, action);
      if (next !== null) reached.add(next);
    }
  }
  return reached;
}

describe('the life of a filing', () => {
  it('reaches every state from the draft', () => {
    expect([...reachableFrom('draft')].sort()).toEqual([...states].sort());
  });

  it('can end from every open state', () => {
    for (const state of openFilingStates) {
      const ends = [...reachableFrom(state)].filter((one) => factsOf(one).owner === 'nobody');
      expect(ends, state).not.toEqual([]);
    }
  });

  it('leaves final states by no action', () => {
    for (const state of states.filter((one) => factsOf(one).owner === 'nobody')) expect(actionsFrom(state)).toEqual([]);
  });

  it('gives every waiting state an owner, an overdue action and an operator’s command that the table has', () => {
    for (const state of openFilingStates) {
      const { overdue, operatorCommand } = factsOf(state);
      expect(overdue, state).not.toBeNull();
      expect(operatorCommand, state).not.toBeNull();
      if (overdue !== null && overdue !== 'alert') expect(stateAfter(state, overdue), state).not.toBeNull();
      if (operatorCommand !== null) expect(stateAfter(state, operatorCommand), state).not.toBeNull();
    }
  });

  it('cannot be given up while the authority has it', () => {
    for (const state of ['awaiting_sms', 'awaiting_verdict'] as const) expect(stateAfter(state, 'abandon')).toBeNull();
  });

  it('can be edited only where the customer has to act', () => {
    for (const state of editableFilingStates) expect(factsOf(state).owner).toBe('customer');
    expect(states.filter((one) => factsOf(one).owner === 'customer').sort()).toEqual([...editableFilingStates].sort());
  });

  it('names every state in both languages', () => {
    for (const state of states) {
      const { zh, en } = factsOf(state);
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(en).toMatch(/^[A-Z]/);
    }
  });
});
