import { startGate } from '@openbeian/gate';

/** The gate on the snapshot that is named, with this control plane or with one that is not there. It prints its port. */
const gate = await startGate(
  {
    listen: { port: 0 },
    controlUrl: process.argv[3] ?? 'http://127.0.0.1:9',
    token: 'bench-bench',
    snapshotFile: process.argv[2] ?? '',
  },
  { log: () => {} },
);
process.stdout.write(`${new URL(gate.url).port}\n`);
