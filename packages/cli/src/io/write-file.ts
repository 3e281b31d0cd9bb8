import {
  closeSync,
  fdatasync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { promisify } from 'node:util';
import { InputError } from './input.ts';
import { ioWords, type Lang } from './words.ts';

/**
 * Writes a file whole or not at all: beside it under another name, made durable, then renamed. A file that was there stays
 * as it is until then. @throws InputError where it cannot be written or is no file.
 */
export function writeFile(path: string, blocks: Iterable<Uint8Array>, lang: Lang): void {
  const draft = openDraft(path, lang);
  try {
    for (const block of blocks) draft.write(block);
    draft.publish();
  } finally {
    draft.close();
  }
}

/** The disk is told to write whenever so much is new; otherwise all of it would be waited for at the end. */
const flushBytes = 1 << 26;

/** `writeFile` of blocks that are yet to be made; what fails in making them leaves the file as it was. */
export async function writeFileFrom(path: string, blocks: AsyncIterable<Uint8Array>, lang: Lang): Promise<void> {
  const draft = openDraft(path, lang);
  let flushed = Promise.resolve();
  let flushing = false;
  let unflushed = 0;
  const flush = async () => {
    await draft.flush();
    flushing = false;
  };
  try {
    for await (const block of blocks) {
      draft.write(block);
      unflushed += block.length;
      if (flushing || unflushed < flushBytes) continue;
      unflushed = 0;
      flushing = true;
      // The first failure is kept; whoever waits below sees it.
      flushed = flushed.then(flush);
      flushed.catch(() => {});
    }
    await flushed;
    draft.publish();
  } finally {
    // The file is not closed while the system still works on it.
    await flushed.catch(() => {});
    draft.close();
  }
}

interface Draft {
  write(block: Uint8Array): void;
  /** What was written until now is on the disk when this ends; more may be written meanwhile. */
  flush(): Promise<void>;
  /** Gives the draft the file's name. */
  publish(): void;
  /** Removes the draft where it was not published. */
  close(): void;
}

function openDraft(path: string, lang: Lang): Draft {
  const target = writing(path, lang, () => targetOf(path, lang));
  const draft = `${target}.${process.pid}.part`;
  const fd = writing(path, lang, () => openSync(draft, 'wx'));
  let open = true;
  let published = false;
  const closeOnce = () => {
    if (open) closeSync(fd);
    open = false;
  };
  return {
    write: (block) => writing(path, lang, () => writeAll(fd, block)),
    flush: () => flushed(fd).catch((cause) => writing(path, lang, () => raise(cause))),
    publish: () => {
      writing(path, lang, () => fsyncSync(fd));
      closeOnce();
      writing(path, lang, () => renameSync(draft, target));
      published = true;
    },
    close: () => {
      closeOnce();
      if (!published) rmSync(draft, { force: true });
    },
  };
}

/** Behind a symbolic link, the file itself; a device or folder must not be replaced by a file. */
function targetOf(path: string, lang: Lang): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return path;
  if (found.isFile()) return realpathSync(path);
  throw new InputError(ioWords.expectedFile(path)[lang]);
}

function writeAll(fd: number, block: Uint8Array): void {
  for (let written = 0; written < block.length; ) written += writeSync(fd, block, written);
}

const flushed = promisify(fdatasync);

function raise(cause: unknown): never {
  throw cause;
}

function writing<T>(path: string, lang: Lang, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw new InputError(ioWords.cannotWrite(path, cause.message)[lang]);
  }
}
