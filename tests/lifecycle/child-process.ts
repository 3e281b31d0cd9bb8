import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const root = join(import.meta.dirname, '..', '..');
const startWithinMs = 180_000;

/** One `openbeian …` process of a test's own. */
export interface OwnProcess {
  /** The match of the line that said it was ready. */
  readonly ready: RegExpExecArray;
  /** The latest lines of its output, oldest first. */
  readonly said: readonly string[];
  /** Ends it as a power cut would, by its own process id, and waits until it is gone. */
  kill(): Promise<void>;
  /** Ends it in good order. */
  stop(): Promise<void>;
}

/**
 * Starts `openbeian …args` and waits for a line of its output that matches `readyLine`.
 * @throws Error with what it said when it ends or stays silent instead.
 */
export const startOpenbeian = (
  args: readonly string[],
  readyLine: RegExp,
  environment: Readonly<Record<string, string>> = {},
): Promise<OwnProcess> =>
  startProgram([join(root, 'packages', 'cli', 'src', 'main.ts'), ...args], readyLine, environment);

/** As `startOpenbeian`, of any module: its file, then its arguments. */
export async function startProgram(
  command: readonly string[],
  readyLine: RegExp,
  environment: Readonly<Record<string, string>> = {},
  startsLeft = 1,
): Promise<OwnProcess> {
  const child = spawn(process.execPath, command, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };
  const said: string[] = [];
  const ready = await untilReady(child, readyLine, said).catch(async (error: unknown) => {
    const { signalCode } = child;
    await end('SIGKILL');
    // The runtime's own fault, as in scripts/run-tests.ts: the next start is not likely to meet it again.
    if (startsLeft > 0 && (signalCode === 'SIGTRAP' || signalCode === 'SIGSEGV')) return null;
    throw error;
  });
  if (ready === null) return startProgram(command, readyLine, environment, startsLeft - 1);
  return { ready, said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

const mostSaid = 100_000;

async function untilReady(child: ChildProcess, readyLine: RegExp, said: string[]): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${why}:\n${said.slice(-20).join('\n')}`));
    const timer = setTimeout(() => fail(`not ready within ${startWithinMs} ms`), startWithinMs);
    child.once('exit', (code, signal) => fail(`it ended (${signal ?? code})`));
    for (const stream of [child.stdout, child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        said.push(line);
        if (said.length > mostSaid) said.splice(0, mostSaid / 2);
        const match = readyLine.exec(line);
        if (match === null) return;
        clearTimeout(timer);
        resolve(match);
      });
    }
  });
}
