import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { GateRecord } from '@openbeian/model/gate';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type GateConfigInput, type RunningGate, startGate } from './index.ts';
import {
  gateToken,
  snapshotBody,
  snapshotBytes,
  startTestControlPlane,
  type TestControlPlane,
} from './testing/test-control-plane.ts';

let folder: string;
let control: TestControlPlane;
const gates: RunningGate[] = [];
let events: [event: string, fields: object][];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'openbeian-gate-'));
  control = await startTestControlPlane();
  events = [];
});
afterEach(async () => {
  await Promise.all(gates.splice(0).map((gate) => gate.close()));
  await control.close();
  rmSync(folder, { recursive: true });
});

const file = () => join(folder, 'gate.snapshot');
async function start(change: Partial<GateConfigInput> = {}, nowMs?: () => number): Promise<RunningGate> {
  const listen = { port: 0 };
  const gate = await startGate(
    { listen, controlUrl: control.url, token: gateToken, snapshotFile: file(), ...change },
    { log: (_, event, fields) => events.push([event, fields]), ...(nowMs && { nowMs }) },
  );
  gates.push(gate);
  return gate;
}
const explain = async (gate: RunningGate, host: string) =>
  (await (await fetch(`${gate.url}/explain?host=${encodeURIComponent(host)}`)).json()) as Record<string, unknown>;
const reason = async (gate: RunningGate, host: string) => (await explain(gate, host)).reason as string;
const eventually = <T>(check: () => T) => vi.waitFor(check, { timeout: 8000, interval: 20 });
const reachesReason = (gate: RunningGate, host: string, expected: string) =>
  eventually(async () => expect(await reason(gate, host)).toBe(expected));
/** fetch may not choose Host, so this asks as a proxy does. */
function auth(gate: RunningGate, headers: Record<string, string>, path = '/auth') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    get(`${gate.url}${path}`, { headers, agent: false }, (response) => {
      let body = '';
      response.on('data', (chunk) => {
        body += chunk;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    }).on('error', reject);
  });
}
/** One bit is another; `place` counts from the end where negative. */
function flipped(bytes: Uint8Array, place: number): Uint8Array {
  const other = Buffer.from(bytes);
  const at = place < 0 ? other.length + place : place;
  other[at] = (other[at] as number) ^ 1;
  return other;
}
const metric = async (gate: RunningGate, name: string) =>
  new RegExp(`^${name} (.*)$`, 'm').exec(await (await fetch(`${gate.url}/metrics`)).text())?.[1];

