import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { decideHost, indexGateRecords } from '@openbeian/model/gate';
import { afterAll, expect, test } from 'vitest';
import { scanLog } from '../scan.ts';

const fixture = (name: string) => fileURLToPath(new URL(`./testdata/${name}`, import.meta.url));
const records = indexGateRecords([{ name: 'shop-example.cn', number: '粤ICP备2026000123号-1', accesses: ['p'] }]);
const context = { provider: 'p', defaultNames: new Set<string>(), outsideMainland: false, blockPage: '/b' };
const decide = (host: string) => decideHost(host, records, context, '2026-11-21');

const folder = mkdtempSync(join(tmpdir(), 'log-formats-'));
afterAll(() => rmSync(folder, { recursive: true }));
function write(name: string, content: string | Buffer): string {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
}

/** Every file has the same six requests: of a filed name twice, of an unfiled one twice, of another one, of an address. */
const files: readonly (readonly [file: string, format: string, host: string])[] = [
  ['nginx-host-first.txt', 'nginx / Apache combined, host first', '$host, $request'],
  ['nginx-host-last.txt', 'columns', 'column 11'],
  ['nginx-quoted-first.txt', 'columns', 'column 1'],
  ['nginx-pipes.txt', 'columns (|)', 'column 4'],
  ['nginx-json.txt', 'nginx JSON', 'http_host'],
  ['apache-given.txt', 'columns', 'column 11'],
  ['apache-vhost-combined.txt', 'nginx / Apache combined, host first', '$host, $request'],
  ['caddy.txt', 'Caddy JSON', 'request.host, request.tls.server_name'],
  ['traefik.txt', 'Traefik JSON', 'RequestHost, RequestAddr'],
  ['envoy.txt', 'Envoy', '%REQ(:AUTHORITY)%'],
  ['istio.txt', 'Envoy (Istio)', '%REQ(:AUTHORITY)%'],
  ['envoy-json.txt', 'Envoy JSON', 'authority'],
  ['haproxy-httplog.txt', 'HAProxy httplog (syslog)', '{host|…}, %r, SNI'],
  ['haproxy-httpslog.txt', 'HAProxy httplog', '{host|…}, %r, SNI'],
  ['iis.txt', 'IIS W3C', 'cs-host'],
  ['cloudfront.txt', 'CloudFront W3C', 'x-host-header'],
  ['alibaba-slb.txt', 'Alibaba SLB JSON', 'http_host'],
  ['alibaba-alb.txt', 'Alibaba ALB JSON', 'http_host, host'],
  ['tencent-clb.txt', 'Tencent CLB', '$http_host, $server_name, $request'],
  ['huawei-elb.txt', 'Huawei ELB', '$request'],
  ['volcengine-clb.txt', 'columns', 'column 10'],
  ['alibaba-cdn.txt', 'Alibaba CDN', '$request'],
  ['huawei-cdn.txt', 'Huawei CDN', '$host'],
  ['huawei-cdn-json.txt', 'Huawei CDN JSON', 'domain'],
  ['tencent-cdn.txt', 'Tencent CDN', '$host'],
  ['volcengine-cdn.txt', 'Volcengine CDN', '$host'],
  ['docker.txt', 'columns (docker)', 'column 10'],
  ['containerd.txt', 'nginx JSON (containerd)', 'http_host'],
  ['filebeat.txt', 'nginx / Apache combined, host first (JSON message)', '$host, $request'],
  ['aws-alb.txt', 'AWS ALB', '$request'],
  ['aws-elb.txt', 'AWS ELB', '$request'],
  ['squid.txt', 'Squid', '$url'],
  ['logfmt.txt', 'key=value', 'host'],
  ['list.txt', 'list', 'the whole line'],
  ['heading.csv', 'CSV', 'domain'],
];

test.each(files)('%s is read as %s', async (file, format, host) => {
  const report = await scanLog(fixture(file), 'en', decide);
  expect(report.readAs.map((it) => [it.format, it.host.en])).toEqual([[format, host]]);
  expect(report.totals).toMatchObject({
    requests: 6,
    malformedLines: 0,
    byReason: { filed_here: 2, unfiled: 3, exempt_ip_literal: 1 },
  });
  const isList = file.startsWith('list') || file.endsWith('.csv');
  const names = [...report.names()].map(({ name, requests, bytes, firstSeenAt }) => ({
    name,
    requests,
    bytes,
    firstSeenAt,
  }));
  expect(names).toEqual([
    {
      name: 'unknown-example.cn',
      requests: 2,
      bytes: isList ? 0 : 612,
      firstSeenAt: isList ? null : expect.stringMatching(/^2026-11-21T02:00:01/),
    },
    {
      name: 'other-example.com',
      requests: 1,
      bytes: isList ? 0 : 153,
      firstSeenAt: isList ? null : expect.stringMatching(/^2026-11-21T02:00:03/),
    },
  ]);
});

test('every fixture is read by a test', () => {
  expect(
    readdirSync(fixture(''))
      .filter((file) => file !== 'SOURCE.md')
      .sort(),
  ).toEqual(files.map(([file]) => file).sort());
});

