import { Fault, invalidInput, parseSafely } from '@openbeian/model/fault';
import { uploadData } from './messages/upload.ts';
import { encodeGbk } from './package/characters.ts';
import { type CipherKey, isCipherKey } from './package/cipher.ts';
import { type PackedDocument, pack } from './package/pack.ts';
import { partOf, type SchemaNode, type ValueOf } from './schema/node.ts';
import { zodOf } from './schema/to-zod.ts';
import { writeXml } from './schema/write-xml.ts';

/** What one `isp_upload` carries, by the names of the interface. */
export type UploadData = ValueOf<typeof uploadData>;

/** What the authority takes in one call. */
export const uploadLimits = { records: 1000, bytes: 50 * 1024 * 1024 } as const;

export interface UploadOptions {
  /** Null: not encrypted. */
  readonly cipher: CipherKey | null;
  /** The time that the ZIP names. */
  readonly at: Date;
  /** Of the file in the ZIP: letters and digits, and `.xml`; `beianinfo.xml` unless given. */
  readonly fileName?: string;
}

export interface PackedUpload extends PackedDocument {
  /** As it went into the ZIP, to be kept three months. */
  readonly xml: Buffer;
  readonly records: number;
}

/** True for a name that the authority takes. */
const isUploadFileName = (name: string): boolean => /^[A-Za-z0-9]{1,124}\.xml$/.test(name);

/**
 * Packs one upload: checked strictly against its description and the limits of a call, written in GBK, zipped, hashed, encrypted.
 * @throws Fault `authority.not_sendable` with the path of every element that is wrong, e.g.
 *   `UploadData.ICP.XZBA.Baxx[0].Zt_xx.Dwmc`
 */
export async function packUpload(data: UploadData, options: UploadOptions): Promise<PackedUpload> {
  const { cipher, at, fileName = 'beianinfo.xml' } = options;
  if (!isUploadFileName(fileName)) throw unsendable('fileName', texts.fileName);
  if (cipher !== null && !isCipherKey(cipher)) throw unsendable('cipher', texts.cipher);
  checkUpload(data);
  const records = countRecords(uploadData, data);
  if (records > uploadLimits.records) throw unsendable(root, texts.records);
  const xml = encodeGbk(writeXml(root, uploadData, data));
  if (xml.length > uploadLimits.bytes) throw unsendable(root, texts.bytes);
  return { ...(await pack(xml, { cipher, at, fileName })), xml, records };
}

/**
 * Holds an upload to its description without packing it, so that what cannot be sent is known beforehand.
 * @throws Fault `authority.not_sendable`, see `packUpload`
 */
export function checkUpload(data: UploadData): void {
  const parsed = parseSafely(zodOf(uploadData), data);
  if (parsed.success) return;
  const { extras } = invalidInput(parsed.error, [root]);
  throw new Fault('authority.not_sendable', extras);
}

const root = 'UploadData';

const texts = {
  fileName: { zh: '应为英文字母或数字，以 .xml 结尾', en: 'expected letters and digits, and .xml at the end' },
  cipher: { zh: '密钥和向量应各为 16 个 ASCII 字符', en: 'expected a key and an IV of 16 ASCII characters each' },
  records: {
    zh: `每次最多报送 ${uploadLimits.records} 条记录，请分次报送`,
    en: `expected at most ${uploadLimits.records} records; send them in parts`,
  },
  bytes: {
    zh: '每次报送的文件不能超过 50 MB，请分次报送',
    en: 'expected a document of at most 50 MB; send it in parts',
  },
} as const;

function unsendable(path: string, { zh, en }: { readonly zh: string; readonly en: string }): Fault {
  return new Fault('authority.not_sendable', { places: [{ path, expected: en, expectedZh: zh }] });
}

/** A record is an item of the outermost lists. */
function countRecords(node: SchemaNode, value: unknown): number {
  if (node.kind === 'long' || node.kind === 'text') return 0;
  let count = 0;
  for (const [name, each] of Object.entries(node.parts)) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member === undefined) continue;
    const part = partOf(each);
    count += part.isList ? (member as readonly unknown[]).length : countRecords(part.node, member);
  }
  return count;
}
