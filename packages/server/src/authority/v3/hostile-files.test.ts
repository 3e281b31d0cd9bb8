import { isFault } from '@openbeian/model/fault';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { describe, expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { openStore } from '../../store/index.ts';
import { filed, result, results } from './testing/files.ts';
import { type LineWorld, province } from './testing/line-world.ts';
import { lineWorlds } from './testing/line-worlds.ts';
import { RawExchange, rawFile, rawXml } from './testing/raw-exchange.ts';

const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault: new KeyRingVault(makeKeyRing()),
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables: loadCodeTables(),
});

const file = (name: string, value: unknown) => rawFile(name, rawXml('DownloadData', value));
const long = '长'.repeat(20_000);
const huge = Number.MAX_SAFE_INTEGER;

/** Looks as often as it may take, as time goes by; whatever is thrown is a fault by its name. */
async function lookOften(here: LineWorld, raw: RawExchange, times = 12) {
  const adapter = here.adapter({ exchanges: new Map([[province, raw]]) });
  const troubles: string[] = [];
  for (let n = 0; n < times; n += 1) {
    await here.take(adapter).catch((error: unknown) => {
      troubles.push(isFault(error) ? error.code : `not a fault: ${String(error).slice(0, 300)}`);
    });
    here.clock.nowMs += 3_600_000;
  }
  return troubles;
}

describe('a file behind', () => {
  test.each<[string, () => ReturnType<typeof file>]>([
    ['a name too long to be kept in an index', () => file(rnd(9_000), results(result(1, 1, 1001)))],
    [
      'an operation beyond any',
      () => file('x', { ICP: { BAJG: { Jg_xx: [{ Jgxx: { Jgdm: 1001 }, Czlx: huge, Bs: '1' }] } } }),
    ],
    ['a code beyond any', () => file('x', { ICP: { BAJG: { Jg_xx: [{ Jgxx: { Jgdm: huge }, Czlx: 1, Bs: '1' }] } } })],
    [
      'a mark of 20,000 characters',
      () => file('x', { ICP: { BAJG: { Jg_xx: [{ Jgxx: { Jgdm: 1001 }, Czlx: 1, Bs: long }] } } }),
    ],
    [
      'numbers of 20,000 characters',
      () =>
        file('x', {
          ICP: {
            BASJ: {
              Baxx: [
                {
                  Zt_xx: { Ztid: 1, Baxh: rnd(20_000) },
                  Wz_xx: [{ Wzid: 1, Baxh: rnd(20_000), Ym_xx: [{ Ymid: 1, Ym: rnd(20_000) }] }],
                },
              ],
            },
          },
        }),
    ],
    [
      'ids beyond any',
      () =>
        file('x', {
          ICP: {
            BASJ: {
              Baxx: [
                {
                  Zt_xx: { Ztid: huge, IspZtid: -huge },
                  Wz_xx: [{ Wzid: huge, IspWzid: huge, Ym_xx: [{ Ymid: -huge }] }],
                },
              ],
            },
          },
        }),
    ],
    [
      'one service in two organisers, and one twice',
      () =>
        file('x', {
          ICP: { BASJ: { Baxx: [1, 2, 2].map((Ztid) => ({ Zt_xx: { Ztid }, Wz_xx: [{ Wzid: 1 }, { Wzid: 1 }] })) } },
        }),
    ],
    [
      'a surrogate half and what is no character',
      () =>
        rawFile(
          'x',
          '<DownloadData><ICP><BASJ><Baxx><Zt_xx><Ztid>4</Ztid><Baxh>&#xD800;a</Baxh></Zt_xx></Baxx></BASJ></ICP></DownloadData>',
        ),
    ],
    [
      'a NUL',
      () =>
        rawFile(
          'x',
          '<DownloadData><ICP><BASJ><Baxx><Zt_xx><Ztid>4</Ztid><Baxh>&#0;a</Baxh></Zt_xx></Baxx></BASJ></ICP></DownloadData>',
        ),
    ],
    [
      'ends of what nobody can have',
      () =>
        file('x', {
          ICP: {
            ZXSJ: {
              Zxxx: [
                { Zxlb: 0, Jlid: huge },
                { Zxlb: 1, Jlid: -huge },
              ],
            },
          },
        }),
    ],
  ])('%s comes all the same', async (_what, poison) => {
    const here = await world();
    const filing = here.filing(1);
    const raw = new RawExchange();
    await here.adapter({ exchanges: new Map([[province, raw]]) }).submit(filing);
    const own = await here.ledger((ledger) => ledger.findHandover(filing.id));
    raw.files.push(poison());
    raw.files.push(
      file('after', filed(here.unit, 1, { subject: own?.ownSubject ?? 0, service: own?.ownService ?? 0 })),
    );
    const troubles = await lookOften(here, raw);
    expect(troubles.filter((each) => each.startsWith('not a fault'))).toEqual([]);
    expect(raw.acknowledged).toContain('after');
    expect(raw.files).toEqual([]);
  });
});

