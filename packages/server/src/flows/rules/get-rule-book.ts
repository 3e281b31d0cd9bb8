import { queryInParts } from '../command/operation.ts';
import type { FlowRequest } from '../command/step.ts';

/** The rules by which this deployment decides, as people read them. */
export const getRuleBook = queryInParts({ id: 'getRuleBook', faults: [] }, async ({ deps }: FlowRequest) =>
  deps.ruleBook(),
);
