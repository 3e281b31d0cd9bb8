import { spawnSync } from 'node:child_process';

/** True when this machine has the program. */
export function has(program: string): boolean {
  return spawnSync('which', [program]).status === 0;
}

/** What a program of this machine answers; it fails with what it complained about. */
export function run(program: string, args: readonly string[], input: Uint8Array = Buffer.alloc(0)): Buffer {
  const { status, stdout, stderr } = spawnSync(program, args, { input, maxBuffer: 64 * 1024 * 1024 });
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stderr.toString()}`);
  return stdout;
}
