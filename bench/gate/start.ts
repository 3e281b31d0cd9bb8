import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { writeBaseFile } from '@openbeian/gate';
import { createSnapshotBuilder } from '@openbeian/model/gate';
import { nameOf } from './names.ts';

/*
 * npm run bench:gate:start -- [NAMES] [SNAPSHOT]. From the start of the gate's process, with a snapshot on the disk and no control
 * plane, to its first right answer over HTTP; median of seven. SNAPSHOT is a file to keep and use again.
 */
const count = Number(process.argv[2] ?? 1_000_000);
const folder = mkdtempSync(join(tmpdir(), 'bench-gate-start-'));
const snapshotFile = process.argv[3] ?? join(folder, 'gate.snapshot');
if (!existsSync(snapshotFile)) {
  const about = {
    sequence: 1,
    builtAtMs: Date.now(),
    provider: 'xingyun',
    region: 'cn-mainland',
    defaultNames: [],
  } as const;
  const builder = createSnapshotBuilder(about);
  const record = { number: '粤ICP备2026000123号-1', accesses: ['xingyun'] };
  for (let number = 0; number < count; number += 1) builder.add({ name: nameOf(number), ...record });
  await writeBaseFile(
    snapshotFile,
    builder.layOut(() => ({ k0: 0x9e3779b9, k1: 0x7f4a7c15 })),
  );
}

const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const tookMs: number[] = [];
for (let round = 0; round < 7; round += 1) {
  const port = await freePort();
  const config = join(folder, 'gate.json');
  const listen = { port };
  writeFileSync(
    config,
    JSON.stringify({ listen, controlUrl: 'http://127.0.0.1:9', token: 'token-of-a-gate', snapshotFile }),
  );
  const begunMs = performance.now();
  const gate = spawn(process.execPath, [cli, 'gate', 'run', '--config', config], { stdio: 'ignore' });
  tookMs.push((await firstAnswer(`http://127.0.0.1:${port}/auth`, gate)) - begunMs);
  gate.kill('SIGTERM');
  await once(gate, 'exit');
}
rmSync(folder, { recursive: true });
tookMs.sort((a, b) => a - b);
const [fastest, median, slowest] = [tookMs[0], tookMs[3], tookMs[6]].map((ms) => Math.round(ms ?? 0));
console.log(`${count.toLocaleString('en-US')} names: first answer after ${median} ms (${fastest} to ${slowest})`);

/** When the gate first said, rightly, that the last name is served. */
async function firstAnswer(url: string, gate: ChildProcess): Promise<number> {
  for (;;) {
    if (gate.exitCode !== null) throw new Error(`the gate ended with ${gate.exitCode}`);
    const headers = { 'x-original-host': `www.${nameOf(count - 1)}` };
    const answer = await fetch(url, { headers }).catch(() => null);
    if (answer !== null) {
      const reason = answer.headers.get('x-openbeian-reason');
      if (reason !== 'filed_here') throw new Error(`the first answer was ${reason}`);
      return performance.now();
    }
    await sleep(5);
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, 'close');
  return port;
}
