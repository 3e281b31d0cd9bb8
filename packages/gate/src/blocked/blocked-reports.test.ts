import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readHostHeader } from '@openbeian/model/domain-name';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type BlockedReport, BlockedReports } from './blocked-reports.ts';
import { BlockedTally } from './blocked-tally.ts';

let folder: string;
let sent: BlockedReport[];
let isReached: boolean;
let log = vi.fn();
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'openbeian-blocked-'));
  sent = [];
  isReached = true;
  // Of this test alone: what the one before began may still be written.
  log = vi.fn();
});
afterEach(() => rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 20 }));

let runs = 0;
const file = () => join(folder, 'gate.snapshot.blocked');
const start = () =>
  new BlockedReports({
    file: file(),
    newRun: () => `run ${++runs}`,
    async send(report) {
      sent.push(structuredClone(report));
      return isReached;
    },
    log,
  });
const handOver = (hosts: readonly string[], { day = '2026-11-21', isDue = true } = {}) => {
  const tally = new BlockedTally();
  for (const host of hosts) tally.count(readHostHeader(host), host.includes(' ') ? 'malformed_host' : 'unfiled');
  return { batch: tally.takeAll(), day, gate: 'gate 1', isDue };
};
const of = ({ number, day, total, domains }: BlockedReport) => ({ number, day, total, domains });
const domain = (name: string, count: number) => ({ name, reason: 'unfiled', count });

test('names are reported by what would be filed and by host, what is no name as one count', async () => {
  const reports = start();
  const hosts = ['WWW.a.cn:80', 'b.a.cn.', 'www.a.cn', 'localhost', 'a b', 'a b c', '=HYPERLINK("x")'];
  await reports.take(handOver(hosts.slice(0, 3), { isDue: false }));
  expect(sent).toEqual([]);
  await reports.take(handOver(hosts.slice(3, 6)));
  await vi.waitFor(() => expect(sent).toHaveLength(1));
  const [{ run, ...report }] = sent as [BlockedReport];
  expect(report).toEqual({
    gate: 'gate 1',
    number: 1,
    day: '2026-11-21',
    total: 6,
    malformed: 2,
    tooLowBy: 0,
    domains: [domain('a.cn', 3), domain('localhost', 1)],
    hosts: [domain('www.a.cn', 2), domain('b.a.cn', 1), domain('localhost', 1)],
  });
  expect(run).toMatch(/^run/);
});

test('a report is sent again as it was until it is counted, after a restart as well, and the next one has its own number', async () => {
  isReached = false;
  const first = start();
  await first.take(handOver(['a.cn', 'a.cn']));
  await first.take(handOver(['b.cn']));
  await first.close();
  isReached = true;
  const second = start();
  await second.take(handOver(['c.cn']));
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(3));
  await second.take(handOver([]));
  await vi.waitFor(() => expect(sent).toHaveLength(5));
  const day = '2026-11-21';
  const [a, b, c] = [
    { number: 1, day, total: 2, domains: [domain('a.cn', 2)] },
    { number: 2, day, total: 1, domains: [domain('b.cn', 1)] },
    { number: 3, day, total: 1, domains: [domain('c.cn', 1)] },
  ];
  expect(sent.map(of)).toEqual([a, a, a, b, c]);
  expect(new Set(sent.map(({ run }) => run)).size).toBe(1);
});

test('each day is reported by itself, and a week of them waits at most', async () => {
  isReached = false;
  const reports = start();
  for (let day = 10; day < 22; day += 1) await reports.take(handOver([`d${day}.cn`], { day: `2026-11-${day}` }));
  isReached = true;
  sent = [];
  await reports.take(handOver([], { day: '2026-11-22' }));
  await vi.waitFor(() => expect(sent).toHaveLength(8));
  expect(sent.map(({ day, domains }) => [day, domains[0]?.name])).toEqual(
    Array.from({ length: 8 }, (_, nth) => [`2026-11-${nth + 14}`, `d${nth + 14}.cn`]),
  );
  expect(log).toHaveBeenCalledWith('blocked_names_lost', { reports: 1 });
});

test('a file that cannot be read begins another run; one that cannot be written is noted once', async () => {
  writeFileSync(file(), '{"run":');
  const reports = start();
  const kept = folder;
  folder = join(kept, 'gone');
  const unwritable = start();
  folder = kept;
  await reports.take(handOver(['a.cn']));
  await vi.waitFor(() => expect(sent).toMatchObject([{ number: 1, run: `run ${runs}` }]));
  sent = [];
  await unwritable.take(handOver(['a.cn']));
  await unwritable.take(handOver(['b.cn']));
  await vi.waitFor(() => expect(sent.length).toBeGreaterThan(1));
  expect(log.mock.calls).toEqual([['blocked_names_not_written', { code: 'ENOENT' }]]);
});
