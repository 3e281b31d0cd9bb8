import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const launcher = fileURLToPath(new URL('./openbeian.mjs', import.meta.url));
/** Every Node that starts says who it is and how it was started. */
const telling = `data:text/javascript,${encodeURIComponent(
  `import { writeSync } from 'node:fs';
   writeSync(2, JSON.stringify({ pid: process.pid, flags: process.execArgv, trim: process.env.MALLOC_TRIM_THRESHOLD_ ?? null }) + '\\n');`,
)}`;

async function started(words: readonly string[]) {
  const env = { ...process.env, NODE_OPTIONS: `--import=${telling}` };
  const child = spawn(process.execPath, [launcher, ...words], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const [said] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  const lines = said.split('\n').filter((line) => line.startsWith('{"pid"'));
  return { pid: child.pid, nodes: lines.map((line) => JSON.parse(line) as object) };
}

const small = ['--max-semi-space-size=16', '--v8-pool-size=2'];

test('a service is the process that was started, with flags for what runs for weeks', async () => {
  for (const words of [
    ['server', '--help'],
    ['worker', '--help'],
    ['start', '--help'],
    ['gate', 'run', '--help'],
  ]) {
    const { pid, nodes } = await started(words);
    expect(nodes.at(-1), words.join(' ')).toEqual({ pid, flags: small, trim: '131072' });
  }
}, 30_000);

test('a command that ends keeps the memory settings of Node', async () => {
  for (const words of [
    ['gate', 'map', '--help'],
    ['check', '--help'],
  ]) {
    const { pid, nodes } = await started(words);
    expect(nodes.at(-1), words.join(' ')).toEqual({ pid, flags: [], trim: null });
  }
}, 30_000);

test('arguments and exit status pass unchanged', () => {
  const run = (...words: string[]) => spawnSync(process.execPath, [launcher, ...words], { encoding: 'utf8' });
  expect(run('number', '京ICP备2024012345号 "-1').stdout).toContain('京ICP备2024012345号 \\"-1');
  expect(run('nosuch').status).toBe(2);
});

/** Takes from the launcher what older releases of Node lack, and ends what it started by a signal. */
const endedBy = (signal: NodeJS.Signals) =>
  `data:text/javascript,${encodeURIComponent(
    `if (process.argv[1]?.endsWith('main.ts')) process.kill(process.pid, '${signal}');
     else Object.defineProperty(process, 'execve', { value: undefined });`,
  )}`;

test.runIf(process.platform !== 'win32')(
  'on an older Node, too, an end by a signal is seen as that',
  async () => {
    for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
      const env = { ...process.env, NODE_OPTIONS: `--import=${endedBy(signal)}` };
      const child = spawn(process.execPath, [launcher, 'number', '--help'], { env, stdio: 'ignore' });
      expect(await once(child, 'exit')).toEqual([null, signal]);
    }
  },
  30_000,
);
