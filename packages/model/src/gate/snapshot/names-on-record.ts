import { findCurrentEntry, type NameTable } from './name-table.ts';
import { newestEntries, type OverlayEntry } from './overlay.ts';
import { entryHead, entryMore, flagMore } from './snapshot-layout.ts';

/** A name with a state in a snapshot. Graces are last days, 0 for none. */
export interface NameOnRecord {
  /** ASCII. */
  readonly name: string;
  /** A website's record or a name of the provider: for the name and everything below. */
  readonly covers: boolean;
  /** An APP's record, for exactly this name. */
  readonly exact: boolean;
  readonly coverGrace: number;
  readonly exactGrace: number;
}

/** All names in a snapshot with its overlay, in no particular order. */
export function* namesOnRecord(table: NameTable): Generator<NameOnRecord> {
  const { entries, overlay } = table;
  for (let at = 0; at < entries.length; ) {
    const length = entries[at + 1] as number;
    const hasMore = ((entries[at + 2] as number) & flagMore) !== 0;
    const name = String.fromCharCode(...entries.slice(at + entryHead, at + entryHead + length));
    at += entryHead + length + (hasMore ? entryMore : 0);
    const current = findCurrentEntry(table, name);
    if (current !== null) yield* whatItSays(name, current);
  }
  if (overlay === null) return;
  for (const { name, entry } of newestEntries(overlay)) {
    // What the snapshot has as well was said already.
    if (findCurrentEntry({ ...table, overlay: null }, name) === null) yield* whatItSays(name, entry);
  }
}

function* whatItSays(name: string, { flags, coverGrace, exactGrace }: OverlayEntry): Generator<NameOnRecord> {
  const covers = (flags & 0x07) !== 0;
  const exact = (flags & 0x38) !== 0;
  if (covers || exact) yield { name, covers, exact, coverGrace, exactGrace };
}
