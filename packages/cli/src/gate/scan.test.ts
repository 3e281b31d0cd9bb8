import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { decideHost } from '@openbeian/model/gate';
import { afterAll, expect, test } from 'vitest';
import { scanLog } from './scan.ts';
import { unnamedTexts } from './scan-report.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gate-scan-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, content: string | Buffer) => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const records = write(
  'records.yaml',
  'provider: tencent\nrecords:\n  - { name: example.cn, number: 粤ICP备2026000123号-1, accesses: [tencent] }\n  - { name: moved.cn, number: 京ICP备11018762号-1, accesses: [alibaba] }\n',
);
const run = (args: string[], input: string | Buffer = '') =>
  spawnSync(process.execPath, [main, 'gate', 'scan', '--records', records, ...args], { input, encoding: 'utf8' });

const log = [
  'www.example.cn:80 192.0.2.1 - - [21/Nov/2026:08:00:00 +0800] "GET / HTTP/1.1" 200 100 "-" "a [b] \\"c\\""',
  'shop.other.cn:443 192.0.2.1 - bob [21/Nov/2026:08:00:01 +0800] "GET /x HTTP/1.1" 200 1000 "-" "-"',
  'OTHER.cn 192.0.2.1 - - [21/Nov/2026:07:00:00 +0800] "GET /y HTTP/1.1" 304 -',
  '{"time_iso8601":"2026-11-21T00:00:05Z","host":"moved.cn","body_bytes_sent":"7"}',
  '{"ts":1795219200.5,"request":{"host":"商店.其他.中国"},"size":3}',
  '192.0.2.1 - - [21/Nov/2026:08:00:00 +0800] "GET http://proxied.cn/ HTTP/1.1" 200 5',
  '192.0.2.1 - - [21/Nov/2026:08:00:00 +0800] "GET / HTTP/1.1" 200 5',
  '{"host":',
  '',
  'bad..name',
].join('\n');

test('lines of all formats, grouped by registrable name, most requests first, with what could not be read', () => {
  const { stdout, stderr, status } = run(['--json', '-', '--lang', 'en'], log);
  const { totals, names } = JSON.parse(stdout);
  expect(totals).toEqual({
    lines: 10,
    requests: 7,
    bytes: 1115,
    byReason: { filed_here: 1, unfiled: 4, access_missing: 1, malformed_host: 1 },
    malformedLines: 2,
    firstMalformed: [7, 8],
    beyondLimit: 0,
  });
  expect(names[0]).toEqual({
    name: 'other.cn',
    outcome: 'block',
    reason: 'unfiled',
    requests: 2,
    bytes: 1000,
    share: 2 / 7,
    hosts: ['shop.other.cn:443', 'OTHER.cn'],
    firstSeenAt: '2026-11-20T23:00:00.000Z',
    lastSeenAt: '2026-11-21T00:00:01.000Z',
  });
  expect(names.map((name: { name: string }) => name.name).sort()).toEqual(
    ['moved.cn', 'other.cn', 'proxied.cn', '其他.中国', null].sort(),
  );
  expect(stderr).toContain('skipped 2 lines that name no host; the first: 7, 8');
  expect(stderr).toContain('  line 7: 192.0.2.1 - - [21/Nov/2026:08:00:00 +0800] "GET / HTTP/1.1" 200 5');
  expect(stderr).toContain('warning: 22.22 % of the lines name no host');
  expect(status).toBe(3);
});

