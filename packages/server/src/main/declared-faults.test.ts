import { type OperationId, operations } from '@openbeian/contract';
import { expect, test } from 'vitest';
import { declaredFaults } from '../flows/index.ts';

/** Flows behind doors of their own, which the contract does not name. */
const besideTheContract = ['searchRecords', 'findApiKey', 'getGateVersion', 'takeVerificationResult'];

const declared = Object.entries(declaredFaults).filter(([id]) => !besideTheContract.includes(id));

test.each(declared)('%s declares the same faults to the contract as to the type checker', (id, faults) => {
  expect([...operations[id as OperationId].faults].sort()).toEqual([...faults].sort());
});