describe('following the control plane', () => {
  // A bound on real time: a machine that is busy with other things gets another try.
  test('a change reaches a waiting gate within a second', { retry: 2 }, async () => {
    control.publish(snapshotBody(1, ['example.cn']));
    const gate = await start();
    await reachesReason(gate, 'www.example.cn', 'filed_here');
    expect(await reason(gate, 'new.cn')).toBe('unfiled');
    const begun = performance.now();
    control.publish(snapshotBody(2, ['example.cn', 'new.cn']));
    await reachesReason(gate, 'new.cn', 'filed_here');
    expect(performance.now() - begun).toBeLessThan(1000);
    expect(new Set(control.asked.map((one) => one.authorization))).toEqual(new Set([`Bearer ${gateToken}`]));
  });

  test('without the control plane the gate goes on, and starts again from its file', async () => {
    control.publish(snapshotBody(3, ['example.cn']));
    const gate = await start();
    await reachesReason(gate, 'example.cn', 'filed_here');
    await control.close();
    expect(await reason(gate, 'example.cn')).toBe('filed_here');
    await eventually(async () => expect(await metric(gate, 'openbeian_gate_control_plane_up')).toBe('0'));
    await gate.close();
    const again = await start();
    expect(await reason(again, 'example.cn')).toBe('filed_here');
    expect((await fetch(`${again.url}/readyz`)).status).toBe(200);
  });

  test('started with a snapshot that has become too old, it serves as soon as the control plane says that it holds', async () => {
    control.publish(snapshotBody(3, ['example.cn']));
    const first = await start();
    await reachesReason(first, 'example.cn', 'filed_here');
    await first.close();
    // Nothing has changed, so that a question that waits for changes is answered after longer than this test waits.
    const again = await start({ snapshotMaxAgeMs: 7_200_000, waitMs: 30_000 }, () => Date.now() + 86_400_000);
    await reachesReason(again, 'example.cn', 'filed_here');
    expect(await metric(again, 'openbeian_gate_control_plane_up')).toBe('1');
  });

  test('it finds the control plane again', async () => {
    control.publish(snapshotBody(1, []));
    const gate = await start();
    await reachesReason(gate, 'example.cn', 'unfiled');
    const { port } = new URL(control.url);
    await control.close();
    await eventually(() => expect(events.map(([event]) => event)).toContain('control_plane_trouble'));
    control = await startTestControlPlane(Number(port));
    control.publish(snapshotBody(2, ['example.cn']));
    await reachesReason(gate, 'example.cn', 'filed_here');
    await eventually(() => expect(events.map(([event]) => event)).toContain('control_plane_back'));
  });

  test('a damaged or older snapshot is refused, counted, and changes nothing', async () => {
    control.publish(snapshotBody(5, ['example.cn']));
    const gate = await start();
    await reachesReason(gate, 'example.cn', 'filed_here');
    const kept = readFileSync(file());
    const refused = (why: string) => metric(gate, `openbeian_gate_snapshots_refused_total\\{why="${why}"\\}`);
    control.publishBytes(flipped(snapshotBytes(snapshotBody(6, ['example.cn'])), -5));
    await eventually(async () => expect(Number(await refused('corrupt'))).toBeGreaterThan(0));
    control.publishBytes(Buffer.from('<html>Bad Gateway</html>'));
    await eventually(async () => expect(Number(await refused('corrupt'))).toBeGreaterThan(1));
    control.publish(snapshotBody(4, []));
    await eventually(async () => expect(Number(await refused('older'))).toBeGreaterThan(0));
    expect(await reason(gate, 'example.cn')).toBe('filed_here');
    expect(readFileSync(file())).toEqual(kept);
    control.publish(snapshotBody(7, []));
    await reachesReason(gate, 'example.cn', 'unfiled');
  });

  test('a database restored from a backup counts from a lower version, and is followed once it is built later', async () => {
    control.publish(snapshotBody(9, ['example.cn']));
    const gate = await start();
    await reachesReason(gate, 'example.cn', 'filed_here');
    control.publish(snapshotBody(2, [], { builtAt: '2026-11-22T00:00:00.000Z' }));
    await reachesReason(gate, 'example.cn', 'unfiled');
  });

  test('a wrong token is told to the operator, and nothing is decided by guess', async () => {
    control.publish(snapshotBody(1, ['example.cn']));
    const gate = await start({ token: 'some-other-token' });
    await eventually(() => expect(events).toContainEqual(['control_plane_trouble', { why: 'status_401' }]));
    expect(await reason(gate, 'example.cn')).toBe('no_snapshot');
    expect(JSON.stringify(events)).not.toContain('some-other-token');
  });
});

