import { Fault } from '../../fault/index.ts';
import { isOfExactName } from '../records.ts';
import { dayNumber, encodeColdRow, entryName, type GateRow, stateOf, writeEntry } from './gate-row.ts';
import { type LaidOutSnapshot, layOut, type SnapshotAbout } from './lay-out.ts';
import type { NameKey } from './name-hash.ts';
import { createRowArena, NumberList } from './row-arena.ts';
import { flagAbove, type SnapshotFacts, stateCode } from './snapshot-layout.ts';
import type { SnapshotSigner } from './snapshot-signature.ts';

/** Takes rows in any order; they are kept as bytes. */
export interface SnapshotBuilder {
  /** @throws Fault `input.invalid` for a name that no record can have. */
  add(row: GateRow): void;
  /**
   * @param nextKey draws a key; asked again in the unlikely case that one puts too many names into a bucket
   * @throws Fault `input.invalid` where two rows of one kind have the same name
   */
  layOut(nextKey: () => NameKey): LaidOutSnapshot;
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

  return {
    add(row) {
      const exact = isOfExactName(row);
      const name = entryName(row.name, exact);
      const state = stateOf(row, about.provider);
      const grace = state === stateCode.access_missing ? dayNumber(row.graceUntil) : 0;
      put(name, exact ? state << 3 : state, exact ? [0, grace] : [grace, 0], encodeColdRow(row, providerAt));
      putSuffixes(name);
    },
    layOut(nextKey) {
      const facts: SnapshotFacts = {
        provider: about.provider,
        region: about.region,
        defaultNames: about.defaultNames,
        mark: about.mark ?? '',
        providers,
      };
      return layOut({ about, facts, arena, refs, nextKey, signer });
    },
  };
}
