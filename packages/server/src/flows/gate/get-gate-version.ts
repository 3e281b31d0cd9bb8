import { query } from '../command/operation.ts';
import type { Step } from '../command/step.ts';

/** Increases with every change that affects gates. */
export const getGateVersion = query({ id: 'getGateVersion', faults: [] }, ({ tx }: Step) => tx.gateLog.version());
