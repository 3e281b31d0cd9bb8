import { createSimControls, defaultInterfaceUnit, manualClock, startAuthoritySim } from '@openbeian/authority-sim';
import type { DownloadToPack } from '@openbeian/authority-wire/v3';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CaseAnswer } from '../../ports/index.ts';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { type OpenStore, openStore } from '../../store/index.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { filed } from './testing/files.ts';
import { type LineWorld, province, wholeFiling } from './testing/line-world.ts';
import { lineWorlds } from './testing/line-worlds.ts';
import { V3Authority } from './v3-authority.ts';

const vault = new KeyRingVault(makeKeyRing());
const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault,
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables: loadCodeTables(),
});

const isTrue: CaseAnswer = { act: 'answer_task', isTrue: true, verifier: '核实员', opinion: '信息属实', errors: '' };
const closed: CaseAnswer = { act: 'report_unfiled', result: 3, handling: '已停止接入', doneOn: '2026-11-25' };

/** A task as the authority sends it: the record `n`, as it has it. */
function task(unit: number, n: number): DownloadToPack {
  const record = filed(unit, n, {});
  const [baxx] = ('ICP' in record ? record.ICP.BASJ?.Baxx : undefined) ?? [];
  if (baxx === undefined) throw new Error('there is one record');
  const { Baxh: _number, IspZtid: _own, ...subject } = baxx.Zt_xx;
  const sites = baxx.Wz_xx.map(({ IspWzid: _ownSite, Baxh: _siteNumber, Jr_xx, ...site }) => ({
    ...site,
    Ym_xx: site.Ym_xx.map(({ Ymid, Ym }) => ({ Ymid, Ym })),
    Jr_xx: Jr_xx.map(({ Ispid, Jrid, Wzfb, Wzjrfs, Ip_xx }) => ({
      Jrid,
      Wzfb,
      Wzjrfs,
      Ip_xx: Ip_xx.map(({ Ipid, Qsip, Zzip }) => ({ Ipid, Qsip, Zzip })),
      Bbyhid: Ispid,
      Bbyhlx: 1,
    })),
  }));
  return { ICP: { HSRW: { Baxx: [{ Zt_xx: subject, Wz_xx: sites }] } } };
}

const unfiled: DownloadToPack = {
  ICP: { WBAWZLB: { Wbawz_xx: [{ Id: 7, Wzym_mc: 'unfiled.cn', IP: 3_405_803_777, Yys: 2 }] } },
};

async function caseOf(here: LineWorld, adapter: V3Authority, kind: string) {
  expect(await here.take(adapter)).toEqual([]);
  const cases = await adapter.desk.listCases({ limit: 99 });
  const [found] = cases.filter((each) => each.provider === here.line.provider && each.kind === kind);
  return found?.id ?? null;
}

