import { rename, rm } from 'node:fs/promises';
import { normaliseHost } from '@openbeian/model/domain-name';
import { isFault } from '@openbeian/model/fault';
import { type ChangeBatch, follows, type GateRecord, type LoggedAnswer } from '@openbeian/model/gate';
import { type KnownBase, type OpenBase, openBase } from './base-file.ts';
import {
  adoptChangeLog,
  type ChangeLog,
  draftChangeLog,
  type LogReading,
  lookAtChangeLog,
  openChangeLog,
} from './change-log.ts';
import { ChangesOverBase, type HeldSnapshot, type Serving } from './changes-over-base.ts';
import { type ControlPlaneKeys, openControlPlaneKeys } from './control-plane-keys.ts';
import { createReadersPair, type ReadersPair } from './readers-pair.ts';
import { createSeenPosition, type Position, type SeenPosition } from './seen-position.ts';

/** What becomes of an offered snapshot. */
export type Reception = 'taken' | 'corrupt' | 'older';

/** What was found on the disk: nothing, something that cannot be used, or this. */
export type Loaded =
  | 'nothing'
  | 'corrupt'
  /** A newer one was seen here before. */
  | 'older'
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
  readonly serving: Serving;
  /** Public keys of the control plane; without any, what is not signed counts too. */
  readonly controlKeys?: readonly string[] | undefined;
  /** Where the newest position that was ever held is noted, for signed snapshots; by default `<snapshotFile>.seen`. */
  readonly seenFile?: string | undefined;
}

/**
 * The snapshot on the disk with the changes since: it outlives the process and the control plane.
 */
export class StoredSnapshot {
  readonly #places: StoredPlaces;
  readonly #onTrouble: (event: string, code: string) => void;
  readonly #logFile: string;
  readonly #readers: ReadersPair | null;
  readonly #keys: ControlPlaneKeys;
  readonly #seen: SeenPosition | null;
  #over: ChangesOverBase | null = null;
  #log: ChangeLog | null = null;
  #turn: Promise<unknown> = Promise.resolve();
  #kept: { readonly from: number; readonly answers: LoggedAnswer[] } | null = null;

  /** @param onTrouble is called when the disk fails on a write; decisions go on from memory */
  constructor(places: StoredPlaces, onTrouble: (event: string, code: string) => void) {
    this.#places = places;
    this.#onTrouble = onTrouble;
    this.#logFile = `${places.snapshotFile}.changes`;
    this.#readers = places.readersFile === undefined ? null : createReadersPair(places.readersFile);
    this.#keys = openControlPlaneKeys(places.controlKeys);
    const seenFile = places.seenFile ?? `${places.snapshotFile}.seen`;
    this.#seen = places.controlKeys === undefined ? null : createSeenPosition(seenFile);
  }

  held(): HeldSnapshot | null {
    return this.#over?.held ?? null;
  }

  /** The newest change that was ever held here; 0 where nothing is noted. */
  async newestSeen(): Promise<number> {
    return (await this.#seen?.read())?.sequence ?? 0;
  }

  /**
   * Opens what is on the disk, to go on with it.
   * @param known what another thread has read of it
   */
  async load(known?: KnownBase): Promise<Loaded> {
    const base = await this.#openStored(known);
    if (typeof base === 'string') return base;
    const opened = await openChangeLog(this.#logFile, base.sum, this.#reading(), this.#onSync);
    if (await this.#wasNewerSeen()) {
      await opened?.log.close();
      await this.#drop();
      return 'older';
    }
    if (opened === null) await draftChangeLog(this.#logFile, base.sum, []);
    this.#log = opened?.log ?? (await adoptChangeLog(this.#logFile, this.#onSync));
    await this.#noteSeen();
    await this.#tellReaders();
    return { confirmedAtMs: base.confirmedAtMs, cutBytes: opened?.cutBytes ?? 0, sum: base.sum };
  }

  /** Opens what is on the disk, for deciding only; nothing there is written. */
  async look(): Promise<Loaded> {
    const base = await this.#openStored();
    if (typeof base === 'string') return base;
    await lookAtChangeLog(this.#logFile, base.sum, this.#reading());
    if (await this.#wasNewerSeen()) {
      await this.#drop();
      return 'older';
    }
    return { confirmedAtMs: base.confirmedAtMs, cutBytes: 0, sum: base.sum };
  }

  async #openStored(known?: KnownBase): Promise<OpenBase | 'nothing' | 'corrupt'> {
    try {
      const base = await openBase(this.#places.snapshotFile, { known, keys: this.#keys });
      this.#over = new ChangesOverBase(base, this.#places.serving);
      return base;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'nothing';
      if (isFault(error, 'input.invalid')) return 'corrupt';
      throw error;
    }
  }

  #reading(): LogReading {
    return {
      after: this.held()?.sequence ?? 0,
      isGenuine: (answer) => this.#keys.isGenuine(answer),
      take: (batch) => void this.#over?.lay(batch),
    };
  }

  /** A database restored from a backup counts through the same sequences again; then what was built later is newer. */
  async #wasNewerSeen(): Promise<boolean> {
    const seen = await this.#seen?.read();
    return isOlder(this.held(), seen ?? null);
  }

  /** Noted is only what the disk has: after a loss of power what it has must not be taken for an older one. */
  readonly #onSync = () => {
    const held = this.held();
    return async (): Promise<void> => {
      if (held !== null) await this.#seen?.note(held);
    };
  };

  async #noteSeen(): Promise<void> {
    const held = this.held();
    if (held !== null) await this.#seen?.note(held);
  }

