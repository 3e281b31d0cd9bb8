import { rename, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { asciiName, normaliseHost } from '@openbeian/model/domain-name';
import { isFault } from '@openbeian/model/fault';
import {
  type ChangeBatch,
  createOverlay,
  findCurrentEntry,
  findEntry,
  follows,
  type GateChange,
  type GateRecord,
  gateRecordStates,
  type NameTable,
  type OverlayPatch,
  type OverlayWriter,
  writeOverlay,
} from '@openbeian/model/gate';
import { type KnownBase, type OpenBase, openBase } from './base-file.ts';
import { adoptChangeLog, type ChangeLog, draftChangeLog, openChangeLog, readChangeLog } from './change-log.ts';
import { createReadersPair, type ReadersPair } from './readers-pair.ts';

/** What becomes of an offered snapshot. */
export type Reception = 'taken' | 'corrupt' | 'older';

/** What is held now, for deciding with it and telling of it. */
export interface HeldSnapshot {
  readonly table: NameTable;
  /** Of the last change. */
  readonly sequence: number;
  /** Of the snapshot alone. */
  readonly baseSequence: number;
  readonly mark: string;
  /** When the control plane said that things stand so. */
  readonly builtAtMs: number;
  readonly recordCount: number;
  /** Bytes of the overlay that are used. */
  readonly overlayBytes: number;
}

/** What was found on the disk: nothing, something that cannot be used, or this. */
export type Loaded =
  | 'nothing'
  | 'corrupt'
  | {
      readonly confirmedAtMs: number;
      /** Of the log that were damaged. */
      readonly cutBytes: number;
      /** Of the snapshot's preamble. */
      readonly sum: number;
    };

/** Where the parts are. */
export interface StoredPlaces {
  /** The snapshot; its changes are logged in `<snapshotFile>.changes`. */
  readonly snapshotFile: string;
  readonly readersFile?: string | undefined;
  /** Of the gate itself; null: as the snapshot says. */
  readonly outsideMainland: boolean | null;
}

const leastOverlay = 1024 * 1024;
const mostOverlay = 1024 * 1024 * 1024;

/**
 * The snapshot on the disk with the changes since: it outlives the process and the control plane.
 */
export class StoredSnapshot {
  readonly #places: StoredPlaces;
  readonly #onTrouble: (event: string, code: string) => void;
  readonly #logFile: string;
  readonly #readers: ReadersPair | null;
  #base: OpenBase | null = null;
  #writer: OverlayWriter | null = null;
  #log: ChangeLog | null = null;
  #held: HeldSnapshot | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #kept: { readonly from: number; readonly batches: ChangeBatch[] } | null = null;
  /** What was changed, for `recordsOf`; by `keyOf`. */
  #changed = new Map<string, GateRecord | null>();

  /** @param onTrouble is told of a disk that does not take what should be written; decisions go on from memory */
  constructor(places: StoredPlaces, onTrouble: (event: string, code: string) => void) {
    this.#places = places;
    this.#onTrouble = onTrouble;
    this.#logFile = `${places.snapshotFile}.changes`;
    this.#readers = places.readersFile === undefined ? null : createReadersPair(places.readersFile);
  }

  held(): HeldSnapshot | null {
    return this.#held;
  }

  /**
   * Opens what is on the disk, to go on with it.
   * @param known what another thread has read of it
   */
  async load(known?: KnownBase): Promise<Loaded> {
    const base = await this.#openStored(known);
    if (typeof base === 'string') return base;
    const opened = await openChangeLog(this.#logFile, base.sum, (batch) => this.#replay(batch));
    if (opened === null) await draftChangeLog(this.#logFile, base.sum, []);
    this.#log = opened?.log ?? (await adoptChangeLog(this.#logFile));
    await this.#tellReaders();
    return { confirmedAtMs: base.confirmedAtMs, cutBytes: opened?.cutBytes ?? 0, sum: base.sum };
  }

  /** Opens what is on the disk, for deciding only; nothing there is written. */
  async look(): Promise<Loaded> {
    const base = await this.#openStored();
    if (typeof base === 'string') return base;
    await readChangeLog(this.#logFile, base.sum, (batch) => this.#replay(batch));
    return { confirmedAtMs: base.confirmedAtMs, cutBytes: 0, sum: base.sum };
  }

  async #openStored(known?: KnownBase): Promise<OpenBase | 'nothing' | 'corrupt'> {
    try {
      const base = await openBase(this.#places.snapshotFile, known);
      this.#begin(base);
      return base;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing';
      if (isFault(error, 'input.invalid')) return 'corrupt';
      throw error;
    }
  }

  #replay(batch: ChangeBatch): boolean {
    if (!follows(batch, this.#held?.sequence ?? 0)) return false;
    this.#lay(batch);
    return true;
  }

  /** Are the parts of the file that decisions do not need as they were written? */
  async isWhole(): Promise<boolean> {
    try {
      await this.#base?.checkCold();
      return true;
    } catch (error) {
      if (isFault(error, 'input.invalid')) return false;
      throw error;
    }
  }

  /** Takes a snapshot in the file `draft`, unless it is damaged or older than what is held. The draft is gone then. */
  async take(draft: string): Promise<Reception> {
    const base = await this.#openDraft(draft);
    if (base === 'corrupt') return base;
    return this.#inTurn(async () => {
      if (this.#isOlder(base)) return this.#refuse(base, draft, 'older');
      this.#kept = null;
      await this.#putInPlace(base, draft, []);
      return 'taken';
    });
  }

  /** From now on changes are kept for a newer snapshot of the same history, which is fetched meanwhile: see `renew`. */
  keepChanges(): void {
    this.#kept = { from: this.#held?.sequence ?? 0, batches: [] };
  }

  /**
   * Takes a snapshot that contains at least what was held when `keepChanges` was called, and lays over it what came since:
   * the log and the overlay become short again. The draft is gone then.
   */
  async renew(draft: string): Promise<Reception> {
    const base = await this.#openDraft(draft);
    if (base === 'corrupt') return base;
    return this.#inTurn(async () => {
      const kept = this.#kept;
      this.#kept = null;
      const { sequence } = base.table.header;
      if (kept === null || sequence < kept.from) return this.#refuse(base, draft, 'older');
      const later = kept.batches.map((batch) => ({
        ...batch,
        changes: batch.changes.filter((change) => change.sequence > sequence),
      }));
      await this.#putInPlace(
        base,
        draft,
        later.filter(({ changes }) => changes.length > 0),
      );
      return 'taken';
    });
  }

  /** @returns whether the changes follow what is held; if not, nothing was applied and a snapshot is needed */
  apply(batch: ChangeBatch): Promise<boolean> {
    return this.#inTurn(async () => {
      const held = this.#held;
      if (held === null || this.#log === null || !follows(batch, held.sequence)) return false;
      // Written down first: what was decided by once is known after a restart. Where that fails, the log ends here for
      // the next start, and what is missing is asked for then.
      await this.#try('change_log_not_stored', () => this.#log?.append(batch));
      this.#kept?.batches.push(batch);
      const before = this.#writer?.overlay;
      const patch = this.#lay(batch);
      await this.#try('readers_not_told', async () => {
        if (this.#writer === null || this.#readers === null) return;
        if (this.#writer.overlay === before) this.#readers.patch(before, patch);
        else await this.#readers.putOverlay(this.#writer.overlay, this.#writer.usedBytes);
      });
      return true;
    });
  }

  /** The records that a host is judged by: a website's of its registrable name, and an APP's of exactly this name. */
  async recordsOf(host: string): Promise<{ readonly site: GateRecord | null; readonly app: GateRecord | null }> {
    const read = normaliseHost(host);
    const site = read.registrableName === null ? null : await this.#recordOf(read.registrableName, false);
    const app = read.kind !== 'name' ? null : await this.#recordOf(read.host, true);
    return { site, app };
  }

  async close(): Promise<void> {
    this.#readers?.close();
    await this.#log?.close();
    await this.#base?.close();
  }

  /** What changes the held snapshot happens one after another. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#turn.then(work);
    this.#turn = mine.catch(() => {});
    return mine;
  }

  /** Opens and checks all of it; changes go on being applied meanwhile. */
  async #openDraft(draft: string): Promise<OpenBase | 'corrupt'> {
    try {
      const base = await openBase(draft);
      try {
        await base.checkCold();
        return base;
      } catch (error) {
        await base.close();
        throw error;
      }
    } catch (error) {
      await rm(draft, { force: true });
      if (isFault(error, 'input.invalid')) return 'corrupt';
      throw error;
    }
  }

  /** A database restored from a backup counts through the same sequences again; then what was built later is newer. */
  #isOlder({ table: { header } }: OpenBase): boolean {
    const held = this.#held;
    return held !== null && header.sequence < held.sequence && header.builtAtMs <= held.builtAtMs;
  }

  async #refuse<Why extends Reception>(base: OpenBase, draft: string, why: Why): Promise<Why> {
    await base.close();
    await rm(draft, { force: true });
    return why;
  }

  /** Whenever a crash comes in between, the snapshot that is in place has its own log, in place or beside. */
  async #putInPlace(base: OpenBase, draft: string, later: readonly ChangeBatch[]): Promise<void> {
    await draftChangeLog(this.#logFile, base.sum, later);
    await rename(draft, this.#places.snapshotFile);
    await this.#log?.close();
    await this.#base?.close();
    this.#begin(base);
    this.#log = await adoptChangeLog(this.#logFile);
    for (const batch of later) this.#lay(batch);
    await this.#tellReaders();
  }

  /** Holds a snapshot without changes. */
  #begin(base: OpenBase): void {
    const { header, facts } = base.table;
    this.#base = base;
    this.#changed = new Map();
    this.#writer = this.#overlayOf(leastOverlay, base);
    this.#held = {
      table: { ...base.table, overlay: this.#writer.overlay },
      ...{ sequence: header.sequence, baseSequence: header.sequence, mark: facts.mark },
      ...{ builtAtMs: header.builtAtMs, recordCount: header.recordCount, overlayBytes: 0 },
    };
    this.#writer.stamp(header.sequence);
  }

  #overlayOf(length: number, base: OpenBase): OverlayWriter {
    const about = { baseSum: base.sum, outsideMainland: this.#places.outsideMainland };
    return writeOverlay(createOverlay(new SharedArrayBuffer(length), about, crc32), base.table.header.key);
  }

  async #tellReaders(): Promise<void> {
    await this.#try('readers_not_told', async () => {
      if (this.#readers === null || this.#writer === null) return;
      await this.#readers.putBase(this.#places.snapshotFile);
      await this.#readers.putOverlay(this.#writer.overlay, this.#writer.usedBytes);
    });
  }

  async #try(event: string, write: () => Promise<void> | undefined): Promise<void> {
    try {
      await write();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === undefined) throw error;
      this.#onTrouble(event, code);
    }
  }

  #lay(batch: ChangeBatch): OverlayPatch {
    const held = this.#held;
    if (held === null || this.#writer === null) throw new Error('changes without a snapshot');
    let { recordCount } = held;
    const patch: { at: number; length: number }[] = [];
    // Only what became of a name at last: nobody sees what stood in between.
    const last = new Map(batch.changes.map((change) => [keyOf(change), change]));
    for (const change of last.values()) {
      const before = this.#isOnRecord(change);
      if (!this.#put(change, patch)) continue;
      this.#changed.set(keyOf(change), change.record);
      recordCount += (this.#isOnRecord(change) ? 1 : 0) - (before ? 1 : 0);
    }
    this.#writer.stamp(batch.sequence);
    this.#held = {
      ...held,
      table: { ...held.table, overlay: this.#writer.overlay },
      ...{ sequence: batch.sequence, mark: batch.mark, recordCount },
      ...{ builtAtMs: Math.max(held.builtAtMs, Date.parse(batch.at)), overlayBytes: this.#writer.usedBytes },
    };
    return patch;
  }

  /** @returns false for a name that no record can have; nobody asks for it either */
  #put(change: GateChange, patch: { at: number; length: number }[]): boolean {
    const base = this.#base as OpenBase;
    for (;;) {
      const writer = this.#writer as OverlayWriter;
      try {
        const written = writer.apply(base.table, change);
        if (written !== null) {
          patch.push(...written);
          return true;
        }
      } catch (error) {
        if (isFault(error, 'input.invalid')) return false;
        throw error;
      }
      const length = writer.overlay.bytes.length * 4;
      if (length > mostOverlay) throw new Error('more changes than an overlay can hold');
      const larger = this.#overlayOf(length, base);
      larger.copyFrom(writer.overlay);
      this.#writer = larger;
    }
  }

  #isOnRecord({ name, exact }: GateChange): boolean {
    const ascii = asciiName(name);
    const base = this.#base as OpenBase;
    const overlay = this.#writer?.overlay ?? null;
    const flags = ascii === null ? 0 : (findCurrentEntry({ ...base.table, overlay }, ascii)?.flags ?? 0);
    return exact ? (flags & 0x38) !== 0 : (flags & 0x07) !== 0 && (flags & 0x07) !== 6;
  }

  async #recordOf(name: string, exact: boolean): Promise<GateRecord | null> {
    const changed = this.#changed.get(keyOf({ name, exact }));
    if (changed !== undefined) return changed;
    const ascii = asciiName(name);
    const entry = ascii === null || this.#base === null ? null : findEntry(this.#base.table, ascii);
    if (entry === null || this.#base === null) return null;
    const rows = await this.#base.coldRows(entry);
    const row = exact ? rows.exact : rows.cover;
    if (row === null) return null;
    const state = gateRecordStates[(exact ? (entry.flags & 0x38) >>> 3 : entry.flags & 0x07) - 3];
    return { name, ...row, accesses: [...row.accesses], ...(state && { state }) };
  }
}

function keyOf({ name, exact }: Pick<GateChange, 'name' | 'exact'>): string {
  return `${exact ? 'app ' : ''}${name}`;
}