const bytesOf = (file: string) => readFileSync(fixture(file));

test.each([
  ['gzip', gzipSync(bytesOf('nginx-host-first.txt'))],
  ['Zstandard', zstdCompressSync(bytesOf('nginx-host-first.txt'))],
  ['lines of Windows', Buffer.from(bytesOf('iis.txt').toString().replaceAll('\n', '\r\n'))],
])('%s', async (_, content) => {
  const report = await scanLog(write('log', content), 'en', decide);
  expect(report.totals).toMatchObject({ requests: 6, malformedLines: 0, byReason: { filed_here: 2, unfiled: 3 } });
});

test.each([
  [
    'nginx-host-last.txt',
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for" "$host" $request_time $upstream_addr',
    '$host, $request',
  ],
  [
    'nginx-host-last.txt',
    `log_format main '$remote_addr - $remote_user [$time_local] "$request" '\n  '$status $body_bytes_sent "$http_referer" "$http_user_agent" "$http_x_forwarded_for" "$host"';`,
    '$host, $request',
  ],
  ['nginx-pipes.txt', '$remote_addr|$time_iso8601|$request_method|$host|$uri|$status|$body_bytes_sent', '$host'],
  ['nginx-json.txt', '{"time_local":"$time_local","host":"$server_addr","http_host":"$http_host"}', 'http_host'],
  [
    'apache-vhost-combined.txt',
    'LogFormat "%v:%p %h %l %u %t \\"%r\\" %>s %O \\"%{Referer}i\\" \\"%{User-Agent}i\\"" vhost_combined',
    '%v, %r',
  ],
  ['apache-given.txt', '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i" %{HOSTNAME}e %V %D', '%V, %r'],
  [
    'envoy.txt',
    '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% %BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" "%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%"\\n',
    '%REQ(:AUTHORITY)%',
  ],
  [
    'haproxy-httpslog.txt',
    '%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %{+Q}r %[fc_err]/%[ssl_fc_err,hex]/%[ssl_c_err]/%[ssl_c_ca_err]/%[ssl_fc_is_resumed] %[ssl_fc_sni]/%sslv/%sslc',
    '%[ssl_fc_sni], %{+Q}r',
  ],
  [
    'haproxy-httplog.txt',
    '%ci:%cp [%tr] %ft %b/%s %TR/%Tw/%Tc/%Tr/%Ta %ST %B %CC %CS %tsc %ac/%fc/%bc/%sc/%rc %sq/%bq %hr %hs %{+Q}r',
    '%hr, %{+Q}r',
  ],
])('%s by the format string of its own proxy', async (file, format, host) => {
  const report = await scanLog(fixture(file), 'en', decide, { format });
  expect(report.readAs.map((it) => it.host.en)).toEqual([host]);
  expect(report.totals).toMatchObject({
    requests: 6,
    bytes: 6051,
    malformedLines: 0,
    byReason: { filed_here: 2, unfiled: 3 },
  });
});

test.each([
  ['nginx-json.txt', undefined, 'upstream_host', 'backend-example.cn'],
  ['apache-given.txt', undefined, '10', 'internal-example.cn'],
  ['apache-given.txt', undefined, '-3', 'internal-example.cn'],
  [
    'nginx-host-last.txt',
    '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "-" "$mine"',
    '$mine',
    'unknown-example.cn',
  ],
  ['iis.txt', 'iis', 'cs-host', 'unknown-example.cn'],
])('%s: the field that was asked for', async (file, format, field, first) => {
  const report = await scanLog(fixture(file), 'en', decide, { field, ...(format === undefined ? {} : { format }) });
  expect([...report.names(1)]).toMatchObject([{ name: first }]);
});

test.each<[string, string[], object]>([
  [
    'JSON with a key `log` of its own is no docker envelope',
    [
      '2026-11-21T02:00:00.1Z stdout F {"log":"access","host":"node-7","domain":"www.unknown-example.cn","status":200}',
      '2026-11-21T02:00:00.2Z stdout F {"log":"access","host":"node-7","domain":"shop-example.cn","status":200}',
    ],
    { readAs: [{ format: 'JSON (containerd)', host: { en: 'domain' } }] },
  ],
  [
    'a CONNECT of Squid',
    [
      '1795226400.123    345 203.0.113.7 TCP_MISS/200 612 GET http://www.unknown-example.cn/a - HIER_DIRECT/198.51.100.4 text/html',
      '1795226401.123    345 203.0.113.7 TCP_TUNNEL/200 6120 CONNECT shop-example.cn:443 - HIER_DIRECT/198.51.100.4 -',
    ],
    { readAs: [{ format: 'Squid', host: { en: '$url' } }], totals: { bytes: 6732 } },
  ],
  [
    'Kong: an instant and sizes below names of its own',
    [
      '{"request":{"url":"https://www.unknown-example.cn:8443/","headers":{"host":"www.unknown-example.cn"},"size":1},"response":{"status":200,"bytes_send":512},"started_at":1795226400000}',
      '{"request":{"url":"https://shop-example.cn/","headers":{"host":"shop-example.cn"},"size":1},"response":{"status":200,"bytes_send":512},"started_at":1795226400000}',
    ],
    { readAs: [{ host: { en: 'request.headers.host, request.url' } }], firstSeenAt: '2026-11-21T02:00:00.000Z' },
  ],
])('%s', async (_, lines, expected) => {
  const { readAs, totals, names } = await scanLog(write('more.log', lines.join('\n')), 'en', decide);
  expect(totals).toMatchObject({ requests: 2, malformedLines: 0, byReason: { filed_here: 1, unfiled: 1 } });
  expect({ readAs, totals, ...[...names()][0] }).toMatchObject(expected);
});

