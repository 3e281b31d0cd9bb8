import { asciiName } from '../../domain-name/index.ts';
import { Fault } from '../../fault/index.ts';
import { isOfExactName } from '../records.ts';
import { flagsAt, nameAt } from './buckets.ts';
import { dayNumber, encodeColdRow, entryName, type GateRow, stateOf, writeEntry } from './gate-row.ts';
import { type LaidOutSnapshot, layOut, type SnapshotAbout, type SnapshotMoment } from './lay-out.ts';
import type { NameKey } from './name-hash.ts';
import { createRowArena, NumberList, type RowArena } from './row-arena.ts';
import { flagAbove, type SnapshotFacts, stateCode } from './snapshot-layout.ts';
import type { SnapshotSigner } from './snapshot-signature.ts';

/** Takes rows in any order; they are kept as bytes. */
export interface SnapshotBuilder {
  /** @throws Fault `input.invalid` for a name that no record can have. */
  add(row: GateRow): void;
  /**
   * Takes the place of whatever is added under this name and kind, before or after; of several the last counts.
   * @throws Fault `input.invalid` as `add`; what was under the name is gone then as well
   */
  replace(change: EntryChange): void;
  /**
   * @param nextKey draws a key; asked again in the unlikely case that one puts too many names into a bucket
   * @param moment that the rows are as of, where it was not known before; once a builder
   * @throws Fault `input.invalid` where two rows of one kind have the same name
   */
  layOut(nextKey: () => NameKey, moment?: SnapshotMoment): LaidOutSnapshot;
}

/** What is on record under a name; null for nothing any more. */
export interface EntryChange {
  readonly name: string;
  /** An APP's record, for exactly this name. */
  readonly exact: boolean;
  readonly record: GateRow | null;
}

/** Suffixes are remembered up to this many, so that they are not added for every row; beyond, they are merged later. */
const rememberedSuffixes = 200_000;

/** @param signer signs the snapshot; null for an unsigned one */
export function createSnapshotBuilder(about: SnapshotAbout, signer: SnapshotSigner | null = null): SnapshotBuilder {
  const arena = createRowArena();
  const refs = new NumberList();
  const providers: string[] = [];
  const placeOfProvider = new Map<string, number>();
  const suffixes = new Set<string>();
  const scratch = new Uint8Array(4096);

  const providerAt = (provider: string): number => {
    const known = placeOfProvider.get(provider);
    if (known !== undefined) return known;
    if (providers.length > 0xffff) throw new Fault('input.invalid');
    placeOfProvider.set(provider, providers.length);
    return providers.push(provider) - 1;
  };

  function put(name: string, flags: number, graces: readonly [number, number], cold: Uint8Array | null): void {
    let end = writeEntry(scratch, { name, flags, coverGrace: graces[0], exactGrace: graces[1] });
    const coldBytes = cold?.length ?? 0;
    scratch[end] = coldBytes & 0xff;
    scratch[end + 1] = coldBytes >>> 8;
    end += 2;
    if (cold !== null) scratch.set(cold, end);
    refs.push(arena.add(scratch, end + coldBytes));
  }

  function putSuffixes(name: string): void {
    for (let dot = name.indexOf('.'); dot >= 0; dot = name.indexOf('.', dot + 1)) {
      const suffix = name.slice(dot + 1);
      if (suffixes.has(suffix)) return;
      if (suffixes.size < rememberedSuffixes) suffixes.add(suffix);
      put(suffix, flagAbove, [0, 0], null);
    }
  }

  for (const name of about.defaultNames) {
    const ascii = entryName(name, true);
    put(ascii, stateCode.exempt_provider_name, [0, 0], null);
    putSuffixes(ascii);
  }

  function add(row: GateRow): void {
    const exact = isOfExactName(row);
    const name = entryName(row.name, exact);
    const state = stateOf(row, about.provider);
    const grace = state === stateCode.access_missing ? dayNumber(row.graceUntil) : 0;
    put(name, exact ? state << 3 : state, exact ? [0, grace] : [grace, 0], encodeColdRow(row, providerAt));
    putSuffixes(name);
  }

  const replaced = new Map<string, GateRow | null>();

  return {
    add,
    replace({ name, exact, record }) {
      const ascii = asciiName(name);
      if (ascii === null) throw new Fault('input.invalid');
      replaced.set(keyOf(ascii, exact), null);
      if (record === null) return;
      entryName(record.name, exact);
      replaced.set(keyOf(ascii, exact), record);
    },
    layOut(nextKey, moment = about) {
      if (replaced.size > 0) {
        dropRows(arena, refs, (name, exact) => replaced.has(keyOf(name, exact)));
        for (const record of replaced.values()) if (record !== null) add(record);
        replaced.clear();
      }
      const facts: SnapshotFacts = {
        provider: about.provider,
        region: about.region,
        defaultNames: about.defaultNames,
        mark: moment.mark ?? '',
        providers,
      };
      return layOut({ about: { ...about, ...moment }, facts, arena, refs, nextKey, signer });
    },
  };
}

function keyOf(name: string, exact: boolean): string {
  return exact ? `app ${name}` : name;
}

/** Drops the rows of records that are replaced. What lies above them stays: that longer names may follow is no lie. */
function dropRows(arena: RowArena, refs: NumberList, isReplaced: (name: string, exact: boolean) => boolean): void {
  let left = 0;
  for (let row = 0; row < refs.length; row += 1) {
    const ref = refs.values[row] as number;
    const flags = flagsAt(arena, ref);
    const cover = flags & 0x07;
    const isRecord = (flags & 0x38) !== 0 || (cover !== 0 && cover !== stateCode.exempt_provider_name);
    if (isRecord && isReplaced(nameAt(arena, ref), (flags & 0x38) !== 0)) continue;
    refs.values[left] = ref;
    left += 1;
  }
  refs.length = left;
}
