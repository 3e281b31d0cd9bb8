import { readFile, stat, utimes } from 'node:fs/promises';
import { replaceFile } from './replace-file.ts';

/** A stored snapshot and when the control plane last confirmed it: the file's time of change says that. */
export interface StoredSnapshot {
  readonly text: string;
  readonly confirmedAtMs: number;
}

/** The stored snapshot, or null where there is none yet. Any other trouble with the file is thrown. */
export async function readSnapshotFile(file: string): Promise<StoredSnapshot | null> {
  try {
    const [text, { mtimeMs }] = await Promise.all([readFile(file, 'utf8'), stat(file)]);
    return { text, confirmedAtMs: mtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Replaces the stored snapshot in one step. */
export async function writeSnapshotFile(file: string, text: string, confirmedAtMs: number): Promise<void> {
  await replaceFile(file, 0o600, async (handle) => {
    await handle.writeFile(text);
    await handle.utimes(confirmedAtMs / 1000, confirmedAtMs / 1000);
  });
}

/** Notes that the stored snapshot is still right. */
export async function confirmSnapshotFile(file: string, confirmedAtMs: number): Promise<void> {
  await utimes(file, confirmedAtMs / 1000, confirmedAtMs / 1000);
}
