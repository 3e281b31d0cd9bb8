import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test, vi } from 'vitest';
import { gateToken, snapshotBody, startTestControlPlane } from '../../packages/gate/src/testing/test-control-plane.ts';

/*
 * A gate's process is killed (SIGKILL) while changes come, again and again, and started without its control plane each time: it knows
 * every change that it ever decided by, and what it knows is a whole beginning of the history, nothing else.
 * OPENBEIAN_GATE_KILLS=50 for more.
 */
const kills = Number(process.env.OPENBEIAN_GATE_KILLS ?? 3);
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'openbeian-killed-gate-'));
const running: ChildProcess[] = [];
afterAll(() => {
  for (const gate of running) gate.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

async function runGate(controlUrl: string) {
  const config = join(folder, 'gate.json');
  const where = { controlUrl, token: gateToken, snapshotFile: join(folder, 'gate.snapshot') };
  // Also while a newer snapshot takes the place of the old one.
  writeFileSync(config, JSON.stringify({ listen: { port: 0 }, ...where, renewAfterChanges: 200 }));
  const child = spawn(process.execPath, [main, 'gate', 'run', '--config', config], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  running.push(child);
  let said = '';
  const port = await new Promise<number>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      said += chunk.toString('utf8');
      const line = said.split('\n').find((one) => one.includes('"gate_listening"'));
      if (line !== undefined) resolve(JSON.parse(line).port);
    });
  });
  const explain = async (host: string) =>
    (await (await fetch(`http://127.0.0.1:${port}/explain?host=${host}`)).json()) as {
      reason: string;
      snapshot: { version: number } | null;
    };
  return {
    explain,
    version: async () => (await explain('x.cn')).snapshot?.version ?? 0,
    async kill() {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
  };
}

test('what a killed gate decided by is known to the next one, which has no control plane', {
  timeout: 600_000,
}, async () => {
  const control = await startTestControlPlane();
  control.publish(snapshotBody(0, []));
  // Change n is of name n modulo 40: filed or gone, in turn.
  const states = (sequence: number) => {
    const reasons = new Map<string, string>();
    for (let number = 1; number <= sequence; number += 1) {
      reasons.set(`n${number % 40}.cn`, Math.floor(number / 40) % 2 === 0 ? 'filed_here' : 'unfiled');
    }
    return reasons;
  };
  let told = 0;
  const tell = () => {
    const changes = Array.from({ length: 7 }, () => {
      told += 1;
      const name = `n${told % 40}.cn`;
      const isFiled = Math.floor(told / 40) % 2 === 0;
      return { name, exact: false, record: isFiled ? { name, number: 'x', accesses: ['xingyun'] } : null };
    });
    control.change(...changes);
  };
  for (let round = 0; round < kills; round += 1) {
    const gate = await runGate(control.url);
    await vi.waitFor(async () => expect(await gate.version()).toBe(told), { timeout: 20_000, interval: 50 });
    const telling = setInterval(tell, 10);
    await sleep(400 + Math.random() * 600);
    const known = await gate.version();
    await sleep(Math.random() * 120);
    await gate.kill();
    clearInterval(telling);
    const alone = await runGate('http://127.0.0.1:9');
    const version = await alone.version();
    expect(version).toBeGreaterThanOrEqual(known);
    expect(version).toBeLessThanOrEqual(told);
    for (const [name, reason] of states(version)) expect((await alone.explain(name)).reason, name).toBe(reason);
    await alone.kill();
  }
  expect(told).toBeGreaterThan(100);
  await control.close();
});
