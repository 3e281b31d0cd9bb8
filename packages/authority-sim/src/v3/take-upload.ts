import {
  type Answer,
  defaultLimits,
  type PackedDocument,
  readUpload,
  uploadLimits,
} from '@openbeian/authority-wire/v3';
import { dayOf } from '@openbeian/model/calendar';
import { isFault } from '@openbeian/model/fault';
import { fingerprintOf } from '../core/authority-core.ts';
import type { SimEvent } from '../core/events.ts';
import { type LineState, lineOf } from '../core/lines.ts';
import type { Line, RefusalReason } from '../core/words.ts';
import { answerAtOnce, resultOf, resultsPart } from './answer-at-once.ts';
import type { Mistake } from './call-log.ts';
import type { Result } from './compose.ts';
import { readSubmissions } from './read-records.ts';
import { reasonOf } from './reason.ts';
import { isRefused, type Parameters, type Refused, refused } from './session.ts';
import type { InterfaceUnit } from './units.ts';
import type { InterfaceWorld } from './world.ts';

type UploadAnswer = Answer<'isp_upload'>;
type ReadUploadDocument = Awaited<ReturnType<typeof readUpload>>;

/** What an upload was found to be: a document, or what is wrong with it as a whole, said in a later result. */
interface Content {
  readonly fingerprint: string;
  readonly document: ReadUploadDocument | null;
  readonly fault: { readonly reason: RefusalReason; readonly mistake: Mistake | null } | null;
}

export interface Taken {
  readonly answer: UploadAnswer;
  readonly mistake: Mistake | null;
  readonly detail: string | null;
}

const limits = { ...defaultLimits, packedBytes: uploadLimits.bytes, expandedBytes: uploadLimits.bytes };

/**
 * `isp_upload`: the package is opened, the sequence looked at, and everything in it taken in as one fact. Whatever is wrong with the
 * document or a record comes in a later result, as with the real authority.
 */
export async function takeUpload(
  world: InterfaceWorld,
  { unit, line }: { readonly unit: InterfaceUnit; readonly line: Line },
  parameters: Parameters,
): Promise<Taken | Refused> {
  const packed = packedOf(parameters);
  if (isRefused(packed)) return packed;
  const sequence = Number(parameters.get('dataSequence') ?? '');
  if (!Number.isSafeInteger(sequence) || sequence < 1 || sequence > 2_147_483_647) {
    return refused(999, '数据包序号错误', 'sequence_malformed');
  }
  const content = await readContent(packed, unit, world);
  if (isRefused(content)) return content;
  // From here on nothing waits, so that two uploads at once are one after the other.
  const state = lineOf(world.core.state.lines, line);
  const before = sequenceAnswer(state, sequence, content);
  if (before !== null) return before;
  const { events, mistake, detail } = eventsOf(content, { world, unit, line, sequence });
  world.packages.keep(line, sequence, packed);
  world.core.record(events);
  return { answer: { msg_code: 0, msg: '操作成功' }, mistake, detail };
}

function packedOf(parameters: Parameters): PackedDocument | Refused {
  const beianInfo = parameters.get('beianInfo') ?? '';
  const encryptAlgorithm = Number(parameters.get('encryptAlgorithm') ?? '');
  if (encryptAlgorithm !== 0 && encryptAlgorithm !== 1) return refused(9, '加密算法错误', 'unknown_encryption');
  if (parameters.get('compressionFormat')?.trim() !== '0') return refused(11, '压缩格式错误', 'unknown_compression');
  if (beianInfo.trim() === '') return refused(17, '须且只能上报一个文件', 'no_file');
  if (beianInfo.length > uploadLimits.bytes * 1.4) return refused(18, '文件超过 50 MB', 'file_too_large');
  return {
    beianInfo,
    beianInfoHash: parameters.get('beianInfoHash') ?? '',
    encryptAlgorithm,
    hashAlgorithm: 0,
    compressionFormat: 0,
  };
}

/** Troubles of a package by the codec's names, as the call answers them. */
const packageTroubles: Readonly<Record<string, readonly [code: number, msg: string, mistake: Mistake]>> = {
  base64_malformed: [8, '解压缩失败', 'broken_zip'],
  packed_too_large: [18, '文件超过 50 MB', 'file_too_large'],
  expanded_too_large: [18, '文件超过 50 MB', 'file_too_large'],
  key_missing: [6, '解密失败', 'not_decryptable'],
  decryption_failed: [6, '解密失败', 'not_decryptable'],
  hash_malformed: [7, '哈希值校验失败', 'wrong_hash'],
  hash_mismatch: [7, '哈希值校验失败', 'wrong_hash'],
  zip_broken: [8, '解压缩失败', 'broken_zip'],
  zip_checksum: [8, '解压缩失败', 'broken_zip'],
  zip_entries: [17, '须且只能上报一个文件', 'not_one_file'],
};

