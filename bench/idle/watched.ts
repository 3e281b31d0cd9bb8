import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { childrenOf, memoryMb, usedMs } from '../shared/processes.ts';

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
  const own = child.pid ?? 0;
  const [pid = own] = childrenOf(own);
  const cpuSeconds = () => usedMs([pid]) / 1000;
  return {
    name,
    startSeconds,
    startCpuSeconds: cpuSeconds(),
    line,
    memory: () => memoryOf(pid),
    cpuSeconds,
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

function memoryOf(pid: number): Memory {
  return {
    residentMb: memoryMb(pid, 'status', 'VmRSS'),
    proportionalMb: memoryMb(pid, 'smaps_rollup', 'Pss'),
    highestMb: memoryMb(pid, 'status', 'VmHWM'),
  };
}
