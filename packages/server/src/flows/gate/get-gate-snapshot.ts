import { type GateSnapshot, sealGateSnapshot } from '@openbeian/model/gate';
import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';
import { gateFactsOf, sha256Hex } from './gate-facts.ts';

/** Everything that gates decide by, sealed. */
export const getGateSnapshot = query(
  { id: 'getGateSnapshot', faults: [] },
  async ({ deps, tx }: Step): Promise<Record<string, unknown> & GateSnapshot> => {
    const { version, changedAt, records } = await tx.gateLog.snapshot();
    // The instant is of the change, not of this reading: two servers must hand out one and the same snapshot, or a gate
    // that asks them in turn would take it for a new one each time.
    return {
      ...sealGateSnapshot({ version, builtAt: changedAt, ...gateFactsOf(deps), records: [...records] }, sha256Hex),
    };
  },
);
