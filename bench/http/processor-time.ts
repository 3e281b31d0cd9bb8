import { readFileSync } from 'node:fs';

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A session of PostgreSQL may end between being listed and being read.
    return '';
  }
};

/** Linux counts in hundredths of a second: user and system time of a process, with the children it has outlived. */
function ticksOf(pid: number): number {
  const fields = textOf(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
}

const childrenOf = (pid: number): number[] =>
  textOf(`/proc/${pid}/task/${pid}/children`).trim().split(' ').filter(Boolean).map(Number);

/** Processor time of the process and of PostgreSQL with its sessions, in milliseconds. */
export function processorMs(pid: number, postmaster: number): number {
  return [pid, postmaster, ...childrenOf(postmaster)].reduce((sum, one) => sum + ticksOf(one), 0) * 10;
}
