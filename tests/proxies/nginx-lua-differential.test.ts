import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { domainToASCII } from 'node:url';
import { normaliseHost } from '@openbeian/model/domain-name';
import { decideHost, type GateChange, type GateRow, indexGateRecords } from '@openbeian/model/gate';
import { describe, expect, test } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { evaluateByReader, evaluatingConfig } from './evaluate-by-reader.ts';
import { putSnapshot, startReader } from './nginx-lua-program.ts';
import { freePort } from './run-program.ts';

/*
 * The reader in Lua against the core: READER_HOSTS=1000000 runs the full count, the default is a sample of it. The seed is
 * the same at every run, or READER_SEED.
 */
const count = Number(process.env.READER_HOSTS ?? 50_000);
const hostsAtOnce = 20_000;
const at = '2026-11-21';
const day = 20_778;
const defaultNames = ['app.xingyun-cloud.cn', 'xingyun.example', 'shop.a.cn'];

const nginx = requireProgram('nginx');
const module = requireProgram('nginxLua');

/** Suffixes of every kind that the list has: of one label and several, wildcards and exceptions to them, IDN, private, divided. */
const suffixes = [
  'cn',
  'com',
  'com.cn',
  'net',
  'gov.cn',
  '中国',
  'xn--55qx5d.cn',
  'co.uk',
  'kawasaki.jp',
  'city.kawasaki.jp',
  'ck',
  'www.ck',
  'github.io',
  'os.hedmark.no',
  'hedmark.no',
  'no',
  'internal',
  'ah.cn',
  'k12.ma.us',
  'pvt.k12.ma.us',
];
const labels = ['a', 'b', 'www', 'shop', 'img-1', 'xingyun', 'app', '0', '9z', 'x', 'xn', 'os', 'city', 'a'.repeat(63)];

describe.skipIf(nginx === null || module === null)('the reader in Lua and the core', () => {
  test(`never differ: ${count} hosts`, { timeout: 900_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'openbeian-reader-'));
    const next = random(Number(process.env.READER_SEED ?? 20_261_121));
    const before = makeRows(next);
    const changes = makeChanges(next, before);
    const rows = recordsAfter(before, changes);
    for (const region of ['cn-mainland', 'hk'] as const) {
      const file = join(folder, `${region}.snapshot`);
      const put = await putSnapshot(file, before, { region, defaultNames }, 1024 * 1024);
      for (const change of changes) put.change(change);
    }
    const port = await freePort();
    const running = await startReader({ nginx: nginx ?? '', folder, port }, evaluatingConfig(folder, port));
    const known = indexGateRecords(rows);
    const names = [...before, ...rows].map(({ name }) => name);
    const seen = new Map<string, number>();
    try {
      for (let done = 0; done < count; done += hostsAtOnce) {
        const hosts = Array.from({ length: Math.min(hostsAtOnce, count - done) }, () => makeHost(next, names));
        for (const region of ['cn-mainland', 'hk'] as const) {
          // Abroad there is one answer to all plain hosts; a tenth shows it.
          const asked = region === 'hk' ? hosts.slice(0, hosts.length / 10) : hosts;
          const answers = await evaluateByReader(port, { region, hosts: asked, day });
          const context = {
            provider: 'xingyun',
            defaultNames: new Set(defaultNames),
            outsideMainland: region === 'hk',
            blockPage: '/b',
          };
          for (const [place, host] of asked.entries()) {
            const answer = answers[place];
            const { reason } = decideHost(host, known, context, at);
            // Handed over only what is not plain; a plain host costs no sub-request.
            const expected = answer === 'ask' && !isDecidable(host) ? 'ask' : reason;
            if (answer !== expected) expect({ host, region, answer }).toEqual({ host, region, answer: expected });
            seen.set(answer ?? '', (seen.get(answer ?? '') ?? 0) + 1);
          }
        }
      }
    } finally {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    }
    // The hosts reach every branch; otherwise this proves little.
    for (const reason of [
      'filed_here',
      'grace',
      'unfiled',
      'cancelled',
      'suspended',
      'blacklisted',
      'access_missing',
      'ask',
      'exempt_provider_name',
      'exempt_region',
    ]) {
      expect(seen.get(reason) ?? 0, reason).toBeGreaterThan(count / 500);
    }
  });
});

