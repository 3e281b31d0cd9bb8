import { mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type RunningGate, startGate } from '../index.ts';
import {
  gateToken,
  snapshotBody,
  startTestControlPlane,
  type TestControlPlane,
} from '../testing/test-control-plane.ts';

const folder = mkdtempSync(join(tmpdir(), 'openbeian-gate-'));
let control: TestControlPlane;
beforeAll(async () => {
  control = await startTestControlPlane();
  control.publish(snapshotBody(1, ['example.cn']));
});
afterAll(async () => {
  await control.close();
  rmSync(folder, { recursive: true });
});

interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Asks over a connection of its own, or over the agent's. */
function askAt(
  url: string,
  path: string,
  headers: Record<string, string> = {},
  agent: Agent | false = false,
): Promise<Told> {
  const [, socketPath] = /^unix:(.*)/.exec(url) ?? [];
  const { hostname, port } = socketPath === undefined ? new URL(url) : { hostname: 'gate', port: '' };
  const at = socketPath === undefined ? { host: hostname, port } : { socketPath };
  return new Promise((resolve, reject) => {
    get({ ...at, path, headers, agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (piece: string) => {
        body += piece;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    }).on('error', reject);
  });
}
const reasonAt = async (url: string, host: string) =>
  (await askAt(url, '/auth', { 'x-original-host': host })).headers['x-openbeian-reason'];
const metricIn = (page: string, name: string) => Number(new RegExp(`^${name} (.*)$`, 'm').exec(page)?.[1]);

async function start(name: string, change: object): Promise<RunningGate> {
  const snapshotFile = join(folder, name);
  const gate = await startGate(
    { listen: { port: 0 }, controlUrl: control.url, token: gateToken, snapshotFile, ...change },
    { log: () => {} },
  );
  await vi.waitFor(async () => expect((await askAt(gate.url, '/readyz')).status).toBe(200), { timeout: 10_000 });
  return gate;
}

describe('three threads on Unix sockets', () => {
  const path = join(folder, 'gate.sock');
  const urls = ['', '.1', '.2'].map((end) => `unix:${path}${end}`);
  let gate: RunningGate;
  beforeAll(async () => {
    gate = await start('sockets', { listen: { path }, threads: 3, connectionsPerAddress: 10, acmeChallenge: 'allow' });
  });
  afterAll(() => gate?.close());

  test('each answers, only the gate’s user and group may ask', async () => {
    for (const url of urls) {
      await vi.waitFor(async () => expect(await reasonAt(url, 'www.example.cn')).toBe('filed_here'), { timeout: 5000 });
      expect(await reasonAt(url, 'other.cn')).toBe('unfiled');
      expect(statSync(url.slice('unix:'.length)).mode & 0o777).toBe(0o660);
    }
    expect(gate.url).toBe(urls[0]);
  });

  test('a change, a newer snapshot and its age reach all of them', async () => {
    control.publish(snapshotBody(2, ['example.cn', 'later.cn']));
    for (const url of urls) {
      await vi.waitFor(async () => expect(await reasonAt(url, 'later.cn')).toBe('filed_here'), { timeout: 8000 });
      const { body } = await askAt(url, '/explain?host=later.cn');
      expect(JSON.parse(body)).toMatchObject({
        reason: 'filed_here',
        record: { name: 'later.cn' },
        snapshot: { version: 2 },
      });
    }
  });

  test('measurements are of all threads, whichever is asked', async () => {
    const before = metricIn((await askAt(urls[0] ?? '', '/metrics')).body, 'openbeian_gate_decision_seconds_count');
    for (const url of urls) for (let question = 0; question < 5; question += 1) await reasonAt(url, 'example.cn');
    for (const url of urls) {
      const { body } = await askAt(url, '/metrics');
      expect(metricIn(body, 'openbeian_gate_decision_seconds_count')).toBe(before + 15);
      expect(metricIn(body, 'openbeian_gate_snapshot_version')).toBe(2);
    }
  });

  test('all of them together let no more validations pass than one thread would', async () => {
    const token = 'evaGxfADs6pSRb2LAv9IZf17Dt3juxGJyPCt92wrDoA';
    const headers = {
      'x-original-host': 'unfiled.cn',
      'x-original-uri': `/.well-known/acme-challenge/${token}`,
      'x-original-proto': 'http',
    };
    let passed = 0;
    for (const url of urls) {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let request = 0; request < 120; request += 1) {
        passed += (await askAt(url, '/auth', headers, agent)).status === 204 ? 1 : 0;
      }
      agent.destroy();
    }
    expect(passed).toBe(300);
  });

  test('connections are counted over all of them', async () => {
    // Those of the other tests are closed a moment later.
    await new Promise((resolve) => setTimeout(resolve, 200));
    const sockets = urls.flatMap((url) => Array.from({ length: 7 }, () => connect(url.slice('unix:'.length))));
    const closed = sockets.map((socket) => new Promise((resolve) => socket.on('error', () => {}).on('close', resolve)));
    let cut = 0;
    for (const each of closed) void each.then(() => (cut += 1));
    await vi.waitFor(() => expect(cut).toBe(11), { timeout: 8000 });
    for (const socket of sockets) socket.destroy();
    await Promise.all(closed);
    await vi.waitFor(async () => expect(await reasonAt(urls[2] ?? '', 'example.cn')).toBe('filed_here'), {
      timeout: 8000,
    });
  });
});

test('two threads share a port, and end with the gate', async () => {
  const gate = await start('ports', { threads: 2 });
  const answers = await Promise.all(Array.from({ length: 60 }, () => reasonAt(gate.url, 'example.cn')));
  expect(new Set(answers)).toEqual(new Set(['filed_here']));
  await gate.close();
  await expect(askAt(gate.url, '/healthz')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});

test('threads share a port with no other gate, and two addresses are not the same', async () => {
  const gate = await start('first', { threads: 2 });
  const port = Number(new URL(gate.url).port);
  await expect(start('other', { listen: { port }, threads: 2 })).rejects.toMatchObject({ code: 'EADDRINUSE', port });
  await gate.close();
  const twice = { listen: { port }, listenFor: [{ port, region: 'hk' }], threads: 2 };
  await expect(start('twice', twice)).rejects.toMatchObject({ code: 'EADDRINUSE', port });
});

test('what a killed gate left is replaced; a gate that answers, or a file that is no socket, is not', async () => {
  const left = join(folder, 'left.sock');
  // Closing would remove it: the socket is left as by a process that was killed.
  const killed = createServer();
  await new Promise<void>((resolve) => killed.listen(`${left}.moved`, resolve));
  renameSync(`${left}.moved`, left);
  await new Promise((resolve) => killed.close(resolve));
  const gate = await start('left', { listen: { path: left } });
  expect(await reasonAt(`unix:${left}`, 'example.cn')).toBe('filed_here');
  await expect(start('second', { listen: { path: left } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect(await reasonAt(`unix:${left}`, 'example.cn')).toBe('filed_here');
  await gate.close();
  const file = join(folder, 'no-socket');
  writeFileSync(file, 'something of somebody');
  await expect(start('third', { listen: { path: file } })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('a thread that cannot listen keeps the gate from starting', async () => {
  const path = join(folder, 'taken.sock');
  writeFileSync(`${path}.1`, 'something of somebody');
  await expect(start('taken', { listen: { path }, threads: 2 })).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