describe('the stored snapshot', () => {
  const age = async (gate: RunningGate) => Number(await metric(gate, 'openbeian_gate_snapshot_age_seconds'));

  test('is whole or absent, with no draft left behind', async () => {
    control.publish(snapshotBody(1, ['example.cn']));
    const gate = await start();
    await reachesReason(gate, 'example.cn', 'filed_here');
    expect(readFileSync(file())).toEqual(Buffer.from(snapshotBytes(snapshotBody(1, ['example.cn']))));
    expect(readdirSync(folder)).toEqual(['gate.snapshot', 'gate.snapshot.changes']);
  });

  test('damaged: the gate starts without it and takes the next one', async () => {
    writeFileSync(file(), snapshotBytes(snapshotBody(1, ['example.cn'])).slice(0, -20));
    const gate = await start();
    expect(events).toContainEqual(['snapshot_refused', { why: 'corrupt', from: 'file' }]);
    expect(await reason(gate, 'example.cn')).toBe('no_snapshot');
    control.publish(snapshotBody(1, ['example.cn']));
    await reachesReason(gate, 'example.cn', 'filed_here');
  });

  test('its age counts from the last confirmation, across a restart, and ends its use', async () => {
    await control.close();
    const nowMs = Date.UTC(2026, 10, 21, 12);
    writeFileSync(file(), snapshotBytes(snapshotBody(1, ['example.cn'])));
    utimesSync(file(), nowMs / 1000 - 3600, nowMs / 1000 - 3600);
    let passedMs = 0;
    const gate = await start({ snapshotMaxAgeMs: 7_200_000 }, () => nowMs + passedMs);
    expect(await age(gate)).toBe(3600);
    passedMs = 3_600_000;
    expect(await reason(gate, 'example.cn')).toBe('filed_here');
    passedMs += 1;
    expect(await reason(gate, 'example.cn')).toBe('snapshot_too_old');
    expect((await fetch(`${gate.url}/readyz`)).status).toBe(503);
    expect((await auth(gate, { 'x-original-host': 'example.cn' })).status).toBe(403);
    // The provider's own names are no matter of records, so an old snapshot still knows them.
    expect((await auth(gate, { 'x-original-host': 'a.app.xingyun-cloud.cn' })).status).toBe(204);
  });

  test('a quiet control plane keeps it young: being told that it still holds counts', async () => {
    let nowMs = Date.UTC(2026, 10, 21, 12);
    control.publish(snapshotBody(1, ['example.cn']));
    const gate = await start({ waitMs: 50 }, () => nowMs);
    await reachesReason(gate, 'example.cn', 'filed_here');
    nowMs += 86_400_000;
    await eventually(async () => expect(await age(gate)).toBe(0));
  });
});

describe('answers to proxies', () => {
  test('204 or 403 with the reason, the host from X-Original-Host before Host', async () => {
    control.publish(snapshotBody(1, ['example.cn']));
    const gate = await start({ blockPage: 'https://gate.example/blocked', consoleUrl: 'https://console.example/' });
    await reachesReason(gate, 'example.cn', 'filed_here');
    const allowed = await auth(gate, { 'x-original-host': 'www.example.cn:443', host: 'other.cn' });
    expect([allowed.status, allowed.headers['x-openbeian-reason'], allowed.body]).toEqual([204, 'filed_here', '']);
    const blocked = await auth(gate, { host: 'other.cn' });
    expect([blocked.status, blocked.headers['x-openbeian-reason']]).toEqual([403, 'unfiled']);
    expect(blocked.headers['x-openbeian-redirect']).toBe('https://gate.example/blocked?host=other.cn&reason=unfiled');
    expect(blocked.body).toContain('other.cn');
    expect((await auth(gate, { 'x-original-host': 'example.cn' }, '/auth/some/path?x=1')).status).toBe(204);
    expect((await auth(gate, { 'x-original-host': '' })).headers['x-openbeian-reason']).toBe('malformed_host');
    expect(await metric(gate, 'openbeian_gate_decisions_total\\{outcome="block",reason="unfiled"\\}')).toBe('1');
  });

  test('without any snapshot the configuration says whether sites are up', async () => {
    const closed = await start();
    const open = await start({ onNoSnapshot: 'allow', snapshotFile: join(folder, 'other') });
    expect((await auth(closed, { host: 'example.cn' })).status).toBe(403);
    const answer = await auth(open, { host: 'example.cn' });
    expect([answer.status, answer.headers['x-openbeian-reason']]).toEqual([204, 'no_snapshot']);
    expect((await auth(open, { host: 'a b' })).status).toBe(403);
    expect((await fetch(`${open.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${open.url}/healthz`)).status).toBe(200);
    expect(await metric(open, 'openbeian_gate_snapshot_age_seconds')).toBeUndefined();
  });

  test('a gate outside the mainland exempts what a gate inside blocks', async () => {
    control.publish(snapshotBody(1, []));
    const gate = await start({ region: 'hk' });
    await reachesReason(gate, 'example.cn', 'exempt_region');
    expect((await auth(gate, { host: 'example.cn' })).status).toBe(204);
  });
});