/** Plain as docs/gate-snapshot.md says, and not below a name that the public suffix list divides. */
function isDecidable(host: string): boolean {
  const label = '(?!xn--)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
  const last = '(?!xn--)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?';
  return host.length <= 253 && new RegExp(`^(?:${label}\\.)*${last}$`).test(host) && !host.endsWith('.hedmark.no');
}

function makeRows(next: (below: number) => number): GateRow[] {
  const rows = new Map<string, GateRow>();
  for (let turn = 0; turn < 6000; turn += 1) {
    const isApp = next(4) === 0;
    const own = `${labels[next(labels.length)]}${next(3) === 0 ? '' : next(400)}.${suffixes[next(suffixes.length)]}`;
    const read = normaliseHost(own);
    const name = isApp ? `${labels[next(4)]}.${read.host}` : read.registrableName;
    if (name === null || read.host === null || normaliseHost(name).kind !== 'name') continue;
    const state = ([undefined, undefined, undefined, 'cancelled', 'suspended', 'blacklisted'] as const)[next(6)];
    const graceUntil = [undefined, '2026-11-20', '2026-11-21', '2026-11-22', '2200-01-01'][next(5)];
    rows.set(`${isApp} ${name}`, {
      name,
      number: '粤ICP备2026000123号-1',
      accesses: [next(2) === 0 ? 'xingyun' : 'alibaba'],
      ...(state !== undefined && { state }),
      ...(graceUntil !== undefined && { graceUntil }),
      ...(isApp && { serviceKind: 'app' }),
    });
  }
  return [...rows.values()];
}

/** What an overlay holds: records that came, changed and went, some of them several times. */
function makeChanges(next: (below: number) => number, before: readonly GateRow[]): GateChange[] {
  const others = [...makeRows(next), ...before];
  return Array.from({ length: 3000 }, () => {
    const row = others[next(others.length)] as GateRow;
    return { name: row.name, exact: row.serviceKind === 'app', record: next(3) === 0 ? null : row };
  });
}

function recordsAfter(before: readonly GateRow[], changes: readonly GateChange[]): GateRow[] {
  const existing = new Map(before.map((row) => [`${row.serviceKind === 'app'} ${row.name}`, row]));
  for (const { name, exact, record } of changes) {
    if (record === null) existing.delete(`${exact} ${name}`);
    else existing.set(`${exact} ${name}`, record);
  }
  return [...existing.values()];
}

function makeHost(next: (below: number) => number, names: readonly string[]): string {
  const name = (next(30) === 0 ? defaultNames[next(3)] : names[next(names.length)]) ?? '';
  const ascii = next(20) === 0 ? name : domainToASCII(name);
  const above = Array.from({ length: next(3) }, () => labels[next(labels.length)]);
  let host = [...above, ascii].join('.');
  if (next(5) === 0) host = host.slice(host.indexOf('.') + 1);
  if (next(8) === 0) host = `${labels[next(labels.length)]}${host}`;
  if (next(30) === 0) host = `${host}${['.', ':80', '.:80', '..', ' ', '.cn', '/'][next(7)]}`;
  if (next(60) === 0) host = 'a.'.repeat(100 + next(30)) + host;
  if (next(3) > 0 || host === '') return host;
  // One character altered, doubled or lost.
  const place = next(host.length);
  const alphabet = next(3) === 0 ? '_.-ABZ~\u0000\u0080é。' : 'abcxn019-.';
  const put = [alphabet[next(alphabet.length)], host.slice(place, place + 1).repeat(2), ''][next(3)] ?? '';
  return host.slice(0, place) + put + host.slice(place + 1);
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
