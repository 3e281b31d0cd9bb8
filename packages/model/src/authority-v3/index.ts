export {
  type DownloadedTables,
  type NamedRow,
  type TablesToRead,
  tableRowsOf,
  tablesOfDownload,
  type UnplacedRow,
} from './code-tables.ts';
export { type MsgCode, type MsgFollow, msgCodeOf, msgCodes } from './codes/msg-codes.ts';
export { type ResultCode, resultCodeOf, resultCodes, resultOperations } from './codes/result-codes.ts';
export type { ResultFollow } from './codes/result-follow.ts';
export { ipv4Number, ipv4Text } from './ipv4-number.ts';
export { aboutOfNotice, maskedContent, shortenedContent } from './masked-content.ts';
export { type AuthorityNotice, type NoticesToRead, type ReadNotices, readNotices } from './notices.ts';
export { type AuthorityRecord, type RecordToRead, recordOf } from './records.ts';
export { findingsOfResult, type RecordResult, type ResultMark, type ResultsToRead, readResults } from './results.ts';
export type {
  AttachmentToMap,
  AuthorityIds,
  MapContext,
  NotCarried,
  OwnIds,
  RecordedService,
  SubmissionToMap,
  TableRows,
} from './to-map.ts';
export { toUpload } from './to-upload.ts';
export { type LossKind, lossTexts } from './words.ts';