describe('per listener, per request and per cause', () => {
  const status = async (url: string, headers: Record<string, string>) => {
    const answer = await auth({ url, urlsFor: [], close: async () => {} }, headers);
    return [answer.status, answer.headers['x-openbeian-reason']];
  };

  test('each address evaluates for its own region', async () => {
    control.publish(snapshotBody(1, []));
    const listenFor = [
      { port: 0, region: 'hk' as const },
      { port: 0, region: 'cn-mainland' as const },
    ];
    const gate = await start({ listenFor });
    await reachesReason(gate, 'example.cn', 'unfiled');
    const host = { host: 'example.cn' };
    const [hk = '', mainland = ''] = gate.urlsFor;
    expect(await status(gate.url, host)).toEqual([403, 'unfiled']);
    expect(await status(hk, host)).toEqual([204, 'exempt_region']);
    expect(await status(mainland, host)).toEqual([403, 'unfiled']);
    expect((await (await fetch(`${hk}/explain?host=example.cn`)).json()).reason).toBe('exempt_region');
    const abroad = await start({ listenFor, region: 'overseas', snapshotFile: join(folder, 'abroad') });
    await eventually(async () => expect((await fetch(`${abroad.url}/readyz`)).status).toBe(200));
    expect(await status(abroad.url, host)).toEqual([204, 'exempt_region']);
    expect(await status(abroad.urlsFor[1] ?? '', host)).toEqual([403, 'unfiled']);
  });

  test('the proxy says the region of a request in the configured header only; what is no region is the mainland', async () => {
    control.publish(snapshotBody(1, []));
    const gate = await start({ regionHeader: 'X-OpenBeian-Region', listenFor: [{ port: 0, region: 'hk' }] });
    await reachesReason(gate, 'example.cn', 'unfiled');
    const asked = (region: string) => status(gate.url, { host: 'example.cn', 'x-openbeian-region': region });
    expect(await asked('hk')).toEqual([204, 'exempt_region']);
    expect(await asked('overseas')).toEqual([204, 'exempt_region']);
    for (const region of ['cn-mainland', 'HK', '', 'mars', 'hk,hk'])
      expect(await asked(region)).toEqual([403, 'unfiled']);
    const mainland = { host: 'example.cn', 'x-openbeian-region': 'cn-mainland' };
    expect(await status(gate.urlsFor[0] ?? '', mainland)).toEqual([403, 'unfiled']);
    const deaf = await start({ snapshotFile: join(folder, 'deaf') });
    await reachesReason(deaf, 'example.cn', 'unfiled');
    expect(await status(deaf.url, { host: 'example.cn', 'x-openbeian-region': 'hk' })).toEqual([403, 'unfiled']);
  });

  test('a host that is no name is refused unless the configuration says otherwise, and nothing else opens by that', async () => {
    control.publish(snapshotBody(1, ['example.cn']));
    const open = await start({ onMalformedHost: 'allow' });
    const closed = await start({ snapshotFile: join(folder, 'closed') });
    await reachesReason(open, 'example.cn', 'filed_here');
    await reachesReason(closed, 'example.cn', 'filed_here');
    const malformed = { 'x-original-host': 'a b' };
    expect(await status(open.url, malformed)).toEqual([204, 'malformed_host']);
    expect(await status(closed.url, malformed)).toEqual([403, 'malformed_host']);
    expect(await status(open.url, { host: 'other.cn' })).toEqual([403, 'unfiled']);
    expect(await explain(open, 'a b')).toMatchObject({ outcome: 'block', served: true });
  });
});

