import { type GateSnapshot, sealGateSnapshot } from '@openbeian/model/gate';
import { queryInParts } from '../command/operation.ts';
import { type FlowRequest, inTransaction } from '../command/step.ts';
import { noteClosedNames } from './closed-names.ts';
import { gateFactsOf, sha256Hex } from './gate-facts.ts';

/** Everything that gates decide by, sealed. */
export const getGateSnapshot = queryInParts(
  { id: 'getGateSnapshot', faults: [] },
  async (request: FlowRequest): Promise<Record<string, unknown> & GateSnapshot> => {
    const { deps } = request;
    const { version, changedAt, records, unreadable } = await inTransaction(request, ({ tx }) => tx.gateLog.snapshot());
    await noteClosedNames(deps, unreadable);
    // The instant is of the change, not of this reading: two servers must hand out one and the same snapshot, or a gate
    // that asks them in turn would take it for a new one each time.
    return {
      ...sealGateSnapshot({ version, builtAt: changedAt, ...gateFactsOf(deps), records: [...records] }, sha256Hex),
    };
  },
);
