import { crc32, createInflateRaw } from 'node:zlib';
import { isFault } from '@openbeian/model/fault';
import { type Entry, fromBuffer, type ZipFile } from 'yauzl';
import { ZipFile as ZipWriter } from 'yazl';
import { mostExpanded, type ReadLimits } from '../limits.ts';
import { unreadable } from '../troubles.ts';

/** A ZIP of one file. `at` is the time that it names; the same input gives the same bytes. */
export async function zipOne(name: string, content: Buffer, at: Date): Promise<Buffer> {
  const zip = new ZipWriter();
  zip.addBuffer(content, name, { mtime: at });
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

/** How an entry is kept, by number: as it is, or deflated. Nobody needs another one. */
const stored = 0;
const deflated = 8;

/** Folders and the like beside the one file, which some programs write. */
const mostEntries = 16;

/**
 * Gives the bytes of the only file in a ZIP, part by part, and answers its name. The caller throws away what it made of them
 * when this throws in the end: the checksum comes last.
 * @throws Fault `authority.unreadable`
 */
export async function unzipOne(zip: Buffer, limits: ReadLimits, onBytes: (bytes: Buffer) => void): Promise<string> {
  try {
    const file = await openZip(zip);
    const entry = await onlyFile(file);
    const most = mostExpanded(zip.length, limits);
    if (entry.uncompressedSize > most) throw unreadable('expanded_too_large');
    let length = 0;
    let checksum = 0;
    for await (const chunk of expand(await storedBytes(file, entry), entry)) {
      length += chunk.length;
      if (length > most) throw unreadable('expanded_too_large');
      checksum = crc32(chunk, checksum);
      onBytes(chunk);
    }
    if (checksum !== entry.crc32 || length !== entry.uncompressedSize) throw unreadable('zip_checksum');
    return entry.fileName;
  } catch (error) {
    if (isFault(error)) throw error;
    // Not as its cause: the library’s text may quote what it read.
    throw unreadable('zip_broken');
  }
}

/**
 * Inflated here and not by the library: its chain of streams throws an error of zlib’s past everybody when the reader has left
 * already, which ends the process.
 */
async function* expand(bytes: Buffer, entry: Entry): AsyncGenerator<Buffer> {
  if (entry.compressionMethod === stored) {
    yield bytes;
    return;
  }
  const inflate = createInflateRaw();
  inflate.on('error', () => undefined);
  inflate.end(bytes);
  yield* inflate as AsyncIterable<Buffer>;
}

function openZip(zip: Buffer): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    fromBuffer(zip, { lazyEntries: true, validateEntrySizes: true }, (error, file) => {
      if (error) reject(error);
      else resolve(file);
    });
  });
}

function onlyFile(zip: ZipFile): Promise<Entry> {
  return new Promise((resolve, reject) => {
    let found: Entry | null = null;
    if (zip.entryCount > mostEntries) reject(unreadable('zip_entries'));
    zip.on('entry', (entry: Entry) => {
      if (!entry.fileName.endsWith('/')) {
        if (found !== null) {
          reject(unreadable('zip_entries'));
          return;
        }
        found = entry;
      }
      zip.readEntry();
    });
    zip.on('end', () => (found === null ? reject(unreadable('zip_entries')) : resolve(found)));
    zip.on('error', reject);
    zip.readEntry();
  });
}

async function storedBytes(zip: ZipFile, entry: Entry): Promise<Buffer> {
  if (entry.isEncrypted() || ![stored, deflated].includes(entry.compressionMethod)) throw unreadable('zip_broken');
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    // The library’s own name for it, which its types do not have yet; their older one leaves a global variable behind.
    zip.openReadStream(entry, { decodeFileData: false } as never, (error, opened) => {
      if (error) reject(error);
      else resolve(opened);
    });
  });
  const chunks: Buffer[] = [];
  for await (const chunk of stream as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
