import { isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import {
  createSnapshotBuilder,
  decideHost,
  evaluateHost,
  type GateRow,
  hashName,
  indexGateRecords,
  openNameTable,
} from '../index.ts';

/*
 * Hosts as an attacker may send them. GATE_FUZZ=1000000 runs the full count; the default is a sample of it. The seed is
 * the same at every run, or GATE_FUZZ_SEED.
 */
const count = Number(process.env.GATE_FUZZ ?? 30_000);
const day = 20_778;
const filed = ['example.cn', 'shop.com.cn', '例子.中国', 'pending.cn', 'bücher.com'];
const closed = ['gone.cn', 'moved.cn', 'over.cn'];
const ours = 'app.xingyun-cloud.cn';
const number = '粤ICP备2026000123号-1';
const rows: GateRow[] = [
  ...filed.map((name) => ({ name, number, accesses: name === 'pending.cn' ? [] : ['xingyun'] })),
  { name: 'gone.cn', number, accesses: ['xingyun'], state: 'cancelled' },
  { name: 'moved.cn', number, accesses: ['other'] },
  { name: 'over.cn', number, accesses: ['other'], graceUntil: '2026-11-20' },
].map((row) => (row.name === 'pending.cn' ? { ...row, graceUntil: '2026-11-21' } : row)) as GateRow[];

const pieces = [
  ...filed,
  ...closed,
  ours,
  'cn',
  'com.cn',
  '中国',
  'www',
  'a',
  '-',
  '_',
  'xn--',
  'xn--fsqu00a',
  'xn--fiqs8s',
  '。',
  '．',
  '.',
  '..',
  ':',
  ':80',
  ':65536',
  '127.0.0.1',
  '0x7f.1',
  '::1',
  '[',
  ']',
  '%',
  '/',
  '@',
  '\\',
  ' ',
  '\t',
  '\r\n',
  '\u0000',
  '\u00ad',
  '\u200d',
  '\ud800',
  '𠮷',
  'EXAMPLE.CN',
  'ｅｘａｍｐｌｅ',
  '１',
  '0',
  '9',
  'ß',
  'ſ',
  'K',
  '١',
  'א',
  '%2e',
  'a'.repeat(63),
  'b'.repeat(64),
  'x.'.repeat(120),
];

test(`${count} hosts: no crash, table and records agree, nothing is allowed that is not filed`, {
  timeout: 600_000,
}, () => {
  const builder = createSnapshotBuilder({
    sequence: 1,
    builtAtMs: 0,
    provider: 'xingyun',
    region: 'cn-mainland',
    defaultNames: [ours],
  });
  for (const row of rows) builder.add(row);
  const { header, pieces: filePieces } = builder.layOut(() => ({ k0: 1, k1: 2 }));
  const file = new Uint8Array(header.fileLength);
  for (const { at, bytes } of filePieces(crc32)) file.set(bytes, at);
  const facts = { provider: 'xingyun', region: 'cn-mainland', defaultNames: [ours], providers: [], mark: '' } as const;
  const table = openNameTable(header, facts, file.slice(header.indexOffset, header.coldIndexOffset).buffer);
  const known = indexGateRecords(rows);
  const context = { provider: 'xingyun', defaultNames: new Set([ours]), outsideMainland: false, blockPage: '/b' };
  const accessed = [...filed, ours].map((name) => domainToASCII(name));
  const withAnyNumber = [
    ...accessed,
    ...rows.filter(({ state }) => state === undefined).map(({ name }) => domainToASCII(name)),
  ];

  const next = random(Number(process.env.GATE_FUZZ_SEED ?? 20_261_121));
  const seen = new Map<string, number>();
  for (let turn = 0; turn < count; turn += 1) {
    const host = makeHost(next);
    const anyNumberSuffices = turn % 8 === 0;
    const reason = evaluateHost(host, table, { outsideMainland: false, anyNumberSuffices, day });
    const decision = decideHost(host, known, { ...context, anyNumberSuffices }, '2026-11-21');
    if (reason !== decision.reason) expect({ host, reason }).toEqual({ host, reason: decision.reason });
    seen.set(reason, (seen.get(reason) ?? 0) + 1);
    if (decision.outcome !== 'allow') continue;
    // An opinion of its own: the platform's reading of the name, without port, blanks around it and last stop.
    const bare = host.replace(/^[ \t]+|[ \t]+$/g, '').replace(/(?<=[^:]*[^:]):\d{0,5}$/, '');
    const ascii = domainToASCII(bare).replace(/\.$/, '');
    const isAddress = isIP(ascii) !== 0 || isIP(bare.replace(/^\[|\]$/g, '')) === 6;
    // The platform refuses code points that its Unicode does not know; then the labels are taken off one by one.
    const labels = bare.replace(/[.。．｡]$/, '').split(/[.。．｡]/);
    const mayPass = anyNumberSuffices ? withAnyNumber : accessed;
    const isFiled =
      ascii === ''
        ? labels.some((_, at) => mayPass.includes(domainToASCII(labels.slice(at).join('.'))))
        : mayPass.some((name) => `.${ascii}`.endsWith(`.${name}`));
    const passes = reason === 'exempt_ip_literal' ? isAddress : isFiled;
    if (!passes) expect({ host, ascii, reason }).toBe('blocked');
  }
  // The strings reach every branch; otherwise this proves little.
  for (const reason of [
    'filed_here',
    'grace',
    'unfiled',
    'cancelled',
    'access_missing',
    'malformed_host',
    'exempt_ip_literal',
    'exempt_provider_name',
  ]) {
    expect(seen.get(reason) ?? 0, reason).toBeGreaterThan(count / 2000);
  }
});

test('names that share bucket, fingerprint and length with a filed one are told apart', () => {
  const about = { sequence: 1, builtAtMs: 0, provider: 'xingyun', region: 'cn-mainland', defaultNames: [] } as const;
  const builder = createSnapshotBuilder(about);
  const next = random(7);
  const nameOfTen = () => `${Array.from({ length: 7 }, () => 'abcdefghijklmnopqrstuvwxyz'[next(26)]).join('')}.cn`;
  const own = new Set(Array.from({ length: 500 }, nameOfTen));
  for (const name of own) builder.add({ name, number, accesses: ['xingyun'] });
  const key = { k0: 1, k1: 2 };
  const { header, pieces: filePieces } = builder.layOut(() => key);
  const file = new Uint8Array(header.fileLength);
  for (const { at, bytes } of filePieces(crc32)) file.set(bytes, at);
  const facts = { ...about, mark: '', providers: [] };
  const table = openNameTable(header, facts, file.slice(header.indexOffset, header.coldIndexOffset).buffer);
  const places = (name: string) => {
    const hash = hashName(name, key);
    return `${hash & (header.bucketCount - 1)} ${hash >>> 24}`;
  };
  const taken = new Set([...own].map(places));
  let shared = 0;
  for (let turn = 0; turn < 20_000; turn += 1) {
    const name = nameOfTen();
    const reason = evaluateHost(name, table, { outsideMainland: false, day });
    if (reason !== (own.has(name) ? 'filed_here' : 'unfiled')) expect({ name, reason }).toBe('told apart');
    if (!own.has(name) && taken.has(places(name))) shared += 1;
  }
  expect(shared).toBeGreaterThan(50);
});

function makeHost(next: (below: number) => number): string {
  const parts = Array.from({ length: 1 + next(3) }, () => {
    if (next(6) > 0) return pieces[next(pieces.length)] ?? '';
    return String.fromCodePoint(next(8) === 0 ? next(0x11_0000) : next(0x80));
  });
  if (next(3) === 0) parts.push([...filed, ...closed, ours][next(9)] ?? '');
  const host = parts.join(next(2) === 0 ? '.' : '');
  if (next(4) > 0 || host === '') return host;
  // One character altered, doubled or lost.
  const at = next(host.length);
  const put = [String.fromCharCode(next(0x250)), host.slice(at, at + 1).repeat(2), ''][next(3)] ?? '';
  return host.slice(0, at) + put + host.slice(at + 1);
}

function random(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
