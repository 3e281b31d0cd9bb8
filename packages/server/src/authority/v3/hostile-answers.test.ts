import { isFault } from '@openbeian/model/fault';
import { loadCodeTables } from '@openbeian/policies/code-tables';
import { expect, test } from 'vitest';
import { KeyRingVault, makeKeyRing, SortableIds } from '../../secrets/index.ts';
import { openStore } from '../../store/index.ts';
import { createSoapExchange } from './soap-exchange.ts';
import { filed, result, results } from './testing/files.ts';
import { type LineWorld, province } from './testing/line-world.ts';
import { lineWorlds } from './testing/line-worlds.ts';
import { RawExchange, rawFile, rawXml } from './testing/raw-exchange.ts';

/** A few hundred each time; thousands where that is asked for. */
const runs = Number(process.env['HOSTILE_ANSWERS'] ?? 150);
const firstSeed = Number(process.env['HOSTILE_SEED'] ?? 1);

const world = lineWorlds({
  open: () => openStore({ dataDir: null }),
  vault: new KeyRingVault(makeKeyRing()),
  makeIds: (nowMs) => new SortableIds(nowMs),
  codeTables: loadCodeTables(),
});

/** Numbers by seed; the same each time. */
class Chance {
  #state: number;
  constructor(seed: number) {
    this.#state = (seed * 2_654_435_761) >>> 0 || 1;
  }
  below(limit: number): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    this.#state >>>= 0;
    return this.#state % limit;
  }
  pick<T>(of: readonly [T, ...T[]]): T {
    return of[this.below(of.length)] ?? of[0];
  }
}

const values = [
  '',
  ' ',
  '0',
  '-1',
  '1',
  '7',
  '35',
  '1001',
  '1062',
  '2002',
  '3001',
  '5001',
  '9007199254740991',
  '-9007199254740991',
  '2147483648',
  '1e9',
  '0x10',
  'NaN',
  '粤ICP备202600011号',
  '粤ICP备202600011号-1',
  '京ICP备1号',
  '长'.repeat(3000),
  '\u202e',
  '𠮷😀',
  "'; DROP TABLE x; --",
  '__proto__',
  '&amp;lt;',
  '2026-02-30',
  'null',
] as const;
const names = [
  'ICP',
  'BAJG',
  'Jg_xx',
  'Jgxx',
  'Bs',
  'Baxx',
  'Zt_xx',
  '__proto__',
  'constructor',
  'IP',
  'JCDM',
  'SJTB',
  'DownloadData',
] as const;

/** Changes values, names and places of elements; what comes out is mostly XML. */
function spoilXml(xml: string, chance: Chance): string {
  let text = xml;
  for (let times = 1 + chance.below(4); times > 0; times -= 1) {
    const leaves = [...text.matchAll(/<(\w+)>([^<]*)<\/\1>/g)];
    const leaf = leaves[chance.below(Math.max(1, leaves.length))];
    if (leaf === undefined) return text;
    const [all, name = '', value = ''] = leaf;
    const put = chance.pick<() => string>([
      () => `<${name}>${chance.pick(values)}</${name}>`,
      () => all.repeat(1 + chance.below(4)),
      () => '',
      () => `<${chance.pick(names)}>${value}</${chance.pick(names)}>`,
      () => `<${name}>${all.repeat(chance.below(3))}</${name}>`,
      () => `<${name}><![CDATA[${chance.pick(values)}]]></${name}>`,
      () => '<a>'.repeat(chance.below(60)),
      () => `<!DOCTYPE x [<!ENTITY a "${value}">]>`,
    ])();
    text = text.slice(0, leaf.index) + put + text.slice(leaf.index + all.length);
  }
  return text;
}

function spoilBytes(text: string, chance: Chance): string {
  const place = chance.below(text.length + 1);
  const put = chance.pick(['', 'A', '<', '&', '\u0000', '=', '</return>', '&lt;', '<x/>']);
  return text.slice(0, place) + put + text.slice(place + chance.below(20));
}

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const soapOf = (document: string) =>
  `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><r:isp_downloadResponse xmlns:r="x"><return>${escape(document)}</return></r:isp_downloadResponse></s:Body></s:Envelope>`;