describe('pages', () => {
  test('explain says since when, and by which filing, for each way of being on record', async () => {
    const number = '粤ICP备2026000123号-1';
    const of = (name: string, more: Partial<GateRecord> = {}): GateRecord => ({
      name,
      number,
      accesses: ['xingyun'],
      ...more,
    });
    const records = [
      of('filed.cn', { since: '2026-01-02' }),
      of('stopped.cn', { state: 'suspended', since: '2026-03-04' }),
      of('over.cn', { accesses: ['alibaba'], graceUntil: '2026-11-20', since: '2026-11-01' }),
      of('grace.cn', { accesses: ['alibaba'], graceUntil: '2026-11-22', since: '2026-11-01' }),
      of('both.cn', { since: '2026-01-02' }),
      of('both.cn', {
        number: '粤ICP备2026000123号-2A',
        serviceKind: 'app',
        state: 'blacklisted',
        since: '2026-05-06',
      }),
      of('undated.cn', { state: 'cancelled' }),
    ];
    control.publish(snapshotBody(1, [], { records }));
    const gate = await start({}, () => Date.UTC(2026, 10, 21, 12));
    await reachesReason(gate, 'filed.cn', 'filed_here');
    const told = async (host: string) => {
      const { reason: why, since, record } = await explain(gate, host);
      return [why, since, (record as { number: string } | null)?.number.slice(-2)];
    };
    expect(await told('www.filed.cn')).toEqual(['filed_here', '2026-01-02', '-1']);
    expect(await told('stopped.cn')).toEqual(['suspended', '2026-03-04', '-1']);
    // The last day of grace is served: blocked since the day after.
    expect(await told('over.cn')).toEqual(['access_missing', '2026-11-21', '-1']);
    expect(await told('grace.cn')).toEqual(['grace', '2026-11-01', '-1']);
    expect(await told('both.cn')).toEqual(['blacklisted', '2026-05-06', '2A']);
    expect(await told('www.both.cn')).toEqual(['filed_here', '2026-01-02', '-1']);
    expect(await told('undated.cn')).toEqual(['cancelled', null, '-1']);
    expect(await told('never.cn')).toEqual(['unfiled', null, undefined]);
    const page = await (await fetch(`${gate.url}/explain?host=stopped.cn&format=html`)).text();
    expect(page).toMatch(
      /备案号<\/dt><dd>粤ICP备2026000123号-1[\s\S]*起始日期<\/dt><dd>2026-03-04[\s\S]*Since<\/dt><dd>2026-03-04/,
    );
  });

  test('explain says why, what to do, and by which snapshot', async () => {
    control.publish(snapshotBody(8, ['example.cn']));
    const gate = await start({}, () => Date.UTC(2026, 10, 21, 17));
    await reachesReason(gate, 'example.cn', 'filed_here');
    expect(await explain(gate, '商店.例子.中国')).toMatchObject({
      host: '商店.例子.中国',
      outcome: 'block',
      served: false,
      filingDomain: '例子.中国',
      next: { zh: expect.stringContaining('备案'), en: expect.stringContaining('filing') },
      at: '2026-11-22',
      snapshot: { version: 8, records: 1, ageSeconds: 0 },
    });
    const local = { reason: 'unfiled', filing: null, next: { zh: expect.stringContaining('内部网络') } };
    expect(await explain(gate, 'corp.local')).toMatchObject(local);
    expect((await fetch(`${gate.url}/explain`)).status).toBe(400);
    expect((await fetch(`${gate.url}/nothing`)).status).toBe(404);
  });

  test('the block page speaks both languages, runs nothing, and echoes nothing that a visitor made up', async () => {
    control.publish(snapshotBody(1, ['example.cn']));
    const gate = await start({ consoleUrl: 'https://console.example/?a=1&b=2' });
    await reachesReason(gate, 'example.cn', 'filed_here');
    const page = await fetch(`${gate.url}/blocked?host=other.cn&reason=blacklisted&next=https://evil.example`);
    const html = await page.text();
    expect([page.status, page.headers.get('content-type')]).toEqual([403, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(html).toMatch(/lang="zh-CN"[\s\S]*没有备案[\s\S]*lang="en"[\s\S]*not filed/);
    expect(html).toContain('href="https://console.example/?a=1&#38;b=2"');
    // The reason is decided here, never taken from the address.
    expect(html).not.toMatch(/blacklisted|evil/);
    const nasty = await (
      await fetch(`${gate.url}/blocked?host=${encodeURIComponent('"><script>alert(1)</script>')}`)
    ).text();
    expect(nasty).not.toContain('alert');
    expect((await fetch(`${gate.url}/blocked?host=example.cn`, { redirect: 'manual' })).status).toBe(200);
    expect((await auth(gate, { 'x-original-host': 'other.cn' }, '/blocked')).body).toContain('other.cn');
  });
});

test('a bad configuration names every place and starts nothing', async () => {
  await expect(
    startGate({
      controlUrl: 'ftp://x',
      token: 'short',
      snapshotFile: '',
      extra: 1,
      blockPage: 'javascript:alert(1)',
    } as never),
  ).rejects.toMatchObject({
    code: 'input.invalid',
    extras: {
      places: ['controlUrl', 'token', 'snapshotFile', 'blockPage', 'extra'].map((path) =>
        expect.objectContaining({ path }),
      ),
    },
  });
});
