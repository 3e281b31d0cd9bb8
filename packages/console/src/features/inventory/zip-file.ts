/** Why a file cannot be read as a workbook. */
export type XlsxFlaw = 'not_xlsx' | 'encrypted' | 'too_large' | 'damaged' | 'no_value';

/** A file that is no workbook we read; `where` is a cell or a part of the file. */
export class XlsxError extends Error {
  readonly flaw: XlsxFlaw;
  readonly where: string;
  constructor(flaw: XlsxFlaw, where = '') {
    super(`${flaw} ${where}`);
    this.flaw = flaw;
    this.where = where;
  }
}

/** Of an entry in a ZIP file. */
interface ZipEntry {
  readonly method: number;
  readonly flags: number;
  readonly packedBytes: number;
  readonly headerAt: number;
}

/** More entries than any workbook has: a file that is made to keep us busy. */
const mostEntries = 5000;

/**
 * A ZIP file in memory, of which entries are unpacked when they are asked for. What unpacks to more than `mostBytes` in all is
 * given up while it is unpacked, whatever the file says of its size.
 */
export class ZipFile {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  #left: number;

  /** @throws XlsxError for what is no ZIP file, or one of several disks or more than 4 GB. */
  constructor(bytes: Uint8Array<ArrayBuffer>, mostBytes: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#left = mostBytes;
    this.#entries = entriesOf(this.#view, bytes);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The text of an entry, part by part. @throws XlsxError */
  async *text(name: string): AsyncGenerator<string> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new XlsxError('damaged', name);
    if ((entry.flags & 1) !== 0) throw new XlsxError('encrypted', name);
    const decoder = new TextDecoder('utf-8');
    for await (const part of this.#unpacked(name, entry)) {
      this.#left -= part.byteLength;
      if (this.#left < 0) throw new XlsxError('too_large', name);
      yield decoder.decode(part, { stream: true });
    }
    yield decoder.decode();
  }

  async *#unpacked(name: string, { method, headerAt, packedBytes }: ZipEntry): AsyncGenerator<Uint8Array> {
    const isThere = headerAt + 30 <= this.#bytes.byteLength && this.#view.getUint32(headerAt, true) === 0x04034b50;
    if (!isThere) throw new XlsxError('damaged', name);
    const from = headerAt + 30 + this.#view.getUint16(headerAt + 26, true) + this.#view.getUint16(headerAt + 28, true);
    const packed = this.#bytes.subarray(from, from + packedBytes);
    if (packed.byteLength < packedBytes) throw new XlsxError('damaged', name);
    if (method === 0) return yield packed;
    if (method !== 8) throw new XlsxError('damaged', name);
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read().catch(() => {
          throw new XlsxError('damaged', name);
        });
        if (done) return;
        yield value;
      }
    } finally {
      // Left early, the rest is not unpacked.
      await reader.cancel().catch(() => {});
    }
  }
}

const endMark = 0x06054b50;
const endBytes = 22;
/** What Office writes where a workbook has a password, and what older programs write: a compound file. */
const compoundMark = 0xe011cfd0;

function entriesOf(view: DataView, bytes: Uint8Array): Map<string, ZipEntry> {
  if (bytes.byteLength >= 4 && view.getUint32(0, true) === compoundMark) throw new XlsxError('encrypted');
  let end = bytes.byteLength - endBytes;
  const last = Math.max(0, end - 0xffff);
  while (end >= last && view.getUint32(end, true) !== endMark) end -= 1;
  if (end < last || end < 0) throw new XlsxError('not_xlsx');
  const count = view.getUint16(end + 10, true);
  let at = view.getUint32(end + 16, true);
  if (count > mostEntries) throw new XlsxError('too_large');
  const entries = new Map<string, ZipEntry>();
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > bytes.byteLength || view.getUint32(at, true) !== 0x02014b50) throw new XlsxError('damaged');
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => view.getUint16(at + offset, true));
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + (nameBytes ?? 0)));
    entries.set(name, {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    });
    at += 46 + (nameBytes ?? 0) + (extraBytes ?? 0) + (commentBytes ?? 0);
  }
  return entries;
}