/** One answer to `isp_download`, spoilt somewhere between the document and the envelope. */
function hostileAnswer(documents: readonly [string, ...string[]], chance: Chance, n: number): string {
  const xml = chance.pick(documents);
  const { msg_code, fileInfos } = rawFile(`f${n}`, chance.below(4) === 0 ? xml : spoilXml(xml, chance));
  let document = rawXml('return', { msg_code, fileInfos });
  if (chance.below(6) === 0) document = spoilBytes(document, chance);
  if (chance.below(12) === 0) document = spoilXml(document, chance);
  const soap = soapOf(document);
  return chance.below(12) === 0 ? spoilBytes(soap, chance) : soap;
}

/** Hand-overs in each state, and documents about all of them. */
async function documentsOf(here: LineWorld): Promise<[string, ...string[]]> {
  const own: { subject: number; service: number }[] = [];
  for (let seed = 1; seed <= 6; seed += 1) {
    const filing = here.filing(seed);
    await here.adapter().submit(filing);
    const row = await here.ledger((ledger) => ledger.findHandover(filing.id));
    own.push({ subject: row?.ownSubject ?? 0, service: row?.ownService ?? 0 });
  }
  const made = own.flatMap(({ subject, service }, n) => [
    filed(here.unit, n, { subject, service }),
    results(result(1, subject, 1001, 1062), result(1, subject, [2002, '名称不符'])),
    results(result(1, subject, 3001), result(7, subject, 1001)),
    { ICP: { ZXSJ: { Zxxx: [{ Zxlb: n % 2, Jlid: 600_000 + n }] } } },
  ]);
  const more = [
    { SJTB: filed(here.unit, 3, {}) },
    { JCDM: { Jcdm_xx: { Hsyj_dms: { Hsyj: [{ Id: 1, Mc: '属实' }] } } } },
    { ICP: { XGTZ: { Tzxx: [{ Tzlb: 1, Baxh: '粤ICP备202600011号-1', Tznr: '核实' }] } }, IP: {}, YM: {} },
  ];
  const [first, ...rest] = [...made, ...more].map((data) => rawXml('DownloadData', data));
  return [first ?? '', ...rest];
}

test(`${runs} spoilt answers: nothing but named faults, one verdict for each filing, and what comes behind them comes`, {
  timeout: 60_000 + runs * 200,
}, async () => {
  const here = await world();
  const documents = await documentsOf(here);
  let given: string | null = null;
  const soap = createSoapExchange({
    url: here.there.url,
    credentials: here.there.credentials,
    namespace: 'x',
    timeoutMs: 5_000,
    fetch: async () => new Response(given ?? soapOf('<return><msg_code>2</msg_code></return>')),
  });
  const raw = new RawExchange();
  let answers = 0;
  const exchange = Object.assign(raw, {
    // Once each: a second look finds nothing.
    download: async () => {
      answers += 1;
      const answer = await soap.download();
      given = null;
      return answer;
    },
  });
  const adapter = here.adapter({ exchanges: new Map([[province, exchange]]) });
  const verdicts: string[] = [];
  const met = new Map<string, number>();
  for (let seed = firstSeed; seed < firstSeed + runs; seed += 1) {
    given = hostileAnswer(documents, new Chance(seed), seed);
    const looked = await here.take(adapter).then(
      (messages) => {
        for (const message of messages) if ('submissionId' in message) verdicts.push(message.submissionId);
        return 'looked';
      },
      (error: unknown) => {
        if (isFault(error)) return error.code;
        throw new Error(`seed ${seed}`, { cause: error });
      },
    );
    given = null;
    met.set(looked, (met.get(looked) ?? 0) + 1);
    here.clock.nowMs += 3_600_000;
    await here.ledger((ledger) => ledger.resumeLine(here.line));
  }
  expect(verdicts.length).toBe(new Set(verdicts).size);
  expect([...met.keys()].sort()).toEqual(['authority.unreachable', 'looked']);
  expect(answers).toBeGreaterThan(runs);
  given = soapOf(rawXml('return', rawFile('last', rawXml('DownloadData', filed(here.unit, 9, {})))));
  await here.take(adapter);
  expect(exchange.acknowledged.at(-1)).toBe('last');
  expect(await here.ledger((ledger) => ledger.findFiledSubject(here.line, { id: 500_009 }))).not.toBeNull();
});
