import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** Linux counts processor time in hundredths of a second. */
const ticksPerSecond = 100;

/** A process of OpenBeian that is measured. */
export interface Watched {
  readonly name: string;
  /** From its start until it said that it is ready, and the processor time of all its threads until then. */
  readonly startSeconds: number;
  readonly startCpuSeconds: number;
  /** The line that said so. */
  readonly line: string;
  memory(): Memory;
  cpuSeconds(): number;
  close(): Promise<void>;
}

interface Memory {
  readonly residentMb: number;
  /** What is shared with others counts in part. */
  readonly proportionalMb: number;
  readonly highestMb: number;
}

/**
 * Starts `openbeian` of a tree by its launcher and waits until it prints a line that matches.
 * @throws Error when it ends before that
 */
export async function startWatched(
  tree: string,
  { name, words, ready }: { readonly name: string; readonly words: readonly string[]; readonly ready: RegExp },
): Promise<Watched> {
  const startMs = performance.now();
  const child = spawn(process.execPath, [join(tree, 'packages/cli/bin/openbeian.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: tree,
  });
  const line = await firstLine(child, ready);
  const startSeconds = (performance.now() - startMs) / 1000;
  // Launchers of former releases waited for the process that does the work.
  const pid = childOf(child.pid ?? 0) ?? child.pid ?? 0;
  return {
    name,
    startSeconds,
    startCpuSeconds: cpuSecondsOf(pid),
    line,
    memory: () => memoryOf(pid),
    cpuSeconds: () => cpuSecondsOf(pid),
    async close() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

async function firstLine(child: ChildProcess, wanted: RegExp): Promise<string> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error('both are pipes');
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-2000);
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (status) => reject(new Error(`ended with ${status}: ${said}`)));
    const lines = createInterface({ input: stdout });
    lines.on('line', (line) => {
      if (!wanted.test(line)) return;
      // What it prints further is read and dropped.
      lines.close();
      stdout.resume();
      resolve(line);
    });
  });
}

function childOf(pid: number): number | null {
  const threads = readdirSync(`/proc/${pid}/task`);
  const children = threads.map((thread) => readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim());
  const first = children.find((text) => text !== '')?.split(' ')[0];
  return first === undefined ? null : Number(first);
}

function cpuSecondsOf(pid: number): number {
  // After the name, which may hold anything but ends with the last bracket: user and system time are the 12th and 13th.
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

function memoryOf(pid: number): Memory {
  const mb = (file: string, key: string) =>
    Number(new RegExp(`^${key}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1] ?? 0) /
    1024;
  return {
    residentMb: mb('status', 'VmRSS'),
    proportionalMb: mb('smaps_rollup', 'Pss'),
    highestMb: mb('status', 'VmHWM'),
  };
}
