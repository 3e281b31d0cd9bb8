import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { linkSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { nameOf } from './names.ts';

/*
 * From the start of the gate's process, with a snapshot on the disk and no control plane, to its first right answer over HTTP;
 * median of seven. Arguments: how many names, their snapshot.
 */
const count = Number(process.argv[2]);
const snapshotFile = process.argv[3] ?? '';
// The gate makes a log beside its snapshot.
const folder = mkdtempSync(join(dirname(snapshotFile), 'bench-gate-start-'));

const cli = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const linked = join(folder, 'gate.snapshot');
linkSync(snapshotFile, linked);
const tookMs: number[] = [];
for (let round = 0; round < 7; round += 1) {
  const port = await freePort();
  const config = join(folder, 'gate.json');
  const listen = { port };
  writeFileSync(
    config,
    JSON.stringify({ listen, controlUrl: 'http://127.0.0.1:9', token: 'token-of-a-gate', snapshotFile: linked }),
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
