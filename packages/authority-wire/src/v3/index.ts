export { type Answer, answerLength, packageOf, readAnswer } from './answers.ts';
export { type DownloadData, readDownload } from './downloads.ts';
export { defaultLimits, type ReadLimits } from './limits.ts';
export {
  type Call,
  type Credentials,
  makeCall,
  type Operation,
  operations,
  queryConditions,
  servicePaths,
} from './operations.ts';
export { type DownloadToPack, packDownload, readUpload, writeAnswer } from './other-side.ts';
export { findUncarriable } from './package/characters.ts';
export { type CipherKey, isCipherKey } from './package/cipher.ts';
export { filingPasswordHash, passwordHash } from './package/hashes.ts';
export type { PackedDocument, UnpackOptions } from './package/pack.ts';
export type { ReadDocument, ReadNote } from './schema/read-xml.ts';
export { readSoapAnswer, readSoapCall, type SoapNames, writeSoapAnswer, writeSoapCall } from './soap-calls.ts';
export { type Trouble, troubleTexts } from './troubles.ts';
export {
  checkUpload,
  type PackedUpload,
  packUpload,
  type UploadData,
  type UploadOptions,
  uploadLimits,
} from './uploads.ts';
export { type OperationNames, readWsdl, type ServiceDescription, writeWsdl } from './wsdl.ts';