test('a name of a machine beside that of the host is said', async () => {
  const { readAs } = await scanLog(fixture('apache-given.txt'), 'en', decide);
  expect(readAs).toMatchObject([{ host: { en: 'column 11' }, others: [{ en: 'column 10' }] }]);
});

const nginxLines = bytesOf('nginx-host-last.txt').toString();
const inGbk = (text: string, gbk: readonly number[]) => Buffer.concat([Buffer.from(text), Buffer.from(gbk)]);

test.each([
  ['UTF-16 of PowerShell', Buffer.from(`\uFEFF${nginxLines}`, 'utf16le')],
  ['UTF-16 without a mark', Buffer.from(nginxLines, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\uFEFF${nginxLines}`, 'utf16le').swap16()],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${nginxLines}`)],
  ['line ends of old Macs', Buffer.from(nginxLines.replaceAll('\n', '\r'))],
])('%s', async (_, content) => {
  const report = await scanLog(write('encoded.log', content), 'en', decide);
  expect(report.readAs.map((it) => [it.format, it.host.en])).toEqual([['columns', 'column 11']]);
  expect(report.totals).toMatchObject({
    requests: 6,
    bytes: 6051,
    malformedLines: 0,
    byReason: { filed_here: 2, unfiled: 3 },
  });
});

test('a list in GBK, as Chinese Windows writes it', async () => {
  // 域名示例.cn
  const list = inGbk('www.unknown-example.cn\n', [0xd3, 0xf2, 0xc3, 0xfb, 0xca, 0xbe, 0xc0, 0xfd, 0x2e, 0x63, 0x6e]);
  const { names, totals } = await scanLog(write('list.txt', list), 'en', decide);
  expect([...names()].map(({ name }) => name).sort()).toEqual(['unknown-example.cn', '域名示例.cn']);
  expect(totals.malformedLines).toBe(0);
});

test('one stray byte makes no GBK of a list in UTF-8', async () => {
  const list = Buffer.concat([Buffer.from('例子.cn\n中国.cn\n'), Buffer.from([0xe9, 0x74, 0x2e, 0x63, 0x6e, 0x0a])]);
  const { names } = await scanLog(write('stray.txt', list), 'en', decide);
  expect([...names()].map(({ name }) => name)).toEqual(expect.arrayContaining(['例子.cn', '中国.cn']));
});

test('bytes that are no text are lines without a name, not requests', async () => {
  const holes = Buffer.concat([Buffer.from(nginxLines), Buffer.alloc(5000), Buffer.from(`\n${nginxLines}`)]);
  const { totals } = await scanLog(write('holes.log', holes), 'en', decide);
  expect(totals).toMatchObject({ requests: 12, malformedLines: 1 });
  expect(totals.byReason).not.toHaveProperty('malformed_host');
  const program = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919 + (index >> 3)) & 0xff));
  await expect(scanLog(write('program', program), 'en', decide)).rejects.toThrow('no line names a host');
});

test.each([
  ['bzip2', Buffer.from('BZh91AY&SY')],
  ['xz', Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0, 0, 4])],
  ['zip', Buffer.from('PK\x03\x04\x14')],
  ['tar', gzipSync(Buffer.concat([Buffer.from('access.log'.padEnd(257, '\0')), Buffer.from('ustar  \0')]))],
  ['gzip (packed twice)', gzipSync(gzipSync(nginxLines))],
])('what is packed as %s is named, and how to go on', async (form, content) => {
  const scanned = scanLog(write('packed', content), 'en', decide);
  await expect(scanned).rejects.toThrow(`this is ${form}; only gzip and zstd are read`);
});

test('a file with lines of several formats: none is read by the format of another', async () => {
  const mixed = [
    'nginx-quoted-first.txt',
    'nginx-quoted-first.txt',
    'haproxy-httplog.txt',
    'alibaba-cdn.txt',
    'traefik.txt',
  ];
  const { readAs, totals } = await scanLog(write('mixed.log', Buffer.concat(mixed.map(bytesOf))), 'en', decide);
  expect(readAs.map(({ format, lines }) => `${format} ${lines}`).sort()).toEqual([
    'Alibaba CDN 6',
    'HAProxy httplog 6',
    'Traefik JSON 6',
    'columns 12',
  ]);
  expect(totals).toMatchObject({ malformedLines: 0, byReason: { filed_here: 10, unfiled: 15, exempt_ip_literal: 5 } });
});
