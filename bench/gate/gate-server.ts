import { startGate } from '@openbeian/gate';

/**
 * The gate on the snapshot that is named, with this control plane or with one that is not there (`-`), in so many threads, on a Unix socket
 * where one is named. It prints its port.
 */
const [snapshotFile = '', controlUrl = '-', threads = '1', path] = process.argv.slice(2);
const gate = await startGate(
  {
    listen: path === undefined ? { port: 0 } : { path },
    threads: Number(threads),
    controlUrl: controlUrl === '-' ? 'http://127.0.0.1:9' : controlUrl,
    token: 'bench-bench',
    snapshotFile,
  },
  { log: () => {} },
);
process.stdout.write(`${path === undefined ? new URL(gate.url).port : 0}\n`);