test('a name in any way of writing is known by the one of here', async () => {
  const here = await world();
  const raw = new RawExchange();
  const Ym_xx = [
    { Ymid: 1, Ym: 'EXAMPLE5.CN.' },
    { Ymid: 2, Ym: 'XN--FIQ228C.CN' },
    { Ymid: 3, Ym: 'http://x.cn/' },
  ];
  raw.files.push(file('a', { ICP: { BASJ: { Baxx: [{ Zt_xx: { Ztid: 1 }, Wz_xx: [{ Wzid: 2, Ym_xx }] }] } } }));
  expect(await lookOften(here, raw, 1)).toEqual([]);
  const found = await here.ledger((ledger) => ledger.findFiledService(here.line, { id: 2 }));
  expect([found?.domainName, found?.domainNames]).toEqual(['example5.cn', ['example5.cn', '中文.cn', 'http://x.cn/']]);
});

test('a file that cannot be written down is tried five times, kept for an operator, and read again on request', async () => {
  const here = await world();
  const raw = new RawExchange();
  const tables = loadCodeTables();
  const broken = new Proxy(tables, {
    get() {
      throw new RangeError('broken');
    },
  });
  const options = { exchanges: new Map([[province, raw]]) };
  raw.files.push(file('bad', { JCDM: { Jcdm_xx: { Hsyj_dms: { Hsyj: [{ Id: 1, Mc: '属实' }] } } } }));
  raw.files.push(file('after', filed(here.unit, 1, {})));
  const adapter = here.adapter({ ...options, codeTables: broken });
  const looks: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    looks.push(await here.take(adapter).then(() => 'looked', String));
    here.clock.nowMs += 3_600_000;
  }
  const failed = 'RangeError: broken';
  expect(looks).toEqual([failed, failed, failed, failed, 'looked', 'looked']);
  expect(raw.acknowledged).toEqual(['bad', 'after']);
  const cases = (await here.ledger((ledger) => ledger.listCases({ limit: 99 }))).filter(
    ({ provider }) => provider === here.line.provider,
  );
  expect(cases.map(({ kind }) => kind)).toEqual(['unreadable_file']);
  const id = cases[0]?.id ?? '';
  expect(await adapter.desk.settle(id, { act: 'read_again' }, 'usr_1')).toBe('failed');
  const [line] = await here.ledger((ledger) => ledger.listDownloads(here.line, 9)).then((rows) => rows.slice(-1));
  expect(line?.trouble).toBe('not_applied');
  expect(await here.adapter(options).desk.settle(id, { act: 'read_again' }, 'usr_1')).toBe('settled');
});

function rnd(n: number): string {
  let state = 1;
  let text = '';
  while (text.length < n) {
    state = (state * 48_271) % 2_147_483_647;
    text += state.toString(36);
  }
  return text;
}

test.each([-1, 2_147_483_647])('a code of %d is a code that nobody knows: the line stops', async (msg_code) => {
  const here = await world();
  const raw = new RawExchange();
  raw.instead.push({ msg_code });
  expect(await lookOften(here, raw, 2)).toEqual([]);
  const line = await here.ledger((ledger) => ledger.findLine(here.line));
  expect(line?.stoppedBecause?.code).toBe(String(msg_code));
});

test.each([-1, 2_147_483_647])('an upload answered with %d', async (msg_code) => {
  const here = await world();
  const raw = new RawExchange();
  raw.uploads.push({ msg_code });
  const adapter = here.adapter({ exchanges: new Map([[province, raw]]) });
  const refusal = await adapter.submit(here.filing(1)).catch((error: unknown) => error);
  expect(isFault(refusal, 'authority.unreachable') ? '' : String(refusal)).toBe('');
});

test.each([huge, huge - 1, -1, -huge, 2_147_483_648])('a last upload of %d', async (dataSequence) => {
  const here = await world();
  const raw = new RawExchange();
  raw.uploads.push({ msg_code: 14 }, { msg_code: 14 }, { msg_code: 14 }, { msg_code: 14 });
  raw.previous = { msg_code: 0, fileInfos: { dataSequence } };
  const adapter = here.adapter({ exchanges: new Map([[province, raw]]) });
  const refusal = await adapter.submit(here.filing(1)).catch((error: unknown) => error);
  expect(isFault(refusal, 'authority.unreachable') ? '' : String(refusal)).toBe('');
  const line = await here.ledger((ledger) => ledger.findLine(here.line));
  expect([line?.acceptedSequence, line?.stoppedAt !== null]).toEqual([0, true]);
});