describe('what the authority asks is answered over its line', () => {
  test('a verification: the record is repeated as it was asked about, with the finding', async () => {
    const here = await world();
    const adapter = here.adapter();
    await here.there.put('a1', task(here.unit, 1));
    const id = (await caseOf(here, adapter, 'verification_task')) ?? '';
    expect(await adapter.desk.settle(id, { ...closed }, 'usr_1')).toBe('does_not_fit');
    expect(await adapter.desk.settle(id, isTrue, 'usr_1')).toBe('settled');
    expect(here.there.taken).toMatchObject([
      {
        sequence: 1,
        upload: {
          ICP: {
            HSJG: {
              Hsjgxx: [
                {
                  Hsjg: 0,
                  Hsrxm: '核实员',
                  Hssj: '2026-11-21',
                  Bbdw: here.unit,
                  Hsyj: '信息属实',
                  Baxx: {
                    Zt_xx: { Ztid: 500_001, Fzr: { sjhm: '13800000000' } },
                    Wz_xx: [{ Wzid: 600_001, Jr_xx: [{ Jrid: 800_001, Bbfs: 1 }], Wz_Fzr: { sjhm: '13800000000' } }],
                  },
                },
              ],
            },
          },
        },
      },
    ]);
    expect(await adapter.desk.settle(id, isTrue, 'usr_2')).toBe('not_open');
    const { row } = (await adapter.desk.readCase(id)) ?? {};
    expect(row).toMatchObject({ ending: 'answered', endedBy: 'usr_1' });

    // The same again on the same day is the same; on another day it is asked once more.
    await here.there.put('a2', task(here.unit, 1));
    here.clock.nowMs += 60_000;
    expect(await caseOf(here, adapter, 'verification_task')).toBeNull();
    await here.there.put('a3', task(here.unit, 1));
    here.clock.nowMs += 24 * 60 * 60_000;
    const again = (await caseOf(here, adapter, 'verification_task')) ?? '';
    const untrue: CaseAnswer = { ...isTrue, isTrue: false, opinion: '信息不实', errors: '电话无法接通' };
    expect(await adapter.desk.settle(again, untrue, 'usr_1')).toBe('settled');
    expect(here.there.taken[1]?.upload).toMatchObject({
      ICP: { HSJG: { Hsjgxx: [{ Hsjg: 1, Cwxx: '电话无法接通' }] } },
    });
  });

  test('what became of an unfiled site, with what the list said of it', async () => {
    const here = await world();
    const adapter = here.adapter();
    await here.there.put('a1', unfiled);
    const id = (await caseOf(here, adapter, 'unfiled_site')) ?? '';
    expect(await adapter.desk.settle(id, isTrue, 'usr_1')).toBe('does_not_fit');
    // What GBK does not have is refused before anything goes out.
    expect(await adapter.desk.settle(id, { ...closed, handling: '𠮷' }, 'usr_1')).toBe('does_not_fit');
    expect(here.there.taken).toEqual([]);
    expect(await adapter.desk.settle(id, closed, 'usr_1')).toBe('settled');
    const site = { Ym: 'unfiled.cn', IP: 3_405_803_777, Yys: 2, Jrs: here.unit, Shengid: 440_000 };
    const done = { Cljg: 3, Clyj: '已停止接入', Rbsj: '2026-11-21', Clsx: '2026-11-25' };
    expect(here.there.taken).toMatchObject([{ upload: { ICP: { WBACLJG: { Clxx: [{ ...site, ...done }] } } } }]);
  });

  test('a closed line leaves the case open; an answer that may have arrived is not sent under another number', async () => {
    const here = await world();
    const adapter = here.adapter();
    await here.there.put('a1', unfiled);
    const id = (await caseOf(here, adapter, 'unfiled_site')) ?? '';
    here.there.instead.push({ operation: 'isp_upload', how: 20 });
    expect(await adapter.desk.settle(id, closed, 'usr_1')).toBe('failed');
    here.clock.nowMs += 31 * 60_000;
    here.there.instead.push({ operation: 'isp_upload', how: 'breaks_after' });
    expect(await adapter.desk.settle(id, closed, 'usr_1')).toBe('failed');
    expect(here.there.taken).toHaveLength(1);
    // Another process asks first what has arrived; with that the case is over, and nothing goes a second time.
    expect(await here.adapter().desk.settle(id, { ...closed, result: 1 }, 'usr_2')).toBe('not_open');
    expect(here.there.taken.map(({ sequence }) => sequence)).toEqual([1]);
    expect((await adapter.desk.readCase(id))?.row).toMatchObject({ ending: 'answered', endedBy: 'usr_1' });
  });

  test('two operators at once: one answer', async () => {
    const here = await world();
    const { desk } = here.adapter();
    await here.there.put('a1', unfiled);
    const id = (await caseOf(here, here.adapter(), 'unfiled_site')) ?? '';
    const both = await Promise.all([desk.settle(id, closed, 'usr_1'), desk.settle(id, closed, 'usr_2')]);
    expect(both.sort()).toEqual(['not_open', 'settled']);
    expect(here.there.taken).toHaveLength(1);
  });

  test('answers are chosen from what the province has sent', async () => {
    const here = await world();
    const adapter = here.adapter();
    expect(await adapter.desk.listAnswers('unfiled_site', province)).toEqual([]);
    const tables = {
      Wbacl_dms: { Wbacl_xx: [{ Id: 3, Ztmc: '已关闭' }] },
      Hsyj_dms: {
        Hsyj: [
          { Id: 1, Mc: '信息属实', Sfyx: 1 },
          { Id: 2, Mc: '停用', Sfyx: 0 },
        ],
      },
    };
    await here.there.put('a1', { JCDM: { Jcdm_xx: tables } });
    await here.take(adapter);
    expect(await adapter.desk.listAnswers('unfiled_site', province)).toEqual([{ id: 3, zh: '已关闭' }]);
    expect(await adapter.desk.listAnswers('verification_task', province)).toEqual([{ id: 1, zh: '信息属实' }]);
    expect(await adapter.desk.listAnswers('note', province)).toEqual([]);
  });
});

