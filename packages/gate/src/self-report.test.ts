import { mkdtempSync, rmSync } from 'node:fs';
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

async function start(name?: string) {
  gate = await startGate(
    {
      listen: { port: 0 },
      controlUrl: control.url,
      token: gateToken,
      snapshotFile: join(folder, 'gate.snapshot'),
      waitMs: 50,
      ...(name && { name }),
    },
    { log: () => {}, nowMs: () => Date.parse('2026-11-21T01:00:00.000Z') },
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

test('a name that an operator gave goes as it is, whatever letters it has', async () => {
  await start('广州一号机房');
  await vi.waitFor(() => expect(last()).toMatchObject({ name: '广州一号机房' }), { timeout: 8000 });
});
