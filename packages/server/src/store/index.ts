export { createRowCounter } from './engine/count-rows.ts';
export { clearAllowances, leaseAllowance } from './engine/lease-allowance.ts';
export type { MigrationProgress, ReportProgress } from './engine/migrate-online.ts';
export { knock, type OpenStore, openStore } from './engine/open-store.ts';
export { createAgeReader } from './engine/queue-ages.ts';
export type { ReplicaState } from './engine/replica-reading.ts';
