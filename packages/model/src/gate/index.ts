export {
  byGateReason,
  decideHost,
  decisionOf,
  type GateContext,
  type GateDecision,
  type GateOutcome,
  type GateReason,
  gateReasons,
  type Knowledge,
  type RecordLookup,
  reasonOf,
} from './decide/decide.ts';
export { type Asking, decideByTable, evaluateHost } from './decide/evaluate-host.ts';
export { explainGateDecision, type GateExplanation } from './decide/explain.ts';
export { type ChangeBatch, type ChangesAnswer, follows, parseChangesAnswer } from './feed/change-batch.ts';
export {
  type ChangeLogReading,
  changeLogEntry,
  changeLogHead,
  type LoggedAnswer,
  readChangeLog,
} from './feed/log-format.ts';
export {
  closedRecord,
  type GateChange,
  type GateRecord,
  type GateRecordsFile,
  gateRecordStates,
  indexGateRecords,
  isFilingNumber,
  isOfExactName,
  isStoredRecord,
  numberPolicySchema,
  parseGateRecords,
} from './records.ts';
export type { ColdRow, GateRow } from './snapshot/gate-row.ts';
export { dayNumber } from './snapshot/gate-row.ts';
export {
  type GateSnapshot,
  type GateSnapshotBody,
  type IsSignedSum,
  openGateSnapshot,
  type Sha256Hex,
  sealGateSnapshot,
} from './snapshot/json-snapshot.ts';
export type { FilePiece, LaidOutSnapshot, SnapshotAbout, SnapshotMoment } from './snapshot/lay-out.ts';
export { hashName, type NameKey } from './snapshot/name-hash.ts';
export {
  checkSums,
  coldRowsOf,
  findCurrentEntry,
  findEntry,
  type NameEntry,
  type NameTable,
  openNameTable,
} from './snapshot/name-table.ts';
export { type NameOnRecord, namesOnRecord } from './snapshot/names-on-record.ts';
export {
  createOverlay,
  type Overlay,
  type OverlayPatch,
  openOverlay,
  overlayHeaderLength,
} from './snapshot/overlay.ts';
export { type OverlayWriter, writeOverlay } from './snapshot/overlay-writer.ts';
export { createSm2Verifier, isSm2Key, type Sm2Platform, signatureOfDer, sm2Text } from './snapshot/sm2.ts';
export { createSnapshotBuilder, type EntryChange, type SnapshotBuilder } from './snapshot/snapshot-builder.ts';
export {
  type Crc32,
  decodePreamble,
  headerLength,
  preambleLength,
  type SnapshotFacts,
  type SnapshotHeader,
} from './snapshot/snapshot-layout.ts';
export {
  notSignedByControlPlane,
  type SnapshotSigner,
  signedBytes,
  signedText,
} from './snapshot/snapshot-signature.ts';
export { splitNames } from './snapshot/split-names.ts';
