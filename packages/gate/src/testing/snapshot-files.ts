import { crc32 } from 'node:zlib';
import type { LaidOutSnapshot, NameTable } from '@openbeian/model/gate';
import { openBase } from '../snapshot/base-file.ts';
import { replaceFile } from '../snapshot/replace-file.ts';

/** Puts a binary snapshot in its place in one step: readers have the old file or the new one, whole. */
export async function writeSnapshotFile(file: string, snapshot: LaidOutSnapshot): Promise<void> {
  await replaceFile(file, 0o640, async (handle) => {
    for (const { at, bytes } of snapshot.pieces(crc32)) {
      for (let from = 0; from < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, from, bytes.length - from, at + from);
        from += bytesWritten;
      }
    }
  });
}

/**
 * The table of a binary snapshot, opened and checked as the gate does.
 * @throws Fault `input.invalid` for a file that is damaged, cut short, or of another kind or version
 */
export async function openSnapshotFile(file: string): Promise<NameTable> {
  const base = await openBase(file);
  await base.close();
  return base.table;
}
