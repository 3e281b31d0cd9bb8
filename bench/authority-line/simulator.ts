import { createSimControls, manualClock, startAuthoritySim } from '@openbeian/authority-sim';
import { interfaceClient } from '../../packages/authority-sim/src/testing/interface-client.ts';
import { sampleBaxx, upload } from '../../packages/authority-sim/src/testing/sample-upload.ts';
import { timed } from './ours.ts';

/** As many as a package may have. */
const perPackage = 1_000;

/** A simulated authority at which so many filings wait for their SMS. */
export async function openSimulator(waiting: number) {
  const sim = await startAuthoritySim({ calm: true, clock: manualClock('2026-11-23T01:30:00.000Z'), log: () => {} });
  const client = interfaceClient(sim.url);
  const controls = createSimControls(sim.url);
  let sequence = 0;
  let seed = 1;
  const next = () => {
    seed += 2;
    return sampleBaxx(seed);
  };
  for (let left = waiting; left > 0; left -= perPackage) {
    sequence += 1;
    const Baxx = Array.from({ length: Math.min(left, perPackage) }, next);
    await client.upload(sequence, upload({ XZBA: { Baxx } }));
    sim.tick();
  }
  return {
    /** The steps of one filing in their order, each with how long it took, in milliseconds. */
    async steps(): Promise<Readonly<Record<string, number>>> {
      sequence += 1;
      const data = upload({ XZBA: { Baxx: [next()] } });
      const taken = await timed(() => client.upload(sequence, data));
      const id = `v3-${client.line.unit}-${client.line.province}-${sequence}-1`;
      const confirm = await timed(() => controls.confirmAllSms(id));
      const decide = await timed(() => controls.advanceClock('PT11S'));
      const download = await timed(() => client.download());
      const { fileName } = download.answer;
      if (fileName === null) throw new Error('the verdict did not come');
      const acknowledge = await timed(() => client.acknowledge(fileName));
      const steps = { upload: taken, 'confirm the SMS': confirm, decide, download, acknowledge };
      return Object.fromEntries(Object.entries(steps).map(([step, { ms }]) => [step, ms]));
    },
    close: () => sim.close(),
  };
}
