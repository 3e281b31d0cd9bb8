import type { GateChange } from '../records.ts';
import { dayNumber, entryName, stateOf } from './gate-row.ts';
import { hashName, type NameKey } from './name-hash.ts';
import { findCurrentEntry, type NameTable } from './name-table.ts';
import {
  newestEntries,
  type Overlay,
  type OverlayEntry,
  type OverlayPatch,
  overlayEntryHead,
  overlayHeaderLength,
} from './overlay.ts';
import { flagAbove, stateCode } from './snapshot-layout.ts';
import { splitNames } from './split-names.ts';

/** Writes changes into an overlay. There must be one writer only. */
export interface OverlayWriter {
  readonly overlay: Overlay;
  readonly usedBytes: number;
  /**
   * Lays a change over the table.
   * @returns what was written; null where the overlay is too full: nothing was written that matters then
   * @throws Fault `input.invalid` for a name that no record can have
   */
  apply(table: NameTable, change: GateChange): OverlayPatch | null;
  /** Takes all entries of another overlay with the same key. @returns whether they fit */
  copyFrom(other: Overlay): boolean;
  /** Stores which change was the last. */
  stamp(sequence: number): void;
}

/** @param table the snapshot with `overlay` over it, or without: entries that it does not have are taken from there */
export function writeOverlay(overlay: Overlay, key: NameKey): OverlayWriter {
  const { bytes, words, headMask } = overlay;
  const heads = overlayHeaderLength / 4;
  let used = overlayHeaderLength + 4 * (headMask + 1);

  function put(name: string, hash: number, entry: OverlayEntry, patch: { at: number; length: number }[]): boolean {
    const length = (overlayEntryHead + name.length + 3) & ~3;
    if (used + length > bytes.length) return false;
    const at = used;
    const chain = heads + (hash & headMask);
    const word = at >>> 2;
    words[word] = words[chain] as number;
    words[word + 1] = hash;
    bytes[at + 8] = name.length;
    bytes[at + 9] = entry.flags;
    bytes[at + 10] = splitNames.has(name) ? 1 : 0;
    words[word + 3] = entry.coverGrace | (entry.exactGrace << 16);
    for (let place = 0; place < name.length; place += 1) bytes[at + overlayEntryHead + place] = name.charCodeAt(place);
    used += length;
    Atomics.store(words, chain, at);
    patch.push({ at, length }, { at: 4 * chain, length: 4 });
    return true;
  }

  function apply(table: NameTable, { name, exact, record }: GateChange): OverlayPatch | null {
    const ascii = entryName(name, exact);
    const current = findCurrentEntry({ ...table, overlay }, ascii) ?? { flags: 0, coverGrace: 0, exactGrace: 0 };
    const patch: { at: number; length: number }[] = [];
    const isOurs = (current.flags & 0x07) === stateCode.exempt_provider_name;
    // What is at or below a name of the provider is served whatever else is on record.
    if (isOurs && !exact) return patch;
    if (record !== null) {
      // First what leads to the name: a reader in between must not miss it.
      for (let dot = ascii.indexOf('.'); dot >= 0; dot = ascii.indexOf('.', dot + 1)) {
        const suffix = ascii.slice(dot + 1);
        const above = findCurrentEntry({ ...table, overlay }, suffix) ?? { flags: 0, coverGrace: 0, exactGrace: 0 };
        if ((above.flags & flagAbove) !== 0) continue;
        const entry = { ...above, flags: (above.flags & 0x3f) | flagAbove };
        if (!put(suffix, hashName(suffix, key), entry, patch)) return null;
      }
    }
    const state = record === null ? 0 : stateOf(record, table.facts.provider);
    const grace = record !== null && state === stateCode.access_missing ? dayNumber(record.graceUntil) : 0;
    const rest = current.flags & flagAbove;
    const entry: OverlayEntry = exact
      ? { flags: rest | (current.flags & 0x07) | (state << 3), coverGrace: current.coverGrace, exactGrace: grace }
      : { flags: rest | (current.flags & 0x38) | state, coverGrace: grace, exactGrace: current.exactGrace };
    return put(ascii, hashName(ascii, key), entry, patch) ? patch : null;
  }

  return {
    overlay,
    get usedBytes() {
      return used;
    },
    apply,
    copyFrom(other) {
      const patch: { at: number; length: number }[] = [];
      for (const { name, hash, entry } of newestEntries(other)) if (!put(name, hash, entry, patch)) return false;
      return true;
    },
    stamp(sequence) {
      words[4] = sequence >>> 0;
      words[5] = Math.floor(sequence / 2 ** 32);
    },
  };
}
