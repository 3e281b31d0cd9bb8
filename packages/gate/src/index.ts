export { type GateConfig, type GateConfigInput, parseGateConfig } from './config.ts';
export type { GateLog } from './log.ts';
export { type GateNeeds, type RunningGate, startGate } from './start-gate.ts';
