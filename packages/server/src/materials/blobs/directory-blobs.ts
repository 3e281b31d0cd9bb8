import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault } from '@openbeian/model/fault';
import type { Blobs } from '../../ports/index.ts';

/**
 * Files in a directory, two letters of the name as a folder. A file appears under its name when all of it is on the disk (written
 * beside, fsync, rename, fsync of the folder); what is left of a writer that died goes when the name is deleted.
 */
export class DirectoryBlobs implements Blobs {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = directory;
  }

  async put(name: string, bytes: Uint8Array): Promise<void> {
    const file = this.#fileOf(name);
    await reporting(async () => {
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      const handle = await open(unfinished(file), 'w', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(unfinished(file), file);
      await syncFolder(dirname(file));
      await syncFolder(this.#directory);
    });
  }

  get(name: string): Promise<Uint8Array | null> {
    const file = this.#fileOf(name);
    return reporting(() =>
      readFile(file).catch((error: unknown) => {
        if (isMissing(error)) return null;
        throw error;
      }),
    );
  }

  async delete(name: string): Promise<void> {
    const file = this.#fileOf(name);
    await reporting(async () => {
      await rm(unfinished(file), { force: true });
      await rm(file, { force: true });
    });
  }

  /** Names are ours; one that would lead elsewhere is a mistake. */
  #fileOf(name: string): string {
    if (!/^[A-Za-z0-9_-]{2}[A-Za-z0-9._-]{1,200}$/.test(name)) throw new RangeError('not a name of a blob');
    return join(this.#directory, name.slice(0, 2), name);
  }
}

const unfinished = (file: string): string => `${file}.part`;

/** A new name in a folder is on the disk when the folder is. Windows cannot open folders, and needs not. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

const isMissing = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

async function reporting<Result>(work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    throw new Fault('material.store_unavailable', { cause });
  }
}
