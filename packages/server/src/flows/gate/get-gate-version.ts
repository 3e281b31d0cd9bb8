import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

/** Rises with every change that gates must know. */
export const getGateVersion = query({ id: 'getGateVersion', faults: [] }, ({ tx }: Step) => tx.gateLog.version());
