import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openBaseFile, writeBaseFile } from '@openbeian/gate';
import { createSnapshotBuilder, judgeHost } from '@openbeian/model/gate';
import { askedHosts, nameOf } from './names.ts';

/*
 * npm run bench:gate. Decisions a second in one thread: the gate's table beside a JS Map that is asked for every suffix of a
 * host. All answers are compared. Argument: how many names (1,000,000 unless given).
 */
const count = Number(process.argv[2] ?? 1_000_000);
const asking = { outsideMainland: false, day: 20_778 };

const builder = createSnapshotBuilder({
  sequence: 1,
  builtAtMs: 0,
  provider: 'xingyun',
  region: 'cn-mainland',
  defaultNames: [],
});
const record = { number: '粤ICP备2026000123号-1', accesses: ['xingyun'] };
const buildMs = timeOf(() => {
  for (let number = 0; number < count; number += 1) builder.add({ name: nameOf(number), ...record });
});
const laidOut = builder.layOut(() => ({ k0: 0x9e3779b9, k1: 0x7f4a7c15 }));
const folder = mkdtempSync(join(tmpdir(), 'bench-gate-'));
const file = join(folder, 'gate.snapshot');
const begunMs = performance.now();
await writeBaseFile(file, laidOut);
const writeMs = performance.now() - begunMs;
const openedMs = performance.now();
const table = await openBaseFile(file);
const firstAnswer = judgeHost(nameOf(count - 1), table, asking);
const startMs = performance.now() - openedMs;
rmSync(folder, { recursive: true });
if (firstAnswer !== 'filed_here') throw new Error(`first answer: ${firstAnswer}`);
const { header } = table;
const hotLength = header.coldIndexOffset - header.indexOffset;

const hosts = askedHosts(count, 300_000);
const map = new Map<string, true>();
for (let number = 0; number < count; number += 1) map.set(nameOf(number), true);
const byMap = (host: string) => {
  for (let at = 0; at >= 0; at = host.indexOf('.', at) + 1 || -1) if (map.has(host.slice(at))) return 'filed_here';
  return 'unfiled';
};
const byTable = (host: string) => judgeHost(host, table, asking);
for (const host of hosts) {
  if (byMap(host) !== byTable(host)) throw new Error(`${host}: map ${byMap(host)}, table ${byTable(host)}`);
}

console.log(`${count.toLocaleString('en-US')} names, ${hosts.length} hosts, all answers equal`);
console.log(
  `rows taken in ${Math.round(buildMs)} ms; file of ${Math.round(header.fileLength / 1e6)} MB written in ${Math.round(writeMs)} ms`,
);
console.log(`opened, checked and first answer in ${Math.round(startMs)} ms (file in the page cache)`);
console.log(`bytes in memory a name: ${(hotLength / count).toFixed(1)}; fullest bucket ${header.largestBucket}`);
console.log('| | decisions/s, median of 9 |\n|---|---:|');
for (const [name, decide] of [
  ['table', byTable],
  ['JS Map', byMap],
] as const) {
  let allowed = 0;
  const rates = Array.from({ length: 9 }, () => {
    const ms = timeOf(() => {
      for (const host of hosts) if (decide(host) === 'filed_here') allowed += 1;
    });
    return (hosts.length / ms) * 1000;
  });
  if (allowed === 0) throw new Error('nothing was allowed');
  console.log(`| ${name} | ${Math.round(rates.sort((a, b) => a - b)[4] ?? 0).toLocaleString('en-US')} |`);
}

function timeOf(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}
