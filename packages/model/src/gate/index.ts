export {
  decideHost,
  type GateContext,
  type GateDecision,
  type GateOutcome,
  type GateReason,
  gateReasons,
  type Knowledge,
  type RecordLookup,
} from './decide.ts';
export { explainGateReason, type GateExplanation } from './explain.ts';
export {
  type GateRecord,
  type GateRecordsFile,
  gateRecordStates,
  indexGateRecords,
  parseGateRecords,
} from './records.ts';
export {
  canonicalJson,
  type GateSnapshot,
  type GateSnapshotBody,
  openGateSnapshot,
  type Sha256Hex,
  sealGateSnapshot,
} from './snapshot.ts';
