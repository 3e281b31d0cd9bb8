import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';

/*
 * What the bench of lines is compared with: `JSON.parse` and `JSON.stringify` of every line of a file and nothing else, on as
 * many threads as asked for, each with its part of the file. `node parse-stringify.ts FILE THREADS`.
 */
interface Part {
  readonly file: string;
  readonly part: number;
  readonly parts: number;
}

if (isMainThread) {
  const [, , file = '', threads = '1'] = process.argv;
  const parts = Number(threads);
  const run = (part: number) =>
    new Promise<void>((resolve, reject) => {
      const data: Part = { file, part, parts };
      new Worker(new URL(import.meta.url), { workerData: data }).on('error', reject).on('exit', () => resolve());
    });
  const started = performance.now();
  await Promise.all(Array.from({ length: parts }, (_, part) => run(part)));
  const { user, system } = process.cpuUsage();
  const seconds = (performance.now() - started) / 1000;
  console.log(JSON.stringify({ seconds, cpuSeconds: (user + system) / 1e6 }));
} else {
  // The main thread starts this file with the part to read.
  readLines(workerData as Part);
}

/** Lines that cross the border of a part are left out, a handful in all. */
function readLines({ file, part, parts }: Part): void {
  const fd = openSync(file, 'r');
  const { size } = fstatSync(fd);
  const to = Math.floor((size / parts) * (part + 1));
  const bytes = Buffer.allocUnsafe(1 << 20);
  let written = 0;
  for (let from = Math.floor((size / parts) * part); from < to; ) {
    const read = readSync(fd, bytes, 0, Math.min(bytes.length, to - from), from);
    const first = from === 0 || parts === 1 || from !== Math.floor((size / parts) * part) ? 0 : bytes.indexOf(0x0a) + 1;
    let end = first;
    for (let next = bytes.indexOf(0x0a, end); next >= 0 && next < read; next = bytes.indexOf(0x0a, end)) {
      written += JSON.stringify(JSON.parse(bytes.toString('utf8', end, next))).length;
      end = next + 1;
    }
    if (end === first) break;
    from += end;
  }
  closeSync(fd);
  if (written === 0) throw new Error(`nothing read from ${file}`);
}
