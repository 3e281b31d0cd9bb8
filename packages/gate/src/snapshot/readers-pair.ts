import { closeSync, openSync, writeSync } from 'node:fs';
import { copyFile, link, utimes } from 'node:fs/promises';
import type { Overlay, OverlayPatch } from '@openbeian/model/gate';
import { replaceByDraft, replaceFile } from './replace-file.ts';

/**
 * The snapshot and its overlay for readers in other processes (docs/gate-snapshot.md): the snapshot file itself under the
 * readers' name, and a file that has the overlay's bytes and is written to in place.
 */
export interface ReadersPair {
  /** Puts a snapshot in place. Its overlay follows. */
  putBase(snapshotFile: string): Promise<void>;
  /** Puts an overlay in place, as it is now. */
  putOverlay(overlay: Overlay, usedBytes: number): Promise<void>;
  /** Writes what changed: the entries, then what points to them, then the sequence. */
  patch(overlay: Overlay, patch: OverlayPatch): void;
  /** The snapshot was right at this time. */
  confirm(confirmedAtMs: number): Promise<void>;
  close(): void;
}

/** @param file the readers' name of the snapshot; the overlay is `<file>.overlay` */
export function createReadersPair(file: string): ReadersPair {
  let handle: number | null = null;
  const close = () => {
    if (handle !== null) closeSync(handle);
    handle = null;
  };
  return {
    async putBase(snapshotFile) {
      // One file under two names costs nothing; another file system needs a copy.
      await replaceByDraft(file, (draft) => link(snapshotFile, draft).catch(() => copyFile(snapshotFile, draft)));
    },
    async putOverlay({ bytes }, usedBytes) {
      const path = `${file}.overlay`;
      await replaceFile(path, 0o640, async (made) => {
        await made.truncate(bytes.length);
        await made.write(bytes, 0, usedBytes, 0);
      });
      close();
      handle = openSync(path, 'r+');
    },
    patch({ bytes }, patch) {
      if (handle === null) return;
      const entries = patch.filter(({ length }) => length !== 4);
      const first = entries[0];
      const last = entries.at(-1);
      // Entries are stored one after another.
      if (first && last) writeSync(handle, bytes, first.at, last.at + last.length - first.at, first.at);
      for (const at of new Set(patch.filter(({ length }) => length === 4).map((one) => one.at))) {
        writeSync(handle, bytes, at, 4, at);
      }
      writeSync(handle, bytes, 16, 8, 16);
    },
    async confirm(confirmedAtMs) {
      await utimes(file, confirmedAtMs / 1000, confirmedAtMs / 1000).catch(() => {});
    },
    close,
  };
}
