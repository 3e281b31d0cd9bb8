import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { evaluateHost, openOverlay } from '@openbeian/model/gate';
import { open } from 'lmdb';
import { openSnapshotFile } from '../../packages/gate/src/testing/snapshot-files.ts';
import { whole } from '../shared/figures.ts';
import { buildSnapshot } from './build-snapshot.ts';
import { askedHosts, nameOf } from './names.ts';

/*
 * Decisions a second in one thread, by the gate's snapshot (its overlay asked first), by a JS Map and by LMDB, which are asked for
 * every suffix of a host. All answers are compared. Arguments: how many names; optionally, a snapshot that was built with as many.
 * BENCH_PAGES names the pages that memory is in, for the title of the table.
 */
const count = Number(process.argv[2] ?? 1_000_000);
const given = process.argv[3];
const asking = { outsideMainland: false, day: 20_778 };
const rounds = 9;
const folder = mkdtempSync(join(tmpdir(), 'bench-gate-'));
const said = (text: string) => process.stdout.write(`${text}\n`);

try {
  const file = given ?? join(folder, 'gate.snapshot');
  if (given === undefined) {
    const { rowsMs, writeMs } = await buildSnapshot(file, count);
    const megabytes = Math.round(statSync(file).size / 1e6);
    said(`rows taken in ${whole(rowsMs)} ms; file of ${megabytes} MB laid out and written in ${whole(writeMs)} ms`);
  }
  const openedMs = performance.now();
  const opened = await openSnapshotFile(file);
  const { overlay } = openOverlay(new Uint8Array(readFileSync(`${file}.overlay`)).buffer, crc32);
  const table = { ...opened, overlay };
  const firstAnswer = evaluateHost(nameOf(count - 1), table, asking);
  said(`opened, checked and first answer in ${whole(performance.now() - openedMs)} ms (file in the page cache)`);
  if (firstAnswer !== 'filed_here') throw new Error(`first answer: ${firstAnswer}`);

  const before = process.memoryUsage();
  const map = new Map<string, true>();
  for (let number = 0; number < count; number += 1) map.set(nameOf(number), true);
  const after = process.memoryUsage();
  const lmdb = open<Buffer, string>({
    path: join(folder, 'lmdb'),
    noSync: true,
    encoding: 'binary',
    mapSize: 8 * 2 ** 30,
  });
  const one = Buffer.from([1]);
  const names = Array.from({ length: count }, (_, number) => nameOf(number)).sort();
  lmdb.transactionSync(() => {
    for (const name of names) lmdb.putSync(name, one);
  });
  names.length = 0;

  const bySuffix = (has: (name: string) => boolean) => (host: string) => {
    for (let at = 0; at >= 0; at = host.indexOf('.', at) + 1 || -1) if (has(host.slice(at))) return 'filed_here';
    return 'unfiled';
  };
  const hot = table.header.coldIndexOffset - table.header.indexOffset;
  const heap = after.heapUsed - before.heapUsed;
  const ways = [
    {
      name: 'snapshot',
      decide: (host: string) => evaluateHost(host, table, asking),
      bytes: hot / count,
      rates: [] as number[],
      worked: [] as number[],
    },
    {
      name: 'JS Map',
      decide: bySuffix((name) => map.has(name)),
      bytes: heap / count,
      rates: [] as number[],
      worked: [] as number[],
    },
    {
      name: 'LMDB',
      decide: bySuffix((name) => lmdb.doesExist(name)),
      bytes: statSync(join(folder, 'lmdb', 'data.mdb')).size / count,
      rates: [] as number[],
      worked: [] as number[],
    },
  ];
  const hosts = askedHosts(count, 300_000);
  for (const host of hosts) {
    const answers = ways.map(({ decide }) => decide(host));
    if (new Set(answers).size > 1)
      throw new Error(`${host}: ${ways.map(({ name }, at) => `${name} ${answers[at]}`).join(', ')}`);
  }
  // In turn, so that what else the machine does meets all of them.
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ways) {
      let served = 0;
      const [begunMs, usage] = [performance.now(), process.threadCpuUsage()];
      for (const host of hosts) if (way.decide(host) === 'filed_here') served += 1;
      way.rates.push((hosts.length / (performance.now() - begunMs)) * 1000);
      const { user, system } = process.threadCpuUsage(usage);
      way.worked.push((hosts.length / (user + system)) * 1e6);
      if (served < hosts.length / 2) throw new Error(`${way.name} served ${served}`);
    }
  }
  said(`${whole(count)} names, ${whole(hosts.length)} hosts, all answers equal\n`);
  const pages = process.env.BENCH_PAGES ?? 'pages of 4 KiB';
  said(
    `| ${whole(count)} names, one thread, ${pages} | decisions/s, median of ${rounds} | by processor time | best | bytes a name |\n|---|---:|---:|---:|---:|`,
  );
  for (const { name, rates, worked, bytes } of ways) {
    for (const list of [rates, worked]) list.sort((a, b) => a - b);
    const [middle, processor] = [rates, worked].map((list) => whole(list[(rounds - 1) / 2] ?? 0));
    said(`| ${name} | ${middle} | ${processor} | ${whole(rates.at(-1) ?? 0)} | ${bytes.toFixed(1)} |`);
  }
  said(`\nfullest bucket: ${table.header.largestBucket} entries`);
  await lmdb.close();
} finally {
  rmSync(folder, { recursive: true });
}