test.each([
  ['a list', 'shop.other.cn', 0, null],
  ['a list, with port', 'other.cn:8080', 0, null],
  [
    'nginx: $host before combined',
    'other.cn 192.0.2.1 - - [21/Nov/2026:08:00:00 +0800] "GET / HTTP/1.1" 200 612 "-" "curl/8"',
    612,
    '2026-11-21T00:00:00.000Z',
  ],
  [
    'Apache: vhost_combined',
    'other.cn:443 192.0.2.1 - - [21/Nov/2026:00:00:00 +0000] "GET / HTTP/2.0" 200 - "-" "-"',
    0,
    '2026-11-21T00:00:00.000Z',
  ],
  [
    'a forward proxy’s common',
    '192.0.2.1 - - [21/Nov/2026:08:00:00 +0800] "GET http://other.cn/a?b HTTP/1.1" 200 5',
    5,
    '2026-11-21T00:00:00.000Z',
  ],
  [
    'JSON of nginx',
    '{"time_iso8601":"2026-11-21T08:00:00+08:00","http_host":"other.cn","body_bytes_sent":"7"}',
    7,
    '2026-11-21T00:00:00.000Z',
  ],
  ['JSON of Caddy', '{"ts":1795219200.5,"request":{"host":"other.cn:443"},"size":3}', 3, '2026-11-21T00:00:00.500Z'],
  [
    'HAProxy: httplog with the host captured',
    'Nov 21 08:00:00 lb haproxy[14389]: 192.0.2.1:33317 [21/Nov/2026:08:00:00.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 {www.other.cn|curl} {} "GET /index.html HTTP/1.1"',
    2750,
    '2026-11-21T00:00:00.000Z',
  ],
  [
    'HAProxy: HTTP/2, nothing captured',
    '192.0.2.1:33317 [21/Nov/2026:08:00:00.655] http-in~ static/<NOSRV> -1/-1/-1/-1/109 403 +190 - - PR-- 1/1/0/0/0 0/0 "GET https://other.cn/ HTTP/2.0"',
    190,
    '2026-11-21T00:00:00.000Z',
  ],
])('%s', async (_, line, bytes, at) => {
  const context = { provider: 'p', defaultNames: new Set<string>(), outsideMainland: false, blockPage: '/b' };
  const decide = (host: string) => decideHost(host, new Map(), context, '2026-11-21');
  const report = await scanLog(write('one', `${line}\n`), 'en', decide);
  expect([...report.names()]).toMatchObject([
    { name: 'other.cn', requests: 1, bytes, firstSeenAt: at, lastSeenAt: at },
  ]);
  // The same line without its host, or cut, is counted as bad and named by its number.
  const bad = await scanLog(write('two', `${line}\n${line.slice(0, 12)} [\n`), 'en', decide);
  expect(bad.totals).toMatchObject({ requests: 1, malformedLines: 1, firstMalformed: [2] });
});

test('an HAProxy line whose host was not captured names none', async () => {
  const line =
    '192.0.2.1:33317 [21/Nov/2026:08:00:00.655] http-in static/srv1 10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0 "GET / HTTP/1.1"';
  await expect(scanLog(write('none', line), 'en', () => expect.unreachable())).rejects.toThrow(
    ':1: no line names a host',
  );
});

test('gzip, a list of hosts, and every form of the report', () => {
  const zipped = write('a.log.gz', gzipSync('other.cn\nwww.other.cn\r\nexample.cn\n'));
  const rows = run(['--format', 'csv', zipped]).stdout.trimEnd().split('\r\n');
  expect(rows[1]).toBe('other.cn,block,unfiled,2,0,0.666667,,,other.cn www.other.cn');
  expect(JSON.parse(run(['--format', 'ndjson', zipped]).stdout)).toMatchObject({ name: 'other.cn', requests: 2 });
  expect(run([zipped, '--lang', 'en']).stdout).toMatch(
    /^read as list, host from the whole line\nrequests[\s\S]*\n2\t66.67%\t0\tunfiled\t-\tother.cn\n3 lines, 3 requests, 1 domain that is not served/,
  );
  const formula = run(['--format', 'csv', '-'], '{"host":"=cmd()"}\n{"host":"example.cn"}\n').stdout;
  expect(formula).toContain(",'=cmd()");
});

test('bad input exits 1 and says where', () => {
  for (const [args, input, said] of [
    [['-'], '192.0.2.1 - - [x] "GET / HTTP/1.1" 200 5\n', '-:1: no line names a host'],
    [[join(folder, 'missing')], '', 'missing:1: cannot be read'],
    [[write('cut.gz', gzipSync('other.cn\n'.repeat(100)).subarray(0, 25))], '', 'cannot be read'],
  ] as const) {
    const { status, stderr, stdout } = run([...args, '--lang', 'en'], input);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(said);
  }
  expect(run(['-'], '').status).toBe(0);
  expect(run(['-', '--top', '0']).status).toBe(2);
});

test('names from strangers do not fill the memory: beyond the limit they are counted together', async () => {
  const file = write(
    'many',
    Array.from({ length: 50 }, (_, index) => `n${index}.cn`).join('\n') + '\n' + 'x'.repeat(200_000),
  );
  const context = { provider: 'p', defaultNames: new Set<string>(), outsideMainland: false, blockPage: '/b' };
  const report = await scanLog(file, 'en', (host) => decideHost(host, new Map(), context, '2026-11-21'), { limit: 10 });
  expect([report.nameCount, report.totals.beyondLimit, report.totals.requests]).toEqual([10, 41, 51]);
});

