import { linkSync, mkdtempSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { median, whole } from '../shared/figures.ts';
import { usedMs } from '../shared/processes.ts';
import { askedHosts } from './names.ts';
import { type StartedProgram, startProgram } from './start-program.ts';
import { wrk } from './wrk.ts';

/*
 * What 1,000 changes a second cost the gate: requests a second to its /auth without changes and with them, in turn. Arguments: how
 * many names, their snapshot.
 */
const count = Number(process.argv[2]);
const snapshot = process.argv[3] ?? '';
const seconds = Number(process.env.BENCH_SECONDS ?? 3);
const rounds = 7;
const perSecond = 1000;
// Beside the snapshot: a second name for it costs no copy.
const folder = mkdtempSync(join(dirname(snapshot), 'bench-gate-changes-'));
const started: StartedProgram[] = [];

try {
  const snapshotFile = join(folder, 'gate.snapshot');
  linkSync(snapshot, snapshotFile);
  const feeder = await startProgram('change-feeder.ts', `${count}`, snapshot);
  started.push(feeder);
  const gate = await startProgram('gate-server.ts', snapshotFile, feeder.url);
  started.push(gate);
  const applied = async () => {
    const text = await (await fetch(`${gate.url}/metrics`)).text();
    return Number(/^openbeian_gate_changes_applied_total (.*)$/m.exec(text)?.[1]);
  };
  const hosts = askedHosts(count, 100_000).filter((_, place) => place % 3 !== 2);
  const ask = () =>
    wrk(folder, { url: `${gate.url}/auth`, header: 'X-Original-Host', hosts, connections: 64, seconds });
  await ask();
  const found = { without: [] as number[], with: [] as number[] };
  const costUs = { without: [] as number[], with: [] as number[] };
  const p99 = { without: [] as number[], with: [] as number[] };
  let changes = 0;
  for (let round = 0; round < rounds; round += 1) {
    // Who is first changes, so that what the machine does besides meets both alike.
    for (const kind of round % 2 === 0 ? (['without', 'with'] as const) : (['with', 'without'] as const)) {
      await fetch(`${feeder.url}/rate?perSecond=${kind === 'with' ? perSecond : 0}`);
      await sleep(300);
      const [before, usedBefore] = [await applied(), usedMs([gate.pid])];
      const load = await ask();
      if (load.troubles > 0) throw new Error(`${load.troubles} requests failed`);
      found[kind].push(load.perSecond);
      p99[kind].push(load.p99Ms);
      costUs[kind].push((1000 * (usedMs([gate.pid]) - usedBefore)) / (load.perSecond * seconds));
      if (kind === 'with') changes += (await applied()) - before;
    }
  }
  const rate = changes / (rounds * seconds);
  if (rate < 0.9 * perSecond) throw new Error(`only ${whole(rate)} changes a second were applied`);
  const [quiet, busy] = [median(found.without), median(found.with)];
  process.stdout.write(
    `${whole(count)} names, /auth of the gate, 64 connections, median of ${rounds}: ${whole(quiet)} requests/s without changes ` +
      `(p99 ${median(p99.without).toFixed(1)} ms, ${median(costUs.without).toFixed(1)} µs of processor time each), ${whole(busy)} with ` +
      `${whole(rate)} changes/s (p99 ${median(p99.with).toFixed(1)} ms, ${median(costUs.with).toFixed(1)} µs): ` +
      `${((1 - busy / quiet) * 100).toFixed(1)} % less (aim: at most 5)\n`,
  );
} finally {
  for (const { end } of started) end();
  rmSync(folder, { recursive: true });
}
