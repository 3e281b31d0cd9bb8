import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** A program of this folder that listens. */
export interface StartedProgram {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  end(): void;
}

/** Starts a script of this folder; resolves when it has printed its port. */
export async function startProgram(script: string, ...args: string[]): Promise<StartedProgram> {
  const child = spawn(process.execPath, [fileURLToPath(new URL(script, import.meta.url)), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer]; // what a pipe gives
  const port = Number(line);
  return { url: `http://127.0.0.1:${port}`, port, pid: child.pid ?? 0, end: () => child.kill('SIGTERM') };
}