const context = { provider: 'p', defaultNames: new Set<string>(), outsideMainland: false, blockPage: '/b' };
const decide = (host: string) => decideHost(host, new Map(), context, '2026-11-21');

const machine = '{"time":"2026-11-21T10:00:00+08:00","host":"192.168.10.200","url":"/"}\n';
test.each([
  [{}, machine, 'read as JSON, host from host, which holds no domain'],
  [{ format: '$remote_addr "$host" $status' }, 'other.cn 200\n', 'no line names a host when read by the given'],
  [{ format: '$remote_addr $status' }, 'x\n', 'has no field for the asked host'],
  [{ format: 'nginks' }, 'x\n', '--format: "nginks" is not known; expected nginx, apache'],
  [{ field: 'asked' }, machine, 'no line names a host when read by the given'],
])('a log without any domain is refused, and so is a format that does not fit: %j', async (options, input, said) => {
  await expect(scanLog(write('none', input), 'en', decide, options)).rejects.toThrow(said);
});

test('empty values name no host; up to one in a hundred is said, more are a warning and exit status 3', async () => {
  const line = (host: string) =>
    `{"time":"2026-11-21T10:00:00+08:00","http_host":"${host}","host":"web01","status":200}\n`;
  const few = await scanLog(
    write('few', line('other.cn').repeat(990) + line('-').repeat(5) + line('').repeat(5)),
    'en',
    decide,
  );
  expect(few.unnamed).toMatchObject({ share: 0.01, examples: [{ line: 991 }, { line: 992 }, { line: 993 }] });
  expect(unnamedTexts(few, 'en')).toHaveLength(4);
  expect(unnamedTexts(few, 'zh')[0]).toBe('10 行读不出域名（1.00%），例如：');
  const more = run(['-', '--json'], line('other.cn').repeat(98) + line('-').repeat(2));
  expect(more.status).toBe(3);
  expect(JSON.parse(more.stdout)).toMatchObject({
    readAs: [{ format: 'JSON', host: { en: 'http_host' }, lines: 100 }],
    unnamed: { share: 0.02, examples: [{ line: 99 }, { line: 100 }] },
    totals: { requests: 98, malformedLines: 2 },
  });
});

test('a format that begins in the middle of a log is recognised as well', async () => {
  const combined = 'other.cn 192.0.2.1 - - [21/Nov/2026:08:00:00 +0800] "GET / HTTP/1.1" 200 612 "-" "curl/8"\n';
  const json = '{"time_iso8601":"2026-11-21T08:00:00+08:00","http_host":"third.cn","body_bytes_sent":"7"}\n';
  const report = await scanLog(write('both', combined.repeat(900) + json.repeat(700)), 'en', decide);
  expect([...report.names()].map(({ name, requests }) => [name, requests])).toEqual([
    ['other.cn', 900],
    ['third.cn', 700],
  ]);
  expect(report.readAs.map(({ lines }) => lines)).toEqual([900, 700]);
});

test('followed, a log says new names as it grows and is replaced, and what it was in the end', async () => {
  const file = write('grows.log', 'other.cn\n');
  const child = spawn(process.execPath, [main, 'gate', 'scan', '--records', records, '--follow', file, '--lang', 'en']);
  let out = '';
  child.stdout.on('data', (data: Buffer) => {
    out += data.toString();
  });
  const ended = once(child, 'exit');
  await expect.poll(() => out, { timeout: 30_000 }).toContain('unfiled\tother.cn\tother.cn\n');
  appendFileSync(file, 'www.example.cn\nwww.third.cn\n');
  await expect.poll(() => out, { timeout: 10_000 }).toContain('unfiled\tthird.cn\twww.third.cn\n');
  renameSync(file, `${file}.1`);
  writeFileSync(file, 'fourth.cn\n');
  await expect.poll(() => out, { timeout: 10_000 }).toContain('unfiled\tfourth.cn\tfourth.cn\n');
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(out).toMatch(/\nread as list, host from the whole line\n[\s\S]*4 lines, 4 requests, 3 domains/);
}, 60_000);

test('standard input that goes on is followed to its end', () => {
  const { stdout, status } = run(['--follow', '--format', 'ndjson', '-'], 'other.cn\nexample.cn\n');
  expect(status).toBe(0);
  const [first, last] = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(first).toEqual({ name: 'other.cn', outcome: 'block', reason: 'unfiled', host: 'other.cn' });
  expect(last).toMatchObject({ name: 'other.cn', requests: 1 });
});
