import type { GateChange } from '@openbeian/model/gate';
import { query, queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction, type Step } from '../command/step.ts';
import { noteClosedNames } from './closed-names.ts';
import { gateMarkOf } from './gate-facts.ts';

/** Changes in one answer; gates ask again at once while there are more. */
const changesAtOnce = 1000;

/** The changes after what a gate has; `snapshot`: what it has is no part of our history, it needs a whole snapshot. */
interface GateChangesAnswer {
  readonly snapshot: boolean;
  /** Of the last change given. */
  readonly sequence: number;
  readonly mark: string;
  /** When this was so. */
  readonly at: string;
  readonly changes: readonly (GateChange & { readonly sequence: number })[];
}

/** What changed for gates since the sequence that the caller holds, in its order. */
export const getGateChanges = queryInParts(
  { id: 'getGateChanges', faults: [] },
  async (
    request: FlowRequest,
    input: { readonly after: number; readonly mark: string },
  ): Promise<GateChangesAnswer> => {
    const { deps, at } = request;
    const { markAtAfter, version, changes, unreadable } = await inTransaction(request, ({ tx }) =>
      tx.gateLog.changesAfter(input.after, changesAtOnce),
    );
    await noteClosedNames(deps, unreadable);
    if (markAtAfter === null || gateMarkOf(deps, markAtAfter) !== input.mark) {
      return { snapshot: true, sequence: version, mark: '', at, changes: [] };
    }
    const last = changes.at(-1);
    return {
      snapshot: false,
      sequence: last?.sequence ?? input.after,
      mark: last === undefined ? input.mark : gateMarkOf(deps, last.mark),
      at,
      changes: changes.map(({ sequence, name, exact, record }) => ({ sequence, name, exact, record })),
    };
  },
);

/** Increases with every change that affects gates. */
export const getGateVersion = query({ id: 'getGateVersion', faults: [] }, ({ tx }: Step) => tx.gateLog.version());
