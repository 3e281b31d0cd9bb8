import { readFile, writeFile } from 'node:fs/promises';
import { replaceByDraft } from './replace-file.ts';

/** How far a snapshot with its changes goes. */
export interface Position {
  readonly sequence: number;
  readonly builtAtMs: number;
}

/**
 * The newest position that this gate ever held, in a file of its own: an older snapshot that is put back, with its own true
 * signature, is known by it. Best kept where whoever may write snapshots may not write.
 */
export interface SeenPosition {
  /** Null where nothing was noted yet. */
  read(): Promise<Position | null>;
  /** Notes it if it is another; never before the changes up to there are on the disk. */
  note(position: Position): Promise<void>;
}

export function createSeenPosition(file: string): SeenPosition {
  let noted: Position | null = null;
  return {
    async read() {
      try {
        const { sequence, builtAtMs } = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
        return typeof sequence === 'number' && typeof builtAtMs === 'number' ? { sequence, builtAtMs } : null;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
        throw error;
      }
    },
    async note({ sequence, builtAtMs }) {
      if (noted?.sequence === sequence && noted.builtAtMs === builtAtMs) return;
      noted = { sequence, builtAtMs };
      await replaceByDraft(file, (draft) => writeFile(draft, JSON.stringify(noted), { mode: 0o640, flag: 'wx' }));
    },
  };
}
