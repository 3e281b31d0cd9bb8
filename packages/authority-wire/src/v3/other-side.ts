import { Fault, invalidInput, parseSafely } from '@openbeian/model/fault';
import { type Answer, returnOf } from './answers.ts';
import { downloadData } from './messages/download.ts';
import { uploadData } from './messages/upload.ts';
import type { Operation } from './operations.ts';
import { encodeGbk } from './package/characters.ts';
import type { CipherKey } from './package/cipher.ts';
import { type PackedDocument, pack, readPackage, type UnpackOptions } from './package/pack.ts';
import type { Encoding } from './package/read-bytes.ts';
import type { GroupNode, ValueOf } from './schema/node.ts';
import type { ReadDocument } from './schema/read-xml.ts';
import { zodOf } from './schema/to-zod.ts';
import { writeXml } from './schema/write-xml.ts';
import type { UploadData } from './uploads.ts';

/*
 * What only the authority's side needs of the codec, for whoever plays it: the simulated authority, and tests of a provider's own
 * system.
 */

/** What one download carries, complete. */
export type DownloadToPack = ValueOf<typeof downloadData>;

/**
 * Packs what `isp_download` brings.
 * @param options `fileName` without its ending, as `return_FileName` has it
 * @throws Fault `authority.not_sendable` with the path of every element that is wrong
 */
export function packDownload(
  data: DownloadToPack,
  { cipher, at, fileName }: { readonly cipher: CipherKey | null; readonly at: Date; readonly fileName: string },
): Promise<PackedDocument> {
  refuseInvalid('DownloadData', downloadData, data);
  return pack(encodeGbk(writeXml('DownloadData', downloadData, data)), { cipher, at, fileName: `${fileName}.xml` });
}

type ReadUpload = ReadDocument<typeof uploadData> & {
  readonly data: UploadData | null;
  readonly places: readonly string[];
  readonly encoding: Encoding;
};

/**
 * Reads the package of an upload. `data` is null where it is not as the interface wants it (result code 5001); then `places` say where.
 * @throws Fault `authority.unreadable`, naming the step that failed
 */
export async function readUpload(packed: PackedDocument, options: UnpackOptions): Promise<ReadUpload> {
  const document = await readPackage(packed, 'UploadData', uploadData, options);
  const unknown = document.notes.map(({ path }) => path);
  const parsed = parseSafely(zodOf(uploadData), document.value);
  if (parsed.success && unknown.length === 0) {
    // Its description has let it pass.
    return { ...document, data: parsed.data as UploadData, places: [] };
  }
  const refused = parsed.success ? [] : (invalidInput(parsed.error, ['UploadData']).extras.places ?? []);
  return { ...document, data: null, places: [...new Set([...unknown, ...refused.map(({ path }) => path)])] };
}

/**
 * The document that an operation answers with.
 * @throws Fault `authority.not_sendable` with the path of every element that is wrong
 */
export function writeAnswer<O extends Operation>(operation: O, answer: Answer<O>): string {
  const node = returnOf(operation);
  refuseInvalid('return', node, answer);
  return writeXml('return', node, answer);
}

function refuseInvalid(root: string, node: GroupNode, value: unknown): void {
  const parsed = parseSafely(zodOf(node), value);
  if (parsed.success) return;
  const isDocumented = parsed.error.issues.every(
    ({ path }) => path.at(-1) === 'Czlx' && at(value, path) === attachments,
  );
  if (!isDocumented) throw new Fault('authority.not_sendable', invalidInput(parsed.error, [root]).extras);
}

/** The interface's text has this operation of results, attachments alone, which its schema forgot. */
const attachments = 35;

/** What is at a path of an issue. */
const at = (value: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>(
    (inside, name) => new Map<PropertyKey, unknown>(Object.entries(inside ?? {})).get(String(name)),
    value,
  );
