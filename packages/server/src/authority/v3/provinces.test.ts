import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test, vi } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { openStore } from '../../store/index.ts';
import { province } from './testing/line-world.ts';
import { lineWorlds } from './testing/line-worlds.ts';
import { RawExchange, rawFile, rawXml } from './testing/raw-exchange.ts';

const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault: new KeyRingVault(makeKeyRing()),
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables: loadCodeTables(),
});

const otherLanguages = rawXml('DownloadData', {
  JCDM: { Jcdm_xx: { Yylb_dms: { Yylb: { Id: 77, Mc: '中文简体', Sfyx: 1 } } } },
});
const unfiledList = rawXml('DownloadData', {
  ICP: { WBAWZLB: { Wbawz_xx: { Id: 7, Wzym_mc: 'unfiled.cn', IP: 3_405_803_777, Yys: 1 } } },
});

test('the tables of one province are not used for another, which has those of the release', async () => {
  const here = await world();
  const [own, other] = [new RawExchange(), new RawExchange()];
  const adapter = here.adapter({
    exchanges: new Map([
      [province, own],
      ['110000', other],
    ]),
  });
  own.files.push(rawFile('t1', otherLanguages));
  await here.take(adapter);
  await expect(adapter.submit(here.filing(1))).rejects.toMatchObject({ code: 'authority.not_sendable' });
  const elsewhere = { ...here.filing(2), provinceCode: '110000' };
  expect(await adapter.submit(elsewhere)).toMatchObject({ receipt: '110000-1' });
});

test('a province that takes its time holds up no other: neither what it brings, nor what is asked of all', async () => {
  const here = await world();
  const [slow, quick] = [new RawExchange(), new RawExchange()];
  const never = new Promise<never>(() => {});
  slow.download = () => never;
  slow.queryStatus = () => never;
  quick.status = {
    msg_code: 0,
    StatusInfo: { Bazt: 0, Ztbah: '京ICP备2026000001号', Wzbah: '京ICP备2026000001号-1' },
  };
  quick.files.push(rawFile('n1', unfiledList));
  const exchanges = new Map([
    [province, slow],
    ['110000', quick],
  ]);
  let endWait = () => {};
  const waits = new Promise<void>((resolve) => {
    endWait = resolve;
  });
  const adapter = here.adapter({ exchanges, pause: () => waits });
  const look = adapter.fetchMessages(20);
  await vi.waitFor(() => expect(quick.acknowledged).toEqual(['n1']), { timeout: 5_000 });
  endWait();
  await look;
  const asked = adapter.findStatus({ by: 'domain_name', domainName: 'example1.cn' });
  expect(await asked).toMatchObject({ filed: true, subjectNumber: '京ICP备2026000001号' });
});

test('once one province has a name filed, those whose turn has not come are not asked', async () => {
  const here = await world();
  const codes = ['110000', '120000', '130000', '140000', '150000', '210000', '220000', '230000', '310000', '320000'];
  let asked = 0;
  const exchanges = new Map(
    codes.map((code, index) => {
      const exchange = new RawExchange();
      exchange.queryStatus = async () => {
        asked += 1;
        // The others answer after the one that has it.
        if (index > 0) await new Promise((resolve) => setTimeout(resolve, 50));
        const numbers = { Ztbah: '京ICP备2026000001号', Wzbah: '京ICP备2026000001号-1' };
        return index === 0 ? { msg_code: 0, StatusInfo: { Bazt: 0, ...numbers } } : { msg_code: 0 };
      };
      return [code, exchange] as const;
    }),
  );
  const adapter = here.adapter({ exchanges });
  expect(await adapter.findStatus({ by: 'domain_name', domainName: 'example1.cn' })).toMatchObject({ filed: true });
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(asked).toBe(8);
});
