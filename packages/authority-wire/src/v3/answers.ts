import { type ReadLimits, startDeadline } from './limits.ts';
import {
  acknowledgementReturn,
  downloadReturn,
  previousUploadReturn,
  statusReturn,
  uploadReturn,
  verificationReturn,
} from './messages/returns.ts';
import type { Operation } from './operations.ts';
import { refuseLongMarkup } from './package/markup.ts';
import type { PackedDocument } from './package/pack.ts';
import type { GroupNode, ReadOf } from './schema/node.ts';
import { DocumentReader, type ReadNote } from './schema/read-xml.ts';
import { unreadable } from './troubles.ts';

const returns = {
  isp_upload: uploadReturn,
  isp_download: downloadReturn,
  isp_downloadack: acknowledgementReturn,
  isp_querypreviousupload: previousUploadReturn,
  isp_querybeianstatus: statusReturn,
  isp_verifybamm: verificationReturn,
} as const satisfies Record<Operation, GroupNode>;

/** The interface's own codes have three digits; beyond 32 bits it is no code, and nothing could be said of it. */
const largestCode = 0x7fff_ffff;

/** The description of what an operation answers. */
export const returnOf = (operation: Operation): GroupNode => returns[operation];

/** What an operation answered, by the names of the interface. `msg_code` is there always. */
export type Answer<O extends Operation> = ReadOf<(typeof returns)[O]> & { readonly msg_code: number };

/**
 * Reads the document that an operation answered, leniently: the interface’s own example breaks its schema.
 * @param text as it came out of the SOAP answer
 * @throws Fault `authority.unreadable`
 */
export function readAnswer<O extends Operation>(
  operation: O,
  text: string,
  limits: ReadLimits,
  nowMs?: () => number,
): { readonly answer: Answer<O>; readonly notes: readonly ReadNote[] } {
  if (text.length > answerLength(limits)) throw unreadable('packed_too_large');
  refuseLongMarkup(text, limits);
  // A package is one text of the answer.
  const bounds = { ...limits, textLength: answerLength(limits) };
  const reader = new DocumentReader('return', returns[operation], bounds, startDeadline(limits, nowMs));
  reader.write(text.replace(/^\uFEFF?\s+/, ''));
  const { value, notes } = reader.end();
  const code = (value as { readonly msg_code?: number }).msg_code;
  if (code === undefined || Math.abs(code) > largestCode) throw unreadable('answer_without_code');
  // Its code has just been looked at; the rest is as it was read.
  return { answer: value as Answer<O>, notes };
}

/** Characters of an answer: a package in base64, and some more. */
export const answerLength = (limits: ReadLimits): number => Math.ceil(limits.packedBytes * 1.5) + 64 * 1024;

/** The package in an answer; null when it has none (`msg_code` says why). Algorithms that are not named are the usual ones. */
export function packageOf(
  answer: Answer<'isp_download' | 'isp_querypreviousupload'>,
): (PackedDocument & { readonly fileName: string }) | null {
  const file = answer.fileInfos;
  if (file?.beianInfo === undefined || file.beianInfo === '') return null;
  return {
    fileName: file.return_FileName ?? '',
    beianInfo: file.beianInfo,
    beianInfoHash: file.beianInfoHash ?? '',
    encryptAlgorithm: file.encryptAlgorithm ?? 0,
    hashAlgorithm: file.hashAlgorithm ?? 0,
    compressionFormat: file.compressionFormat ?? 0,
  };
}
