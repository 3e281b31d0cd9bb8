/** Why a file cannot be read as a ZIP file, or an entry of it not be unpacked. */
export type ZipFlaw = 'not_zip' | 'encrypted' | 'too_large' | 'damaged';

/** `where` is the entry. */
export class ZipError extends Error {
  override name = 'ZipError';
  readonly flaw: ZipFlaw;
  readonly where: string;
  constructor(flaw: ZipFlaw, where = '') {
    super(`${flaw} ${where}`);
    this.flaw = flaw;
    this.where = where;
  }
}

export interface ZipBounds {
  /** More is a file that is made to keep us busy. */
  readonly entries: number;
  /** What is unpacked in all, whatever the file says of its size. */
  readonly unpackedBytes: number;
}

interface ZipEntry {
  readonly method: number;
  readonly flags: number;
  readonly packedBytes: number;
  readonly headerAt: number;
}

/** A ZIP file (APPNOTE 4.3) of one disk and less than 4 GB, of which only what is asked for is read and unpacked. */
export class ZipFile {
  /** Where the list of its entries begins; what else a format puts into the file is before it. */
  readonly directoryAt: number;
  readonly #file: Blob;
  readonly #entries: ReadonlyMap<string, ZipEntry>;
  #left: number;

  private constructor(file: Blob, { at, entries }: Directory, unpackedBytes: number) {
    this.directoryAt = at;
    this.#file = file;
    this.#entries = entries;
    this.#left = unpackedBytes;
  }

  /** @throws ZipError */
  static async open(file: Blob, bounds: ZipBounds): Promise<ZipFile> {
    return new ZipFile(file, await readDirectory(file, bounds), bounds.unpackedBytes);
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  /** The text of an entry, part by part. @throws ZipError */
  async *text(name: string): AsyncGenerator<string> {
    const decoder = new TextDecoder('utf-8');
    for await (const part of this.#unpacked(name)) yield decoder.decode(part, { stream: true });
    yield decoder.decode();
  }

  /** The content of an entry. @throws ZipError */
  async bytes(name: string): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of this.#unpacked(name)) parts.push(part);
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  async *#unpacked(name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    for await (const part of this.#partsOf(name)) {
      this.#left -= part.byteLength;
      if (this.#left < 0) throw new ZipError('too_large', name);
      yield part;
    }
  }

  async *#partsOf(name: string): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new ZipError('damaged', name);
    const { method, flags, headerAt, packedBytes } = entry;
    if ((flags & 1) !== 0) throw new ZipError('encrypted', name);
    const header = viewOf(await bytesAt(this.#file, headerAt, headerAt + 30, name));
    if (header.getUint32(0, true) !== 0x04034b50) throw new ZipError('damaged', name);
    const from = headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true);
    const packed = await bytesAt(this.#file, from, from + packedBytes, name);
    if (method === 0) return yield packed;
    if (method !== 8) throw new ZipError('damaged', name);
    // A reader, because not every browser iterates over streams.
    const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    try {
      for (;;) {
        const { done, value } = await reader.read().catch(() => {
          throw new ZipError('damaged', name);
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

interface Directory {
  readonly at: number;
  readonly entries: ReadonlyMap<string, ZipEntry>;
}

const endMark = 0x06054b50;
const endBytes = 22;
/** The comment behind the end record has at most so many bytes. */
const longestComment = 0xffff;
/** Of the largest packages far below. */
const longestDirectory = 64 * 1024 * 1024;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

async function bytesAt(file: Blob, from: number, to: number, where = ''): Promise<Uint8Array<ArrayBuffer>> {
  if (to > file.size) throw new ZipError('damaged', where);
  return new Uint8Array(await file.slice(from, to).arrayBuffer());
}

async function readDirectory(file: Blob, bounds: ZipBounds): Promise<Directory> {
  const tailAt = Math.max(0, file.size - endBytes - longestComment);
  const tail = viewOf(await bytesAt(file, tailAt, file.size));
  let end = tail.byteLength - endBytes;
  while (end >= 0 && tail.getUint32(end, true) !== endMark) end -= 1;
  if (end < 0) throw new ZipError('not_zip');
  const [count, size] = [tail.getUint16(end + 10, true), tail.getUint32(end + 12, true)];
  const at = tail.getUint32(end + 16, true);
  if (count > bounds.entries || size > longestDirectory) throw new ZipError('too_large');
  const entries = entriesIn(await bytesAt(file, at, at + size), count);
  return { at, entries };
}

function entriesIn(bytes: Uint8Array, count: number): Map<string, ZipEntry> {
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== 0x02014b50) throw new ZipError('damaged');
    const [nameBytes = 0, extraBytes = 0, commentBytes = 0] = [28, 30, 32].map((offset) =>
      view.getUint16(at + offset, true),
    );
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    entries.set(name, {
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      packedBytes: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    });
    at += 46 + nameBytes + extraBytes + commentBytes;
  }
  return entries;
}
