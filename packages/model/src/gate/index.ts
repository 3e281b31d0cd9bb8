export { type ChangeBatch, type ChangesAnswer, follows, parseChangesAnswer } from './change-batch.ts';
export {
  decideHost,
  type GateContext,
  type GateDecision,
  type GateOutcome,
  type GateReason,
  gateReasons,
  type Knowledge,
  type RecordLookup,
  reasonOf,
} from './decide.ts';
export { explainGateReason, type GateExplanation } from './explain.ts';
export type { ColdRow, GateRow } from './gate-row.ts';
export { dayNumber } from './gate-row.ts';
export { type Asking, decideByTable, judgeHost } from './judge-host.ts';
export { hashName, type NameKey } from './name-hash.ts';
export { checkSums, coldRowsOf, findEntry, type NameEntry, type NameTable, openNameTable } from './name-table.ts';
export { type NameOnRecord, namesOnRecord } from './names-on-record.ts';
export {
  createOverlay,
  findStanding,
  type GateChange,
  type Overlay,
  type OverlayPatch,
  type OverlayWriter,
  openOverlay,
  overlayHeaderLength,
  writeOverlay,
} from './overlay.ts';
export {
  type GateRecord,
  type GateRecordsFile,
  gateRecordStates,
  indexGateRecords,
  isOfExactName,
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
export {
  createSnapshotBuilder,
  type FilePiece,
  type LaidOutSnapshot,
  type SnapshotAbout,
  type SnapshotBuilder,
} from './snapshot-builder.ts';
export {
  type Crc32,
  decodePreamble,
  headerLength,
  preambleLength,
  type SnapshotFacts,
  type SnapshotHeader,
} from './snapshot-layout.ts';
export { splitNames } from './split-names.ts';
