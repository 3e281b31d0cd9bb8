import { isUtf8 } from 'node:buffer';
import { createHash, randomUUID } from 'node:crypto';
import { constants } from 'node:fs';
import { lstat, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { defaultLimits, type PackedDocument } from '@openbeian/authority-wire/v3';
import { unreachable } from '../v3/line-faults.ts';
import type { Exchange } from '../v3/line-options.ts';

/**
 * A province whose packages people carry: `out` has those to hand in, `in` takes the authority’s files, and those that were read go to
 * `in/done`. Nothing is ever half there: files are written under another name first. What a file says is known by its content, so that
 * one that is put there twice does nothing twice.
 */
export function createFileExchange(directory: string): Exchange {
  const places = { out: join(directory, 'out'), in: join(directory, 'in'), done: join(directory, 'in', 'done') };
  const within = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      for (const place of Object.values(places)) await mkdir(place, { recursive: true, mode: 0o700 });
      return await work();
    } catch (cause) {
      const detail = {
        zh: `交换目录无法读写：${directory}`,
        en: `the directory of packages cannot be used: ${directory}`,
      };
      throw unreachable(detail, { cause });
    }
  };
  return {
    keepsFiles: true,
    upload: (packed, sequence) =>
      within(async () => {
        const last = await readLast(places.out);
        // Once more what was written and not answered, or the next.
        if (sequence !== last.sequence + 1 && sequence !== last.sequence) {
          return { msg_code: 14, dataSequences: { dataSequence: [last.sequence + 1] } };
        }
        const name = `${String(sequence).padStart(10, '0')}${packed.encryptAlgorithm === 0 ? '.zip' : '.zip.aes'}`;
        await write(places.out, name, Buffer.from(packed.beianInfo, 'base64'));
        await write(places.out, `${name}.md5`, packed.beianInfoHash);
        await write(places.out, lastName, JSON.stringify({ sequence, beianInfoHash: packed.beianInfoHash }));
        return { msg_code: 0 };
      }),
    previousUpload: () =>
      within(async () => {
        const { sequence, beianInfoHash } = await readLast(places.out);
        return { msg_code: 0, fileInfos: { dataSequence: sequence, beianInfoHash } };
      }),
    download: () =>
      within(async () => {
        await nameReadably(places.in);
        const name = await nextFile(places.in);
        if (name === null) return { msg_code: 2 };
        return { msg_code: 3, fileInfos: { return_FileName: name, ...(await packedOf(places.in, name)) } };
      }),
    acknowledge: (fileName) =>
      within(async () => {
        const files = await readdir(places.in);
        // Only what was listed: a name is no path.
        if (files.includes(fileName))
          await rename(join(places.in, fileName), join(places.done, `${randomUUID()}-${fileName}`));
        return { msg_code: 0 };
      }),
    queryStatus: async () => null,
    verifyPassword: async () => null,
  };
}

const lastName = 'last.json';

interface Last {
  readonly sequence: number;
  readonly beianInfoHash: string;
}

async function readLast(out: string): Promise<Last> {
  let text: string;
  try {
    text = await readFile(join(out, lastName), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { sequence: 0, beianInfoHash: '' };
    throw error;
  }
  // It was written by `upload`; one that was altered to something else fails here, and an operator is told.
  const { sequence, beianInfoHash } = JSON.parse(text) as Partial<Last>;
  if (typeof sequence !== 'number' || typeof beianInfoHash !== 'string') throw new Error(`${lastName} was altered`);
  return { sequence, beianInfoHash };
}

/** There wholly or not at all, and for good. */
async function write(folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const draft = join(folder, `.${name}.${randomUUID()}`);
  try {
    const file = await open(draft, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, join(folder, name));
  } catch (error) {
    // A disk that is full would be filled by what is begun again and again.
    await rm(draft, { force: true });
    throw error;
  }
  const held = await open(folder, 'r');
  try {
    await held.sync();
  } finally {
    await held.close();
  }
}

/** The first by its name; what somebody is still copying is left for the next time. Clocks may differ: a copy may be from later than now. */
const settledAfterMs = 2_000;

async function nextFile(folder: string): Promise<string | null> {
  const names = (await readdir(folder)).filter((name) => /^[^.].{0,200}\.zip(?:\.aes)?$/i.test(name)).sort();
  for (const name of names) {
    const found = await unlessGone(lstat(join(folder, name)));
    if (found !== null && Math.abs(Date.now() - found.mtimeMs) >= settledAfterMs) return name;
  }
  return null;
}

/**
 * Files from a Windows disk or archive may have names in GBK, which are no text here: nobody could open them by the name that is listed.
 * They get the name that was meant, and their digests with them; never that of another file.
 */
async function nameReadably(folder: string): Promise<void> {
  for (const raw of await readdir(folder, { encoding: 'buffer' })) {
    if (isUtf8(raw)) continue;
    const meant = gbk.decode(raw).replaceAll('\uFFFD', '_');
    // In UTF-8 it is longer, and one that no disk takes would hold up all others.
    const isLong = Buffer.byteLength(meant) > longestName;
    const isTaken = isLong || (await unlessGone(lstat(join(folder, meant)))) !== null;
    const from = Buffer.concat([Buffer.from(join(folder, '/')), raw]);
    const other = `${randomUUID()}-${isLong ? meant.slice(-longestName / 4) : meant}`;
    await unlessGone(rename(from, join(folder, isTaken ? other : meant)));
  }
}
const gbk = new TextDecoder('gb18030');
const longestName = 200;

/** As `isp_download` would bring it. What says whether it is whole is the file itself, or a digest beside it. */
async function packedOf(folder: string, name: string): Promise<PackedDocument> {
  const bytes = (await readContent(join(folder, name), defaultLimits.packedBytes)) ?? noContent;
  const isEncrypted = /\.aes$/i.test(name);
  const given = await readContent(join(folder, `${name}.md5`), longestDigest);
  // Of an encrypted one the digest is that of what is inside, which nobody knows here.
  const digest =
    given?.toString('utf8').trim() ?? (isEncrypted ? '' : createHash('md5').update(bytes).digest('base64'));
  return {
    beianInfo: bytes.toString('base64'),
    beianInfoHash: digest,
    encryptAlgorithm: isEncrypted ? 1 : 0,
    hashAlgorithm: 0,
    compressionFormat: 0,
  };
}

/** Stands for what cannot be read, so that it is taken down as a damaged file and holds up none behind it. */
const noContent = Buffer.from('unreadable');
const longestDigest = 1024;

/**
 * What is in a file that people put there: a folder, a link that leads elsewhere, a pipe that nobody writes to, what may not be read, and
 * what has more bytes than may be are no such file. Null for them.
 */
async function readContent(path: string, mostBytes: number): Promise<Buffer | null> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(() => null);
  if (file === null) return null;
  try {
    const found = await file.stat();
    if (!found.isFile() || found.size > mostBytes) return null;
    const bytes = Buffer.alloc(found.size);
    let length = 0;
    // No more than it had, whatever is written to it meanwhile.
    while (length < bytes.length) {
      const { bytesRead } = await file.read(bytes, length, bytes.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } catch {
    return null;
  } finally {
    await file.close();
  }
}

/** Null: somebody has taken it away. */
async function unlessGone<Found>(looking: Promise<Found>): Promise<Found | null> {
  try {
    return await looking;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
