import { ZipError, ZipFile } from '../../parts/zip-file.ts';

/** What an Android package says of itself. */
export interface ApkFacts {
  readonly packageName: string;
  /** The signing certificate (DER), of the first signer. */
  readonly certificate: Uint8Array<ArrayBuffer>;
}

/** `not_apk`: no package, or a damaged one; `not_signed`: without a signature of scheme 2 or 3, which Android 7 began. */
export class ApkProblem extends Error {
  override name = 'ApkProblem';
  readonly code: 'not_apk' | 'not_signed';

  constructor(code: 'not_apk' | 'not_signed') {
    super(code);
    this.code = code;
  }
}

/**
 * Reads package name and signing certificate of an APK in the browser: only the ends of the file that say so are read, and
 * nothing of it is sent anywhere. Layouts: ZIP APPNOTE 4.3, APK Signature Scheme v2 and v3, Android's binary XML.
 * @throws ApkProblem
 */
export async function readApk(file: Blob): Promise<ApkFacts> {
  try {
    return await read(file);
  } catch (error) {
    // No ZIP file or without a manifest, or a place that a damaged file names beyond its end.
    throw error instanceof ZipError || error instanceof RangeError ? new ApkProblem('not_apk') : error;
  }
}

async function read(file: Blob): Promise<ApkFacts> {
  const zip = await ZipFile.open(file, bounds);
  const certificate = await signingCertificate(file, zip.directoryAt);
  const packageName = packageOf(viewOf(await zip.bytes('AndroidManifest.xml')));
  if (packageName === null) throw new ApkProblem('not_apk');
  return { packageName, certificate };
}

/** Of the largest packages far below: the manifest is some kilobytes, a bomb is not. */
const bounds = { entries: 65_535, unpackedBytes: 8 * 1024 * 1024 };
const longestSignature = 16 * 1024 * 1024;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function bytesAt(file: Blob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  if (start < 0 || end > file.size || start > end) throw new ApkProblem('not_apk');
  return new Uint8Array(await file.slice(start, end).arrayBuffer());
}

const textAt = (view: DataView, at: number, length: number): string => {
  if (at + length > view.byteLength) throw new ApkProblem('not_apk');
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
};

const schemes = [0x1b93ad61, 0xf05368c0, 0x7109871a];

/** From the signing block, which is right before the central directory. */
async function signingCertificate(file: Blob, directoryAt: number): Promise<Uint8Array<ArrayBuffer>> {
  if (directoryAt < 32) throw new ApkProblem('not_signed');
  const foot = await bytesAt(file, directoryAt - 24, directoryAt);
  if (textAt(viewOf(foot), 8, 16) !== 'APK Sig Block 42') throw new ApkProblem('not_signed');
  const size = Number(viewOf(foot).getBigUint64(0, true));
  if (size < 24 || size > longestSignature) throw new ApkProblem('not_signed');
  const pairs = viewOf(await bytesAt(file, directoryAt - size, directoryAt - 24));
  const found = new Map<number, Uint8Array<ArrayBuffer>>();
  for (let at = 0; at + 12 <= pairs.byteLength; ) {
    const length = Number(pairs.getBigUint64(at, true));
    const end = at + 8 + length;
    if (length < 4 || end > pairs.byteLength) break;
    found.set(pairs.getUint32(at + 8, true), copyOf(pairs, at + 12, end));
    at = end;
  }
  const block = schemes.map((id) => found.get(id)).find((one) => one !== undefined);
  if (block === undefined) throw new ApkProblem('not_signed');
  // signers → the first → its signed data → digests, then certificates → the first.
  const signed = firstOf(firstOf(firstOf(block)));
  const digests = partsOf(signed);
  return firstOf(digests[1] ?? new Uint8Array());
}

const copyOf = (view: DataView, start: number, end: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(view.buffer.slice(view.byteOffset + start, view.byteOffset + end) as ArrayBuffer); // of a Uint8Array

/** Parts of bytes, each after its length in four bytes. */
function partsOf(bytes: Uint8Array): Uint8Array<ArrayBuffer>[] {
  const view = viewOf(bytes);
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let at = 0; at + 4 <= view.byteLength; ) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > view.byteLength) break;
    parts.push(copyOf(view, at + 4, end));
    at = end;
  }
  return parts;
}

function firstOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const [first] = partsOf(bytes);
  if (first === undefined) throw new ApkProblem('not_signed');
  return first;
}

/** The attribute `package` of the element `manifest` in Android's binary XML; null where there is none. */
function packageOf(view: DataView): string | null {
  let strings: readonly string[] = [];
  for (let at = 8; at + 8 <= view.byteLength; ) {
    const [kind, size] = [view.getUint16(at, true), view.getUint32(at + 4, true)];
    if (size < 8 || at + size > view.byteLength) return null;
    if (kind === 0x0001) strings = stringsOf(view, at);
    if (kind === 0x0102 && strings[view.getUint32(at + 20, true)] === 'manifest') {
      const count = view.getUint16(at + 28, true);
      for (let index = 0; index < count; index += 1) {
        const attribute = at + 36 + index * 20;
        if (attribute + 12 > at + size) return null;
        const name = strings[view.getUint32(attribute + 4, true)];
        if (name === 'package') return strings[view.getUint32(attribute + 8, true)] ?? null;
      }
      return null;
    }
    at += size;
  }
  return null;
}

/** The pool of strings at `at`, in UTF-8 or UTF-16. */
function stringsOf(view: DataView, at: number): readonly string[] {
  const [count, flags, start] = [8, 16, 20].map((field) => view.getUint32(at + field, true));
  const isUtf8 = ((flags ?? 0) & 0x100) !== 0;
  const most = Math.min(count ?? 0, Math.floor((view.byteLength - at) / 4));
  return Array.from({ length: most }, (_one, index) => {
    const place = at + (start ?? 0) + view.getUint32(at + 28 + index * 4, true);
    return isUtf8 ? utf8At(view, place) : utf16At(view, place);
  });
}

function utf8At(view: DataView, place: number): string {
  // Two lengths, in characters and in bytes, each in one byte or two.
  const skip = (at: number): number => at + (view.getUint8(at) >= 0x80 ? 2 : 1);
  const at = skip(place);
  const high = view.getUint8(at);
  const length = high >= 0x80 ? ((high & 0x7f) << 8) | view.getUint8(at + 1) : high;
  return textAt(view, skip(at), length);
}

function utf16At(view: DataView, place: number): string {
  const high = view.getUint16(place, true);
  const isLong = high >= 0x8000;
  const length = isLong ? ((high & 0x7fff) << 16) | view.getUint16(place + 2, true) : high;
  const at = place + (isLong ? 4 : 2);
  if (at + length * 2 > view.byteLength) throw new ApkProblem('not_apk');
  return new TextDecoder('utf-16le').decode(new Uint8Array(view.buffer, view.byteOffset + at, length * 2));
}
