import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** One time for several processes: that of the machine, moved by what a file says. */
export interface LineClock {
  now(): string;
  nowMs(): number;
  /** Moves it forward, for everybody who reads the file. */
  advance(byMs: number): void;
}

/** Opens the clock of a file; with `startAt` it begins there. */
export function openLineClock(file: string, startAt?: string): LineClock {
  /** Of who moves it; the others read it. */
  let own: number | null = null;
  const write = (offsetMs: number) => {
    own = offsetMs;
    // Whole at every moment, since others read it meanwhile.
    writeFileSync(`${file}.next`, String(offsetMs));
    renameSync(`${file}.next`, file);
  };
  if (startAt !== undefined) write(Date.parse(startAt) - Date.now());
  const offsetMs = () => own ?? Number(readFileSync(file, 'utf8'));
  const nowMs = () => Date.now() + offsetMs();
  return {
    nowMs,
    now: () => new Date(nowMs()).toISOString(),
    advance: (byMs) => write(offsetMs() + byMs),
  };
}