async function readContent(
  packed: PackedDocument,
  unit: InterfaceUnit,
  { nowMs }: InterfaceWorld,
): Promise<Content | Refused> {
  try {
    const document = await readUpload(packed, { cipher: unit.cipher, limits, nowMs });
    const { version, value, notes, encoding } = document;
    // The same words in other bytes are another document.
    const fingerprint = fingerprintOf([version, value, notes, ...(encoding === interfaceEncoding ? [] : [encoding])]);
    return { fingerprint, document, fault: documentFault(document, unit) };
  } catch (error) {
    if (!isFault(error, 'authority.unreadable')) throw error;
    // The codec names the step that failed.
    const [step] = (error.extras.reasons ?? []) as readonly { readonly code: string }[];
    const trouble = step?.code ?? '';
    const known = packageTroubles[trouble];
    if (known !== undefined) return refused(known[0], known[1], known[2], trouble);
    const isText = trouble === 'text_malformed' || trouble === 'encoding_unknown';
    const broken = { reason: reasonOf(5001, null, `文件无法读取：${trouble}`), mistake: 'not_xml' } as const;
    return { fingerprint: packed.beianInfoHash.trim(), document: null, fault: isText ? notGbk() : broken };
  }
}

const interfaceVersion = 'V.3.0';
const interfaceEncoding: ReadUploadDocument['encoding'] = 'gb18030';

const notGbk = () => ({ reason: reasonOf(5008, null, '文件不是 GBK 编码'), mistake: 'not_gbk' }) as const;

function documentFault(
  { version, data, places, value, encoding }: ReadUploadDocument,
  { ispId }: InterfaceUnit,
): Content['fault'] {
  if (encoding !== interfaceEncoding) return notGbk();
  if (version !== interfaceVersion) return { reason: reasonOf(5004, null), mistake: 'wrong_version' };
  const said = value.ICP?.Qqdwid ?? value.IP?.Qqdwid ?? value.YM?.Qqdwid;
  if (data === null) {
    const where = places.slice(0, 3).join('、');
    return { reason: reasonOf(5001, null, `不符合数据格式：${where}`.slice(0, 255)), mistake: 'wrong_schema' };
  }
  if (said !== ispId) return { reason: reasonOf(5003, null), mistake: 'wrong_unit' };
  // Reports of IP addresses and of domain names are other parts of the interface, which this authority has not opened.
  if (!('ICP' in data)) return { reason: reasonOf(5011, null), mistake: null };
  return null;
}

/** The answer where the upload is not the next one: the same again is accepted again, without effect. */
function sequenceAnswer(state: LineState, sequence: number, { fingerprint }: Content): Taken | Refused | null {
  const next = state.lastSequence + 1;
  if (sequence === next) return null;
  if (sequence > next) {
    const missing = Array.from({ length: Math.min(sequence - next, 100) }, (_, index) => next + index);
    const answer = { msg_code: 14, msg: '此前有数据包未上报', dataSequences: { dataSequence: missing } };
    return { answer, mistake: 'sequence_gap', detail: `${sequence}, expected ${next}` };
  }
  if (state.uploads.get(sequence)?.fingerprint === fingerprint) {
    return { answer: { msg_code: 0, msg: '操作成功' }, mistake: null, detail: `${sequence} again` };
  }
  return refused(999, `序号 ${sequence} 已用于其他内容`, 'sequence_reused', String(sequence));
}

interface Place {
  readonly world: InterfaceWorld;
  readonly unit: InterfaceUnit;
  readonly line: Line;
  readonly sequence: number;
}

function eventsOf({ fingerprint, document, fault }: Content, { world, unit, line, sequence }: Place) {
  const { core, rules } = world;
  const taken = (records: number): SimEvent => ({ type: 'UploadTaken', line, sequence, fingerprint, records });
  const today = dayOf(core.now());
  const icp = document?.data && 'ICP' in document.data ? document.data.ICP : null;
  const context = { state: core.state, rules, line, today };
  const submissions = icp && !fault ? readSubmissions(icp, { ...context, sequence, provider: unit.provider }) : [];
  const atOnce = icp && !fault ? answerAtOnce(icp, context) : { results: [], answers: [], records: 0 };
  const records = submissions.length + atOnce.records;
  const problem = fault ?? recordsFault(records);
  if (problem !== null) {
    const result = { ...resultOf([problem.reason], 1, null), Bz: `dataSequence ${sequence}` };
    const detail = `${sequence}: ${problem.reason.text}`;
    return { events: [taken(records), noticeOf(line, sequence, [result])], mistake: problem.mistake, detail };
  }
  const events: SimEvent[] = [taken(records), ...core.receiptsOf(submissions)];
  for (const answered of atOnce.answers) events.push({ type: 'AskAnswered', line, ...answered });
  if (atOnce.results.length > 0) events.push(noticeOf(line, sequence, atOnce.results));
  return { events, mistake: null, detail: String(sequence) };
}

function recordsFault(records: number): Content['fault'] {
  if (records > uploadLimits.records) {
    const reason = reasonOf(5001, null, `记录数超过 ${uploadLimits.records} 条`);
    return { reason, mistake: 'too_many_records' };
  }
  return records === 0 ? { reason: reasonOf(5001, null, '文件中没有任何记录'), mistake: 'wrong_schema' } : null;
}

const noticeOf = (line: Line, sequence: number, results: readonly Result[]): SimEvent => ({
  type: 'NoticeQueued',
  line,
  messageId: `upload-${line.unit}-${line.province}-${sequence}`,
  part: resultsPart(results),
});
