import { crc32 } from 'node:zlib';
import { asciiName } from '@openbeian/model/domain-name';
import { isFault } from '@openbeian/model/fault';
import {
  type ChangeBatch,
  createOverlay,
  findCurrentEntry,
  findEntry,
  type GateChange,
  type GateRecord,
  gateRecordStates,
  type NameTable,
  type OverlayPatch,
  type OverlayWriter,
  writeOverlay,
} from '@openbeian/model/gate';
import type { OpenBase } from './base-file.ts';

/** What is held now, for deciding with it and telling of it. */
export interface HeldSnapshot {
  readonly table: NameTable;
  /** Of the last change. */
  readonly sequence: number;
  /** Of the snapshot alone. */
  readonly baseSequence: number;
  readonly mark: string;
  /** When the control plane last confirmed this state. */
  readonly builtAtMs: number;
  readonly recordCount: number;
  /** Bytes of the overlay that are used. */
  readonly overlayBytes: number;
}

const leastOverlay = 1024 * 1024;
const mostOverlay = 1024 * 1024 * 1024;

/** Where the gate itself serves, which readers beside it must know. */
export interface Serving {
  /** Null: as in the snapshot. */
  readonly outsideMainland: boolean | null;
  readonly anyNumberSuffices: boolean;
  readonly listsNumbers?: boolean;
}

/** A snapshot with the changes since, in memory. */
export class ChangesOverBase {
  readonly base: OpenBase;
  readonly #serving: Serving;
  #writer: OverlayWriter;
  #held: HeldSnapshot;
  /** What was changed, for `recordOf`; by `keyOf`. */
  readonly #changed = new Map<string, GateRecord | null>();

  constructor(base: OpenBase, serving: Serving) {
    const { header, facts } = base.table;
    this.base = base;
    this.#serving = serving;
    this.#writer = this.#overlayOf(leastOverlay);
    this.#held = {
      table: { ...base.table, overlay: this.#writer.overlay },
      sequence: header.sequence,
      baseSequence: header.sequence,
      mark: facts.mark,
      builtAtMs: header.builtAtMs,
      recordCount: header.recordCount,
      overlayBytes: 0,
    };
    this.#writer.stamp(header.sequence);
  }

  get held(): HeldSnapshot {
    return this.#held;
  }

  get writer(): Pick<OverlayWriter, 'overlay' | 'usedBytes'> {
    return this.#writer;
  }

  /** Lays changes over the snapshot; they must follow what is held. */
  lay(batch: ChangeBatch): OverlayPatch {
    const held = this.#held;
    let { recordCount } = held;
    const patch: { at: number; length: number }[] = [];
    // Only the last change of a name: those in between have no effect.
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
      sequence: batch.sequence,
      mark: batch.mark,
      recordCount,
      builtAtMs: Math.max(held.builtAtMs, Date.parse(batch.at)),
      overlayBytes: this.#writer.usedBytes,
    };
    return patch;
  }

  /** @returns false for a name that no record can have; it is never looked up */
  #put(change: GateChange, patch: { at: number; length: number }[]): boolean {
    const { base } = this;
    for (;;) {
      const writer = this.#writer;
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
      const larger = this.#overlayOf(length);
      larger.copyFrom(writer.overlay);
      this.#writer = larger;
    }
  }

  #isOnRecord({ name, exact }: GateChange): boolean {
    const ascii = asciiName(name);
    const { overlay } = this.#writer;
    const flags = ascii === null ? 0 : (findCurrentEntry({ ...this.base.table, overlay }, ascii)?.flags ?? 0);
    return exact ? (flags & 0x38) !== 0 : (flags & 0x07) !== 0 && (flags & 0x07) !== 6;
  }

  /** The record under exactly this name, with all that is known of it. */
  async recordOf(name: string, exact: boolean): Promise<GateRecord | null> {
    const changed = this.#changed.get(keyOf({ name, exact }));
    if (changed !== undefined) return changed;
    const ascii = asciiName(name);
    const entry = ascii === null ? null : findEntry(this.base.table, ascii);
    if (entry === null) return null;
    const rows = await this.base.coldRows(entry);
    const row = exact ? rows.exact : rows.cover;
    if (row === null) return null;
    const state = gateRecordStates[(exact ? (entry.flags & 0x38) >>> 3 : entry.flags & 0x07) - 3];
    return { name, ...row, accesses: [...row.accesses], ...(state && { state }) };
  }

  #overlayOf(length: number): OverlayWriter {
    const { base } = this;
    const about = { baseSum: base.sum, ...this.#serving };
    return writeOverlay(createOverlay(new SharedArrayBuffer(length), about, crc32), base.table.header.key);
  }
}

function keyOf({ name, exact }: Pick<GateChange, 'name' | 'exact'>): string {
  return `${exact ? 'app ' : ''}${name}`;
}
