import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type RunningGate, startGate } from './index.ts';
import { gateToken, snapshotBody, startTestControlPlane, type TestControlPlane } from './testing/test-control-plane.ts';

let folder: string;
let control: TestControlPlane;
let gate: RunningGate | null = null;
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  folder = mkdtempSync(join(tmpdir(), 'openbeian-report-'));
  control = await startTestControlPlane();
  control.publish(snapshotBody(10, ['a.cn']));
});
afterEach(async () => {
  vi.useRealTimers();
  await gate?.close();
  await control.close();
  rmSync(folder, { recursive: true });
});

/** There is a snapshot to decide by. */
const decides = (url: string) =>
  vi.waitFor(async () => expect((await fetch(`${url}/readyz`)).status).toBe(200), { timeout: 8000 });

async function start(name?: string, threads = 1) {
  gate = await startGate(
    {
      listen: { port: 0 },
      controlUrl: control.url,
      token: gateToken,
      snapshotFile: join(folder, 'gate.snapshot'),
      waitMs: 50,
      threads,
      ...(name && { name }),
    },
    // Threads beside the main one have the clock of the machine: all have the same one.
    { log: () => {}, nowMs: threads > 1 ? Date.now : () => Date.parse('2026-11-21T01:00:00.000Z') },
  );
  return gate;
}
const last = () => JSON.parse(control.asked.at(-1)?.said ?? 'null') as Record<string, unknown>;

test('a gate says with each question which it is, its release and how it has decided, never a host', async () => {
  const { url } = await start();
  await vi.waitFor(() => expect(control.asked.length).toBeGreaterThan(1), { timeout: 8000 });
  const about = {
    name: `${hostname()}:${new URL(url).port}`,
    version: expect.stringMatching(/^\d+\.\d+/),
    startedAt: '2026-11-21T01:00:00.000Z',
  };
  expect(last()).toEqual({ ...about, decisions: [] });
  for (const host of ['a.cn', 'www.a.cn', 'other.cn'])
    await fetch(`${url}/auth`, { headers: { 'x-original-host': host } });
  vi.advanceTimersByTime(10_000);
  const decisions = [
    { outcome: 'allow', reason: 'filed_here', count: 2 },
    { outcome: 'block', reason: 'unfiled', count: 1 },
  ];
  await vi.waitFor(() => expect(last()).toEqual({ ...about, decisions }), { timeout: 8000 });
  expect(control.asked.map(({ said }) => said).join()).not.toContain('other.cn');
});

test('the names that were blocked are reported once a minute, and what is left when the gate ends at its next start', async () => {
  const { url } = await start();
  const ask = async (host: string) => fetch(`${url}/auth`, { headers: { 'x-original-host': host } });
  await decides(url);
  control.blocked.isCounted = false;
  for (const host of ['a.cn', 'www.other.cn', 'other.cn', '-.cn']) await ask(host);
  vi.advanceTimersByTime(60_000);
  const first = {
    number: 1,
    day: '2026-11-21',
    total: 3,
    malformed: 1,
    domains: [{ name: 'other.cn', reason: 'unfiled', count: 2 }],
  };
  await vi.waitFor(() => expect(control.blocked.reports).toMatchObject([first]), { timeout: 8000 });
  await ask('late.cn');
  await gate?.close();
  control.blocked.isCounted = true;
  await start();
  vi.advanceTimersByTime(60_000);
  const second = { number: 2, total: 1, hosts: [{ name: 'late.cn', reason: 'unfiled', count: 1 }] };
  await vi.waitFor(() => expect(control.blocked.reports).toMatchObject([first, first, second]), { timeout: 8000 });
  expect(new Set(control.blocked.reports.map(({ run }) => run)).size).toBe(1);
});

test('what threads beside the main one have blocked is on the disk when the gate has ended', async () => {
  const { url } = await start(undefined, 3);
  await decides(url);
  const { hostname: host, port } = new URL(url);
  // Each over a connection of its own, which any of the threads may get; not all of them have the snapshot at once.
  const ask = () =>
    new Promise<boolean>((resolve) => {
      get({ host, port, path: '/auth', headers: { host: 'other.cn' }, agent: false }, ({ headers }) =>
        resolve(headers['x-openbeian-reason'] === 'unfiled'),
      );
    });
  let blocked = 0;
  while (blocked < 40) blocked += (await ask()) ? 1 : 0;
  await gate?.close();
  const saved = JSON.parse(readFileSync(join(folder, 'gate.snapshot.blocked'), 'utf8')) as object;
  expect(saved).toMatchObject({ waiting: [{ total: 40, domains: [{ name: 'other.cn', count: 40 }] }] });
});

test('a name that an operator gave goes as it is, whatever letters it has', async () => {
  await start('广州一号机房');
  await vi.waitFor(() => expect(last()).toMatchObject({ name: '广州一号机房' }), { timeout: 8000 });
});
