import { randomBytes } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isFault } from '@openbeian/model/fault';
import { createSnapshotBuilder, type GateSnapshot } from '@openbeian/model/gate';
import { writeBaseFile, writeEmptyOverlay } from './base-file.ts';
import type { GateLog } from './log.ts';
import { confirmSnapshotFile } from './snapshot-file.ts';

/** Keeps the binary snapshot for readers beside the gate (docs/gate-snapshot.md), such as nginx's own Lua. */
export interface ReadersFile {
  /** Writes this snapshot in a while, and only the latest of several. */
  offer(snapshot: GateSnapshot): void;
  /** The file's time of change says when its content was last known to be right. */
  confirm(confirmedAtMs: number): Promise<void>;
  /** Resolves when nothing is being written any more. */
  settled(): Promise<void>;
}

const rowsAtOnce = 1000;

/** Trouble is logged and costs no decision: the readers stay with the file they have. */
export function createReadersFile(file: string, log: GateLog): ReadersFile {
  let waiting: GateSnapshot | null = null;
  let writing: Promise<void> | null = null;

  async function write(snapshot: GateSnapshot): Promise<void> {
    const { version, builtAt, provider, region, defaultNames, records } = snapshot;
    const builder = createSnapshotBuilder({
      sequence: version,
      builtAtMs: Date.parse(builtAt),
      provider,
      region,
      defaultNames,
    });
    for (let from = 0; from < records.length; from += rowsAtOnce) {
      for (const record of records.slice(from, from + rowsAtOnce)) builder.add(record);
      // Questions are answered in between.
      await nextTurn();
    }
    await writeBaseFile(file, builder.layOut(drawKey));
    await writeEmptyOverlay(`${file}.overlay`, file);
    log('info', 'readers_file_written', { version, records: records.length });
  }

  async function writeAll(): Promise<void> {
    while (waiting !== null) {
      const snapshot = waiting;
      waiting = null;
      await write(snapshot).catch((error: NodeJS.ErrnoException) => {
        if (error.code === undefined && !isFault(error)) throw error;
        log('error', 'readers_file_not_written', { code: error.code ?? error.name });
      });
    }
    writing = null;
  }

  return {
    offer(snapshot) {
      waiting = snapshot;
      writing ??= writeAll();
    },
    async confirm(confirmedAtMs) {
      if (writing === null) await confirmSnapshotFile(file, confirmedAtMs).catch(() => {});
    },
    async settled() {
      await writing;
    },
  };
}

/** A key that nobody can know who chooses names. */
function drawKey() {
  const bytes = randomBytes(8);
  return { k0: bytes.readUInt32LE(0), k1: bytes.readUInt32LE(4) };
}
