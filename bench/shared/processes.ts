import { readdirSync, readFileSync } from 'node:fs';

/** What Linux says of a process in `/proc/PID/stat`, from its state on: the name before that may hold anything. */
export function statOf(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
}

/** Processor time that processes have used, of all their threads, in milliseconds; the kernel counts in steps of ten. */
export function usedMs(pids: readonly number[]): number {
  return pids.map(statOf).reduce((sum, fields) => sum + 10 * (Number(fields[11]) + Number(fields[12])), 0);
}

/** A figure of a process's memory, in MB: `Pss` of `smaps_rollup`, `VmRSS` of `status`. */
export function memoryMb(pid: number, file: 'smaps_rollup' | 'status', name: string): number {
  const text = readFileSync(`/proc/${pid}/${file}`, 'utf8');
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(text)?.[1] ?? 0) / 1024;
}

/** Processes that any thread of this one has started and that have not ended. */
export function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readFileSync(`/proc/${pid}/task/${thread}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
  );
}
