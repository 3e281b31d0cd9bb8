import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { openStore } from '../../store/index.ts';
import { filed } from './testing/files.ts';
import { lineWorlds } from './testing/line-worlds.ts';

const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault: new KeyRingVault(makeKeyRing()),
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables: loadCodeTables(),
});

test.each([
  ['service', 1, 600_005],
  ['subject', 0, 500_005],
])(
  'a file that ends what was filed again ends it again (%s); the same end twice is told once',
  async (scope, Zxlb, Jlid) => {
    const here = await world();
    const adapter = here.adapter();
    const ended = { ICP: { ZXSJ: { Zxxx: [{ Zxlb, Jlid }] } } };
    const take = async (name: string, file: DownloadToPack) => {
      here.clock.nowMs += 60_000;
      await here.there.put(name, file);
      return here.take(adapter);
    };
    await take('a1', filed(here.unit, 5, {}));
    const [first] = await take('a2', ended);
    expect(first).toMatchObject({ kind: 'cancelled', scope });
    expect(await take('a3', ended)).toEqual([]);
    await take('a4', filed(here.unit, 5, {}));
    const [again] = await take('a5', ended);
    expect(again).toMatchObject({ kind: 'cancelled', scope });
    expect(again?.messageId).not.toBe(first?.messageId);
  },
);
