import { startGate } from '@openbeian/gate';

/** The gate on the snapshot that is named, with a control plane that is not there. It prints its port. */
const gate = await startGate(
  {
    listen: { port: 0 },
    controlUrl: 'http://127.0.0.1:9',
    token: 'bench-bench',
    snapshotFile: process.argv[2] ?? '',
  },
  { log: () => {} },
);
process.stdout.write(`${new URL(gate.url).port}\n`);