let open: OpenStore;
beforeAll(async () => {
  open = await openStore({ dataDir: null });
});
afterAll(() => open.close());

test('the simulated authority takes both answers, and has nothing against them', { timeout: 60_000 }, async () => {
  const unit = { ...defaultInterfaceUnit, ispId: 7801, provider: 'xinghe' };
  const clock = manualClock('2026-11-23T01:30:00.000Z');
  const sim = await startAuthoritySim({ calm: true, clock, log: () => {}, interfaceV3: { units: [unit] } });
  try {
    const controls = createSimControls(sim.url);
    const { ispId, userName, password, cipher } = unit;
    const access = { url: `${sim.url}/v3/${province}`, namespace: null, timeoutMs: 10_000 };
    const now = () => clock.now();
    const adapter = new V3Authority({
      unit: ispId,
      exchanges: new Map([[province, createSoapExchange({ ...access, credentials: { ispId, userName, password } })]]),
      cipher,
      store: open.store,
      vault,
      clock: { now },
      ids: new SortableIds(() => Date.parse(now())),
      codeTables: loadCodeTables(),
      lossesThatStop: [],
      downloadEveryMs: 1_000,
    });
    await adapter.submit({ ...wholeFiling(1), id: 'exc_7801_1', provider: 'xinghe' });
    const look = async () => {
      sim.tick();
      await controls.confirmEverySms();
      await controls.advanceClock('PT6H');
      for (const { messageId } of await adapter.fetchMessages(20)) await adapter.acknowledge(messageId);
    };
    const numberOf = async () => (await controls.getState()).services[0]?.number ?? null;
    for (let round = 0; round < 40 && (await numberOf()) === null; round += 1) await look();
    const number = ((await numberOf()) ?? '').replace(/-\d+$/, '');
    const line = { unit: ispId, province };
    await controls.say({ say: 'verification_task', number });
    await controls.say({ say: 'unfiled_sites', line, sites: [{ domainName: 'unfiled.cn', address: '203.0.113.9' }] });
    const casesOf = async (kind: string) =>
      (await adapter.desk.listCases({ limit: 99 })).filter(
        (row) => row.provider === String(ispId) && row.kind === kind,
      );
    for (let round = 0; round < 10 && (await casesOf('unfiled_site')).length === 0; round += 1) await look();
    await look();
    const [asked] = await casesOf('verification_task');
    const [listed] = await casesOf('unfiled_site');
    expect(await adapter.desk.settle(asked?.id ?? '', isTrue, 'usr_1')).toBe('settled');
    expect(await adapter.desk.settle(listed?.id ?? '', closed, 'usr_1')).toBe('settled');
    sim.tick();
    for (let round = 0; round < 3; round += 1) await look();
    const [shown] = await controls.listLines();
    const answers = new Map(shown?.asked.map(({ ask, answer }) => [ask.split(' ')[0], answer]));
    expect(answers).toEqual(
      new Map([
        ['task', 0],
        ['unfiled', 3],
      ]),
    );
    // Nothing came back about them: no result that nobody can place.
    expect(await casesOf('unmatched_result')).toEqual([]);
  } finally {
    await sim.close();
  }
});
