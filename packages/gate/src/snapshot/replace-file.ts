import { randomUUID } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a file in one step: after a crash at any moment it is the old one or the new one, whole and on the disk. */
export async function replaceFile(
  file: string,
  mode: number,
  write: (handle: FileHandle) => Promise<unknown>,
): Promise<void> {
  await replaceByDraft(file, async (draft) => {
    const handle = await open(draft, 'wx', mode);
    try {
      await write(handle);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
  const folder = await open(dirname(file), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

/** Puts the draft that `make` creates in the place of the file; nothing of it remains where that fails. */
export async function replaceByDraft(file: string, make: (draft: string) => Promise<unknown>): Promise<void> {
  const draft = draftBeside(file);
  try {
    await make(draft);
    await rename(draft, file);
  } finally {
    // A rename of one of two links to the same file leaves both.
    await rm(draft, { force: true });
  }
}

/** Names a draft beside a file: on the same file system, with a name of its own. */
export function draftBeside(file: string): string {
  return `${file}.${randomUUID()}.tmp`;
}
