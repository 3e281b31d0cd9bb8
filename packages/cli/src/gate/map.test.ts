import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import {
  changeLogEntry,
  changeLogHead,
  createOverlay,
  createSnapshotBuilder,
  decodePreamble,
  type GateChange,
  type GateRecord,
  openNameTable,
  preambleLength,
  sealGateSnapshot,
  writeOverlay,
} from '@openbeian/model/gate';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { readGateFacts } from './facts.ts';
import { compileMap } from './map.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gate-map-'));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, 'out.map');
function run(records: string, ...args: string[]) {
  const file = join(folder, 'records.yaml');
  writeFileSync(file, records);
  const all = ['gate', 'map', '--records', file, '--out', out, '--at', '2026-11-21', '--lang', 'en', ...args];
  return spawnSync(process.execPath, [main, ...all], { encoding: 'utf8' });
}
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const records = `
provider: tencent
defaultNames: [app.tencent-cloud.cn]
records:
  - { name: 例子.中国, number: x, accesses: [tencent] }
  - { name: a.cn, number: x, accesses: [b], graceUntil: 2026-12-01 }
  - { name: b.cn, number: x, accesses: [b], graceUntil: 2026-11-01 }
  - { name: hedmark.no, number: x, accesses: [tencent] }
`;

test('one line for each name in its ASCII form; what a map cannot say exactly is named and left out', () => {
  const { stdout, status } = run(records, '--format', 'nginx');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ entries: 4, goodUntil: '2026-12-01', leftOut: ['hedmark.no'] });
  expect(readFileSync(out, 'utf8').split('\n').slice(2)).toEqual([
    '.xn--fsqu00a.xn--fiqs8s filed_here;',
    '.a.cn grace;',
    '.b.cn access_missing;',
    '.app.tencent-cloud.cn exempt_provider_name;',
    '',
  ]);
  run(records, '--format', 'haproxy');
  expect(readFileSync(out, 'utf8')).toContain('\na.cn grace\n');
});

test('bad input exits 1 and leaves the map that is there, and no draft', () => {
  writeFileSync(out, 'before');
  expect(run(records.replace('a.cn', 'www.a.cn'), '--format', 'nginx').stderr).toContain('records[1].name');
  const abroad = run(`${records}region: hk\n`, '--format', 'nginx');
  expect([abroad.status, abroad.stdout]).toEqual([1, '']);
  expect(abroad.stderr).toContain('outside the mainland nothing is blocked');
  const nowhere = run(records, '--format', 'nginx', '--out', join(folder, 'missing', 'x.map'));
  expect([nowhere.status, nowhere.stderr]).toEqual([1, expect.stringContaining('x.map: cannot be written')]);
  expect(run(records, '--format', 'apache').status).toBe(2);
  expect(readFileSync(out, 'utf8')).toBe('before');
  expect(readdirSync(folder).sort()).toEqual(['out.map', 'records.yaml']);
});