  async #drop(): Promise<void> {
    await this.#over?.base.close();
    this.#over = null;
  }

  /** Are the parts of the file that decisions do not need as they were written? */
  async isWhole(): Promise<boolean> {
    try {
      await this.#over?.base.checkCold();
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
      if (await this.#isOlder(base)) return this.#refuse(base, draft, 'older');
      this.#kept = null;
      await this.#putInPlace(base, draft, []);
      return 'taken';
    });
  }

  /** From now on changes are kept for a newer snapshot of the same history, which is fetched meanwhile: see `renew`. */
  keepChanges(): void {
    this.#kept = { from: this.held()?.sequence ?? 0, answers: [] };
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
      await this.#putInPlace(base, draft, kept.answers);
      return 'taken';
    });
  }

  /**
   * @param answer the batch as it came, which is what the log keeps
   * @returns whether the changes follow what is held; if not, nothing was applied and a snapshot is needed
   */
  apply(batch: ChangeBatch, answer: LoggedAnswer): Promise<boolean> {
    return this.#inTurn(async () => {
      const over = this.#over;
      if (over === null || this.#log === null || !follows(batch, over.held.sequence)) return false;
      // Written down first: what was decided by once is known after a restart. Where that fails, the log ends here for
      // the next start, and what is missing is asked for then.
      await this.#try('change_log_not_stored', () => this.#log?.append(answer));
      this.#kept?.answers.push(answer);
      const before = over.writer.overlay;
      const patch = over.lay(batch);
      await this.#try('readers_not_told', async () => {
        const { overlay, usedBytes } = over.writer;
        if (overlay === before) this.#readers?.patch(before, patch);
        else await this.#readers?.putOverlay(overlay, usedBytes);
      });
      return true;
    });
  }

  /** The records that a host is evaluated by: a website's of its registrable name, and an APP's of exactly this name. */
  async recordsOf(host: string): Promise<{ readonly site: GateRecord | null; readonly app: GateRecord | null }> {
    const read = normaliseHost(host);
    const of = async (name: string, exact: boolean) => (await this.#over?.recordOf(name, exact)) ?? null;
    const site = read.registrableName === null ? null : await of(read.registrableName, false);
    const app = read.kind !== 'name' ? null : await of(read.host, true);
    return { site, app };
  }

  async close(): Promise<void> {
    this.#readers?.close();
    await this.#log?.close();
    await this.#over?.base.close();
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
      const base = await openBase(draft, { keys: this.#keys });
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

  async #isOlder({ table: { header } }: OpenBase): Promise<boolean> {
    return isOlder(header, this.held()) || isOlder(header, (await this.#seen?.read()) ?? null);
  }

  async #refuse<Why extends Reception>(base: OpenBase, draft: string, why: Why): Promise<Why> {
    await base.close();
    await rm(draft, { force: true });
    return why;
  }

  /** Whenever a crash comes in between, the snapshot that is in place has its own log, in place or beside. */
  async #putInPlace(base: OpenBase, draft: string, later: readonly LoggedAnswer[]): Promise<void> {
    await draftChangeLog(this.#logFile, base.sum, later);
    await rename(draft, this.#places.snapshotFile);
    await this.#log?.close();
    await this.#over?.base.close();
    this.#over = new ChangesOverBase(base, this.#places.serving);
    this.#log = await adoptChangeLog(this.#logFile, this.#onSync);
    await lookAtChangeLog(this.#logFile, base.sum, this.#reading());
    await this.#noteSeen();
    await this.#tellReaders();
  }

  async #tellReaders(): Promise<void> {
    await this.#try('readers_not_told', async () => {
      if (this.#readers === null || this.#over === null) return;
      const { overlay, usedBytes } = this.#over.writer;
      await this.#readers.putBase(this.#places.snapshotFile);
      await this.#readers.putOverlay(overlay, usedBytes);
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
}

/** Is this one older than the other? Later built is newer, whatever it counts: the database was restored from a backup then. */
function isOlder(one: Position | null, other: Position | null): boolean {
  return one !== null && other !== null && one.sequence < other.sequence && one.builtAtMs <= other.builtAtMs;
}
