import { randomUUID } from 'node:crypto';
import { open, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname } from 'node:path';

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

/** Replaces the stored snapshot in one step: after a crash at any moment the file is the old one or the new one, whole. */
export async function writeSnapshotFile(file: string, text: string, confirmedAtMs: number): Promise<void> {
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(text);
      await handle.utimes(confirmedAtMs / 1000, confirmedAtMs / 1000);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Notes that the stored snapshot is still right. */
export async function confirmSnapshotFile(file: string, confirmedAtMs: number): Promise<void> {
  await utimes(file, confirmedAtMs / 1000, confirmedAtMs / 1000);
}
