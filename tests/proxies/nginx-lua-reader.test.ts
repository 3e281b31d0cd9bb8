import { mkdtempSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { Agent, createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import type { GateRow } from '@openbeian/model/gate';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { requireProgram } from '../support/require-program.ts';
import { putSnapshot, readerConfig, startReader } from './nginx-lua-program.ts';
import { sendRaw } from './raw-http.ts';
import { freePort } from './run-program.ts';

const nginx = requireProgram('nginx');
const module = requireProgram('nginxLua');
const number = '粤ICP备2026000100号-1';
const rowsOf = (...names: string[]): GateRow[] => names.map((name) => ({ name, number, accesses: ['xingyun'] }));

describe.skipIf(nginx === null || module === null)('nginx with the reader in Lua', () => {
  let folder: string;
  let snapshot: string;
  let site: Server;
  let gate: Server;
  let running: Awaited<ReturnType<typeof startReader>> | null;
  /** Questions to the gate: host and method of the visitor. It serves what begins with "gate". */
  let asked: string[];
  let reached: { host: string | undefined; body: string }[];
  let port: number;
  let metricsPort: number;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'openbeian-reader-'));
    snapshot = join(folder, 'gate.snapshot');
    [asked, reached, running] = [[], [], null];
    gate = createServer(({ headers, url }, response) => {
      if (url === '/deny') return response.writeHead(403, { 'x-page': 'gate' }).end();
      asked.push(`${headers['x-original-method']} ${Buffer.from(`${headers['x-original-host']}`, 'latin1')}`);
      return response.writeHead(`${headers['x-original-host']}`.startsWith('gate') ? 204 : 403).end();
    });
    site = createServer(async (question, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of question) chunks.push(chunk as Buffer);
      reached.push({ host: question.headers.host, body: Buffer.concat(chunks).toString() });
      response.end('the site');
    });
    for (const server of [gate, site]) {
      server.keepAliveTimeout = 60_000;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    }
  });
  afterEach(async () => {
    await running?.stop();
    for (const server of [gate, site]) {
      server.closeAllConnections();
      server.close();
    }
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(settings = '', workers = 1, change = (config: string) => config) {
    [port, metricsPort] = [await freePort(), await freePort()];
    const address = (server: Server) => `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const places = { folder, snapshot, gate: address(gate), site: address(site), port, metricsPort };
    running = await startReader({ nginx: nginx ?? '', folder, port }, change(readerConfig(places, settings)), workers);
    // The workers are there, too.
    await metrics();
  }
  const get = (host: string, path = '/') =>
    sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  const status = async (host: string) => (await get(host)).status;
  const metrics = async () => (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
  const log = () => readFileSync(join(folder, 'error.log'), 'utf8');

  test('a plain host costs no question, whatever its case and port; all others are asked, with their bodies intact', async () => {
    await putSnapshot(snapshot, rowsOf('example.cn'), { sequence: 7, defaultNames: ['xingyun.example'] });
    await start();
    for (const host of ['example.cn', 'a.EXAMPLE.cn', 'example.cn:80', 'example.cn.', 'x.xingyun.example']) {
      expect(await status(host), host).toBe(200);
    }
    expect((await get('other.cn')).headers['x-page']).toBe('gate');
    expect(asked).toEqual([]);
    expect(await metrics()).toContain('openbeian_reader_snapshot_sequence 7\nopenbeian_reader_records 1\n');
    expect(await metrics()).toContain('openbeian_reader_decisions_total{reason="filed_here"} 4\n');
    expect([await status('gate_1.cn'), await status('192.0.2.1'), await status('xn--a.cn')]).toEqual([200, 403, 403]);
    expect(asked).toEqual(['GET gate_1.cn', 'GET 192.0.2.1', 'GET xn--a.cn']);
    const post = 'POST / HTTP/1.1\r\nHost: gate_1.cn\r\nContent-Length: 4\r\nConnection: close\r\n\r\nbody';
    expect((await sendRaw(port, post)).status).toBe(200);
    expect(reached.at(-1)).toEqual({ host: 'gate_1.cn', body: 'body' });
    // Who may get a certificate before the filing is the gate's to say.
    await get('other.cn', '/.well-known/acme-challenge/abc');
    expect(asked.slice(3)).toEqual(['POST gate_1.cn', 'GET other.cn']);
  });

  test('without the gate plain hosts are decided as before, refused with a plain page; the rest is not served', async () => {
    await putSnapshot(snapshot, rowsOf('example.cn'));
    await start();
    gate.closeAllConnections();
    await new Promise((resolve) => gate.close(resolve));
    expect(await status('example.cn')).toBe(200);
    const refused = await get('other.cn');
    expect([refused.status, refused.headers['x-openbeian-reason']]).toEqual([403, 'unfiled']);
    expect(refused.body).toContain('href="https://gate.xingyun.example/explain?host=other.cn"');
    expect([await status('gate_1.cn'), reached.length]).toEqual([500, 1]);
  });

  test('a damaged, cut, foreign or older file is refused and named in the log; the held one decides on', async () => {
    await putSnapshot(snapshot, rowsOf('example.cn'), { sequence: 5, builtAtMs: 5000 });
    const whole = readFileSync(snapshot);
    await start();
    const draft = join(folder, 'draft');
    const flipped = (at: number) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes;
    };
    const entries = whole.indexOf('example.cn', whole.readUInt32LE(64));
    for (const [bytes, said] of [
      [flipped(3), 'no snapshot'],
      [flipped(8), 'format version 3, this reader knows 2'],
      [flipped(130), 'damaged header'],
      [flipped(170), 'damaged header'],
      [flipped(entries), 'damaged bytes from 4096'],
      [whole.subarray(0, whole.length - 1), 'cut short or too long'],
      [whole.subarray(0, 100), 'no snapshot'],
      [Buffer.from('{"version":1}'), 'no snapshot'],
    ] as const) {
      const before = log().length;
      writeFileSync(draft, bytes);
      renameSync(draft, snapshot);
      await vi.waitFor(() => expect(log().slice(before)).toContain(`gate.snapshot: ${said}`), { timeout: 3000 });
      expect([await status('example.cn'), await status('other.cn')], log()).toEqual([200, 403]);
    }
    await putSnapshot(snapshot, rowsOf('other.cn'), { sequence: 4, builtAtMs: 4000 });
    await vi.waitFor(() => expect(log()).toContain('older than the held snapshot'), { timeout: 3000 });
    expect([await status('example.cn'), await status('other.cn'), asked]).toEqual([200, 403, []]);
    await putSnapshot(snapshot, rowsOf('other.cn'), { sequence: 6, builtAtMs: 6000 });
    await vi.waitFor(async () => expect(await status('other.cn')).toBe(200), { timeout: 3000, interval: 50 });
    expect(await status('example.cn')).toBe(403);
  });

  test('without a file, or with one that nobody confirmed for too long, the gate is asked, or what is configured', async () => {
    await start('max_age = 100');
    expect([await status('gate.cn'), await status('example.cn')]).toEqual([200, 403]);
    expect(asked.length).toBe(2);
    await putSnapshot(snapshot, rowsOf('example.cn'));
    await vi.waitFor(async () => expect(await status('example.cn')).toBe(200), { timeout: 3000, interval: 50 });
    const { ino } = statSync(snapshot);
    const old = Date.now() / 1000 - 101;
    utimesSync(snapshot, old, old);
    await vi.waitFor(async () => expect(await status('example.cn')).toBe(403), { timeout: 3000, interval: 50 });
    utimesSync(snapshot, Date.now() / 1000, Date.now() / 1000);
    await vi.waitFor(async () => expect(await status('example.cn')).toBe(200), { timeout: 3000, interval: 50 });
    expect(statSync(snapshot).ino).toBe(ino);
    utimesSync(snapshot, old, old);
    for (const [tooOld, expected] of [
      ['allow', 200],
      ['block', 403],
    ] as const) {
      await running?.stop();
      asked.length = 0;
      await start(`max_age = 100, too_old = "${tooOld}"`);
      expect([await status('other.cn'), asked]).toEqual([expected, []]);
    }
  });

  test('a change in the overlay counts at once; an overlay of another snapshot does not', async () => {
    const put = await putSnapshot(snapshot, rowsOf('example.cn', 'other.cn'));
    await start('', 2);
    const expectAll = async (host: string, expected: number) => {
      for (let turn = 0; turn < 8; turn += 1) expect(await status(host), host).toBe(expected);
    };
    await expectAll('a.new.com.cn', 403);
    put.change({ name: 'new.com.cn', exact: false, record: rowsOf('new.com.cn')[0] ?? null });
    await expectAll('a.new.com.cn', 200);
    put.change({ name: 'example.cn', exact: false, record: null });
    await expectAll('example.cn', 403);
    await expectAll('other.cn', 200);
    // A larger overlay in its place, with what it had and more; as long as it belongs to another snapshot, the old one counts.
    const bytes = readFileSync(`${snapshot}.overlay`);
    const place = (content: Buffer) => {
      writeFileSync(join(folder, 'draft'), content);
      renameSync(join(folder, 'draft'), `${snapshot}.overlay`);
    };
    const foreign = Buffer.from(bytes);
    foreign[28] = (bytes[28] ?? 0) ^ 1;
    foreign.writeUInt32LE(crc32(foreign.subarray(24, 60), crc32(foreign.subarray(0, 16))), 60);
    for (const [content, said] of [
      [foreign, 'the overlay belongs to another snapshot'],
      [bytes.subarray(0, 60), 'no snapshot'],
      [Buffer.from(bytes).fill(2, 8, 9), 'overlay of another version'],
      [Buffer.from(bytes).fill(9, 40, 41), 'damaged overlay'],
    ] as const) {
      const before = log().length;
      place(content);
      await vi.waitFor(() => expect(log().slice(before)).toContain(`overlay: ${said}`), { timeout: 3000 });
      await expectAll('example.cn', 403);
      await expectAll('a.new.com.cn', 200);
    }
    // Chains that lead nowhere: such a host is asked about, nothing is guessed, nothing runs in circles.
    const heads = bytes.readUInt32LE(12);
    const broken = Buffer.from(bytes);
    broken.writeUInt32LE(65_472, 65_472);
    for (let head = 0; head < heads; head += 1) {
      broken.writeUInt32LE(head % 2 === 0 ? 0xfffffff0 : 65_472, 64 + 4 * head);
    }
    place(broken);
    await vi.waitFor(async () => expect(await status('other.cn')).toBe(403), { timeout: 3000, interval: 50 });
    expect(asked).toContain('GET other.cn');
    place(bytes);
    await vi.waitFor(async () => await expectAll('other.cn', 200), { timeout: 3000, interval: 50 });
  });

  test('a snapshot without its overlay waits for it; without any the gate is asked', async () => {
    await putSnapshot(snapshot, rowsOf('example.cn'));
    rmSync(`${snapshot}.overlay`);
    await start();
    expect([await status('example.cn'), await status('gate.cn'), asked.length]).toEqual([403, 200, 2]);
    await putSnapshot(snapshot, rowsOf('example.cn'), { sequence: 2, builtAtMs: 2 });
    await vi.waitFor(async () => expect(await status('example.cn')).toBe(200), { timeout: 3000, interval: 50 });
    const overlay = readFileSync(`${snapshot}.overlay`);
    await putSnapshot(join(folder, 'next'), rowsOf('other.cn'), { sequence: 3, builtAtMs: 3 });
    renameSync(join(folder, 'next'), snapshot);
    await sleep(500);
    expect([await status('example.cn'), await status('other.cn')]).toEqual([200, 403]);
    expect(readFileSync(`${snapshot}.overlay`).equals(overlay)).toBe(true);
    renameSync(join(folder, 'next.overlay'), `${snapshot}.overlay`);
    await vi.waitFor(async () => expect(await status('other.cn')).toBe(200), { timeout: 3000, interval: 50 });
    expect(await status('example.cn')).toBe(403);
  });

  test('settings that do not exist stop the start', async () => {
    await expect(start('maxage = 1')).rejects.toThrow('no such setting: maxage');
    await expect(start('too_old = "perhaps"')).rejects.toThrow('too_old is none of');
  });

  test('files replaced under load: no request is dropped, no answer wrong, also while nginx reloads', async () => {
    const filler = Array.from({ length: 30_000 }, (_, place) => `n${place}.com.cn`);
    let sequence = 0;
    let isFlipped = false;
    const put = () => {
      sequence += 1;
      isFlipped = !isFlipped;
      const rows = rowsOf('always.cn', ...filler, ...(isFlipped ? ['flip.cn'] : []));
      return putSnapshot(snapshot, rows, { sequence, builtAtMs: sequence });
    };
    await put();
    await start('', 2);
    const agents = [new Agent({ keepAlive: true, maxSockets: 8 }), new Agent({ keepAlive: false, maxSockets: 8 })];
    const expected: Readonly<Record<string, readonly number[]>> = {
      'always.cn': [200],
      'n29999.com.cn': [200],
      'never.cn': [403],
      'flip.cn': [200, 403],
    };
    const wrong: string[] = [];
    let answered = 0;
    let isOver = false;
    let isReloading = false;
    const load = async (agent: Agent) => {
      for (let turn = 0; !isOver; turn += 1) {
        const host = Object.keys(expected)[turn % 4] ?? '';
        const got = await new Promise<number | string>((resolve) => {
          const sent = request({ port, host: '127.0.0.1', agent, headers: { host } }, (response) => {
            response.resume().on('end', () => resolve(response.statusCode ?? 0));
          });
          sent.on('error', (error) => resolve(error.message));
          sent.end();
        });
        answered += 1;
        // nginx 1.22 itself, without any of this, drops a few new connections when it reloads under such a load.
        if (isReloading && typeof got === 'string') continue;
        if (!(expected[host] as readonly unknown[]).includes(got)) wrong.push(`${host} ${got}`);
      }
    };
    let loading = Array.from({ length: 16 }, (_, place) => load(agents[place % 2] as Agent));
    for (let turn = 0; turn < 8; turn += 1) {
      await put();
      await sleep(100);
    }
    isOver = true;
    await Promise.all(loading);
    isOver = false;
    isReloading = true;
    loading = Array.from({ length: 8 }, () => load(agents[1] as Agent));
    for (let turn = 0; turn < 2; turn += 1) {
      process.kill(running?.pid ?? 0, 'SIGHUP');
      await put();
      await sleep(300);
    }
    isOver = true;
    await Promise.all(loading);
    expect(wrong, log()).toEqual([]);
    expect(answered).toBeGreaterThan(500);
    expect(asked).toEqual([]);
    // A second after the last file every worker decides by it.
    await sleep(1000);
    for (let turn = 0; turn < 40; turn += 1) expect(await status('flip.cn')).toBe(isFlipped ? 200 : 403);
    expect(log()).not.toContain('signal');
  });

  test('the answer without the gate can be chosen for every refusal', async () => {
    await putSnapshot(snapshot, rowsOf('example.cn'));
    await start('', 1, (config) =>
      config.replace('error_page 403 = @openbeian_refused', 'error_page 403 = @openbeian_plain'),
    );
    const refused = await get('shop.other.cn');
    expect([refused.status, refused.headers['x-page'], refused.headers['x-openbeian-reason']]).toEqual([
      403,
      undefined,
      'unfiled',
    ]);
  });
});