describe('what is on record, as a map says it', () => {
  const number = 'x';
  const at = '2026-11-21';
  const rows: GateRecord[] = [
    { name: 'only.cn', number, accesses: ['tencent'] },
    { name: 'api.other.cn', number, accesses: ['tencent'], serviceKind: 'app' },
    { name: 'both.cn', number, accesses: ['b'] },
    { name: 'both.cn', number, accesses: ['b'], graceUntil: '2026-12-05', serviceKind: 'app' },
    { name: 'gone.cn', number, accesses: ['tencent'], state: 'cancelled' },
    { name: '例子.中国', number, accesses: ['b'], graceUntil: '2026-12-01' },
    { name: 'hedmark.no', number, accesses: ['tencent'] },
  ];
  const about = { provider: 'tencent', region: 'cn-mainland', defaultNames: ['app.tencent-cloud.cn'] } as const;
  const nginx = [
    '*.both.cn access_missing;',
    '.app.tencent-cloud.cn exempt_provider_name;',
    '.gone.cn cancelled;',
    '.only.cn filed_here;',
    '.xn--fsqu00a.xn--fiqs8s grace;',
    'api.other.cn filed_here;',
    'both.cn grace;',
  ];
  const haproxy = [
    '=api.other.cn filed_here',
    '=both.cn grace',
    'app.tencent-cloud.cn exempt_provider_name',
    'both.cn access_missing',
    'gone.cn cancelled',
    'only.cn filed_here',
    'xn--fsqu00a.xn--fiqs8s grace',
  ];
  const linesOf = () => readFileSync(out, 'utf8').trimEnd().split('\n').slice(2).sort();

  /** The binary file, with some of the rows in the overlay only. */
  async function putBinary(file: string): Promise<void> {
    const builder = createSnapshotBuilder({ ...about, sequence: 1, builtAtMs: 0 });
    for (const row of rows.slice(2)) builder.add(row);
    builder.add({ name: 'past.cn', number, accesses: ['tencent'] });
    const key = { k0: 1, k1: 2 };
    const { header, pieces } = builder.layOut(() => key);
    const bytes = new Uint8Array(header.fileLength);
    for (const piece of pieces(crc32)) bytes.set(piece.bytes, piece.at);
    writeFileSync(file, bytes);
    const { sum, facts } = decodePreamble(bytes.slice(0, preambleLength(bytes) ?? 0), crc32);
    const overlay = createOverlay(new ArrayBuffer(65_536), { baseSum: sum, outsideMainland: null }, crc32);
    const writer = writeOverlay(overlay, key);
    const table = openNameTable(header, facts, bytes.slice(header.indexOffset, header.coldIndexOffset).buffer);
    for (const record of rows.slice(0, 2)) {
      writer.apply(table, { name: record.name, exact: record.serviceKind === 'app', record });
    }
    writer.apply(table, { name: 'past.cn', exact: false, record: null });
    writeFileSync(`${file}.overlay`, overlay.bytes);
  }

  /** As a server does it for gates that bring the token. */
  async function serve(file: string): Promise<string> {
    vi.stubEnv('OPENBEIAN_GATE_TOKEN', 'token-of-a-gate');
    const server = createServer(({ url, headers }, response) => {
      if (headers.authorization !== 'Bearer token-of-a-gate') return response.writeHead(401).end();
      return url === '/api/v1/gate/snapshot' ? response.end(readFileSync(file)) : response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closing.push(() => server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }
  const closing: (() => unknown)[] = [];
  afterEach(() => {
    vi.unstubAllEnvs();
    for (const close of closing.splice(0)) close();
  });

  test('a server that refuses or is not there, and a token that is missing, are named', async () => {
    const server = await serve(join(folder, 'facts'));
    vi.stubEnv('OPENBEIAN_GATE_TOKEN', 'another');
    await expect(readGateFacts({ server }, at, 'en')).rejects.toThrow('the token is wrong');
    await expect(readGateFacts({ server: 'http://127.0.0.1:9' }, at, 'en')).rejects.toThrow('cannot be read');
    vi.stubEnv('OPENBEIAN_GATE_TOKEN', undefined);
    await expect(readGateFacts({ server }, at, 'en')).rejects.toThrow('OPENBEIAN_GATE_TOKEN');
  });

  test.each(['records', 'binary snapshot', 'JSON snapshot', 'a server'])('the same from %s', async (kind) => {
    const file = join(folder, 'facts');
    if (kind === 'records') writeFileSync(file, JSON.stringify({ ...about, records: rows }));
    if (kind === 'binary snapshot') await putBinary(file);
    if (kind === 'JSON snapshot' || kind === 'a server') {
      const body = {
        ...about,
        defaultNames: [...about.defaultNames],
        version: 1,
        builtAt: '2026-11-21T00:00:00.000Z',
        records: rows,
      };
      writeFileSync(file, JSON.stringify(sealGateSnapshot(body, sha256)));
      rmSync(`${file}.overlay`, { force: true });
    }
    const server = kind === 'a server' ? await serve(file) : undefined;
    const source = kind === 'records' ? { records: file } : server === undefined ? { snapshot: file } : { server };
    const facts = await readGateFacts(source, at, 'en');
    expect(compileMap(facts, { format: 'nginx', out, at, lang: 'en' })).toMatchObject({
      entries: 7,
      goodUntil: '2026-12-01',
      leftOut: ['hedmark.no'],
    });
    expect(linesOf()).toEqual(nginx);
    compileMap(facts, { format: 'haproxy', out, at, lang: 'en' });
    expect(linesOf()).toEqual(haproxy);
    expect(facts.decide('v1.api.other.cn').reason).toBe('unfiled');
  });

  /** As a gate keeps it: all rows in the snapshot, and what came since in the log beside it. */
  async function putStored(file: string, changes: readonly GateChange[], baseSum?: number): Promise<void> {
    const builder = createSnapshotBuilder({ ...about, sequence: 1, builtAtMs: 1000 });
    for (const row of rows) builder.add(row);
    const { header, pieces } = builder.layOut(() => ({ k0: 1, k1: 2 }));
    const bytes = new Uint8Array(header.fileLength);
    for (const piece of pieces(crc32)) bytes.set(piece.bytes, piece.at);
    writeFileSync(file, bytes);
    const sum = Buffer.from(bytes.buffer).readUInt32LE(156);
    const entries = changes.map((change, place) => {
      const sequence = place + 2;
      const answer = { snapshot: false, sequence, mark: `m${sequence}`, at: '2026-11-21T08:00:00.000Z' };
      const text = JSON.stringify({ ...answer, changes: [{ ...change, sequence }] });
      return changeLogEntry({ text, signature: null }, crc32);
    });
    writeFileSync(`${file}.changes`, Buffer.concat([changeLogHead(baseSum ?? sum, crc32), ...entries]));
    rmSync(`${file}.overlay`, { force: true });
  }

  test('the changes beside a gate’s snapshot are in the map, which says as of which change it is', async () => {
    const file = join(folder, 'stored');
    const gone: GateChange = {
      name: '例子.中国',
      exact: false,
      record: { name: '例子.中国', number, accesses: ['tencent'], state: 'cancelled' },
    };
    await putStored(file, [{ name: 'only.cn', exact: false, record: null }, gone]);
    const compiled = compileMap(await readGateFacts({ snapshot: file }, at, 'en'), {
      format: 'nginx',
      out,
      at,
      lang: 'en',
    });
    expect(compiled.asOf).toEqual({ change: 3, at: '2026-11-21T08:00:00.000Z' });
    expect(linesOf()).toContain('.xn--fsqu00a.xn--fiqs8s cancelled;');
    expect(linesOf().join()).not.toContain('only.cn');
    expect(readFileSync(out, 'utf8').split('\n')[0]).toContain('as of change 3 of 2026-11-21T08:00:00.000Z');
  });

  test('changes of another snapshot, or damaged ones, are refused: without them cancelled names would open', async () => {
    const file = join(folder, 'stored');
    await putStored(file, [{ name: 'only.cn', exact: false, record: null }], 7);
    await expect(readGateFacts({ snapshot: file }, at, 'en')).rejects.toThrow(/stored: changes: .*belong to another/);
    await putStored(file, [{ name: 'only.cn', exact: false, record: null }]);
    const log = readFileSync(`${file}.changes`);
    writeFileSync(`${file}.changes`, Buffer.from(log).fill(1, 40, 41));
    await expect(readGateFacts({ snapshot: file }, at, 'en')).rejects.toThrow(/stored: changes: .*damaged/);
    await putBinary(file);
    writeFileSync(
      `${file}.overlay`,
      createOverlay(new ArrayBuffer(65_536), { baseSum: 7, outsideMainland: null }, crc32).bytes,
    );
    await expect(readGateFacts({ snapshot: file }, at, 'en')).rejects.toThrow(/stored: overlay: .*belong to another/);
  });

  test('a damaged or cut snapshot is refused with its name', async () => {
    const file = join(folder, 'damaged');
    await putBinary(file);
    const whole = readFileSync(file);
    for (const bytes of [
      whole.subarray(0, whole.length - 1),
      Buffer.from(whole).fill(9, 130, 131),
      Buffer.from(whole).fill(9, 4200, 4201),
    ]) {
      writeFileSync(file, bytes);
      await expect(readGateFacts({ snapshot: file }, at, 'en')).rejects.toThrow(`${file}: `);
    }
    writeFileSync(file, '{"version":1}');
    await expect(readGateFacts({ snapshot: file }, at, 'en')).rejects.toThrow(/damaged:1: .*expected/);
    await expect(readGateFacts({ snapshot: join(folder, 'none') }, at, 'en')).rejects.toThrow('cannot be read');
  });
});

test('neither records nor a snapshot, or both: the usage is wrong', () => {
  for (const args of [[], ['--records', 'a', '--snapshot', 'b']]) {
    const all = ['gate', 'map', '--format', 'nginx', '--out', out, ...args];
    expect(spawnSync(process.execPath, [main, ...all]).status).toBe(2);
  }
});
