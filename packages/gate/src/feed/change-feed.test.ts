import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type ChangeBatch, evaluateHost, type GateChange, openOverlay } from '@openbeian/model/gate';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type GateConfigInput, type RunningGate, startGate } from '../index.ts';
import type { HeldSnapshot } from '../snapshot/changes-over-base.ts';
import { StoredSnapshot } from '../snapshot/stored-snapshot.ts';
import { openSnapshotFile } from '../testing/snapshot-files.ts';
import {
  gateToken,
  snapshotBody,
  snapshotBytes,
  startTestControlPlane,
  type TestControlPlane,
} from '../testing/test-control-plane.ts';

let folder: string;
let control: TestControlPlane;
let events: [event: string, fields: object][];
const gates: RunningGate[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'openbeian-feed-'));
  control = await startTestControlPlane();
  events = [];
});
afterEach(async () => {
  await Promise.all(gates.splice(0).map((gate) => gate.close()));
  await control.close();
  rmSync(folder, { recursive: true });
});

const snapshotFile = () => join(folder, 'gate.snapshot');
const logFile = () => `${snapshotFile()}.changes`;
const readersFile = () => join(folder, 'readers');
async function start(change: Partial<GateConfigInput> = {}): Promise<RunningGate> {
  const where = { controlUrl: control.url, token: gateToken, snapshotFile: snapshotFile() };
  const gate = await startGate(
    { listen: { port: 0 }, ...where, ...change },
    { log: (_, event, fields) => events.push([event, fields]) },
  );
  gates.push(gate);
  return gate;
}
const explain = async (gate: RunningGate, host: string) =>
  (await (await fetch(`${gate.url}/explain?host=${encodeURIComponent(host)}`)).json()) as Record<string, unknown>;
const reasons = (gate: RunningGate, ...hosts: string[]) =>
  Promise.all(hosts.map(async (host) => (await explain(gate, host)).reason));
const reach = (gate: RunningGate, host: string, reason: string) =>
  vi.waitFor(async () => expect(await reasons(gate, host)).toEqual([reason]), { timeout: 8000, interval: 10 });
const metric = async (gate: RunningGate, name: string) =>
  Number(new RegExp(`^${name} (.*)$`, 'm').exec(await (await fetch(`${gate.url}/metrics`)).text())?.[1]);
const snapshotsAsked = () => control.asked.filter(({ path }) => path.endsWith('snapshot.bin')).length;
const filed = (name: string, more: object = {}): GateChange => ({
  name,
  exact: false,
  record: { name, number: '粤ICP备2026000123号-1', accesses: ['xingyun'], since: '2026-11-20', ...more },
});
const gone = (name: string): GateChange => ({ name, exact: false, record: null });

const serving = { outsideMainland: null, anyNumberSuffices: false };

test('changes are laid over the snapshot one after another, and survive with it; no whole snapshot is asked for again', async () => {
  control.publish(snapshotBody(10, ['a.cn', 'b.cn']));
  const gate = await start();
  await reach(gate, 'a.cn', 'filed_here');
  control.change(filed('c.com.cn'), gone('a.cn'), filed('b.cn', { state: 'suspended', since: '2026-11-21' }));
  control.change(
    { ...filed('api.d.cn', { serviceKind: 'app' }), exact: true },
    filed('c.com.cn', { accesses: ['alibaba'] }),
  );
  await reach(gate, 'api.d.cn', 'filed_here');
  const all = ['www.a.cn', 'b.cn', 'c.com.cn', 'd.cn', 'x.api.d.cn', 'com.cn'];
  const expected = ['unfiled', 'suspended', 'access_missing', 'unfiled', 'unfiled', 'unfiled'];
  expect(await reasons(gate, ...all)).toEqual(expected);
  expect(await explain(gate, 'www.b.cn')).toMatchObject({
    since: '2026-11-21',
    record: {
      name: 'b.cn',
      number: '粤ICP备2026000123号-1',
      graceUntil: null,
    },
    snapshot: {
      version: 15,
      records: 3,
    },
  });
  expect(await metric(gate, 'openbeian_gate_changes_applied_total')).toBe(5);
  expect(await metric(gate, 'openbeian_gate_snapshot_version')).toBe(15);
  expect(await metric(gate, 'openbeian_gate_snapshot_base_sequence')).toBe(10);
  expect(await metric(gate, 'openbeian_gate_snapshot_records')).toBe(3);
  expect(snapshotsAsked()).toBe(1);
  await gate.close();
  // It starts alone with all of it, and goes on where it was.
  const { port } = new URL(control.url);
  await control.close();
  const again = await start();
  expect(await reasons(again, ...all)).toEqual(expected);
  expect(await explain(again, 'b.cn')).toMatchObject({ since: '2026-11-21', snapshot: { version: 15, records: 3 } });
  expect(port).not.toBe('');
});

test('a log that is torn at its end, at any byte, gives the changes before, and the rest is asked for', async () => {
  control.publish(snapshotBody(1, ['a.cn']));
  const first = await start();
  await reach(first, 'a.cn', 'filed_here');
  const lengths: number[] = [];
  for (const name of ['b.cn', 'c.cn', 'd.cn']) {
    control.change(filed(name));
    await reach(first, name, 'filed_here');
    lengths.push(statSync(logFile()).size);
  }
  await first.close();
  const whole = readFileSync(logFile());
  const [one = 0, two = 0, three = 0] = lengths;
  await control.close();
  for (const [damage, known] of [
    [() => truncateSync(logFile(), three - 1), ['filed_here', 'filed_here', 'unfiled']],
    [() => truncateSync(logFile(), two + 3), ['filed_here', 'filed_here', 'unfiled']],
    [() => truncateSync(logFile(), one + 9), ['filed_here', 'unfiled', 'unfiled']],
    [() => appendFileSync(logFile(), Buffer.alloc(300)), ['filed_here', 'filed_here', 'filed_here']],
    [() => writeFileSync(logFile(), flipped(whole, two - 4)), ['filed_here', 'unfiled', 'unfiled']],
    [() => writeFileSync(logFile(), flipped(whole, 9)), ['unfiled', 'unfiled', 'unfiled']],
    [() => rmSync(logFile()), ['unfiled', 'unfiled', 'unfiled']],
    // A batch twice would be a gap, too.
    [() => appendFileSync(logFile(), whole.subarray(two)), ['filed_here', 'filed_here', 'filed_here']],
  ] as const) {
    writeFileSync(logFile(), whole);
    damage();
    const gate = await start();
    expect(await reasons(gate, 'a.cn', 'b.cn', 'c.cn', 'd.cn')).toEqual(['filed_here', ...known]);
    await gates.pop()?.close();
    // What was cut off is gone from the file as well, so that what comes next can be appended.
    const kept = readFileSync(logFile()).length;
    expect([16, one, two, three]).toContain(kept);
  }
});

test('after a restart the feed goes on where the log ends', async () => {
  control.publish(snapshotBody(1, ['a.cn']));
  const first = await start();
  await reach(first, 'a.cn', 'filed_here');
  control.change(filed('b.cn'));
  await reach(first, 'b.cn', 'filed_here');
  const afterFirst = statSync(logFile()).size;
  control.change(filed('c.cn'));
  await reach(first, 'c.cn', 'filed_here');
  await gates.pop()?.close();
  truncateSync(logFile(), afterFirst + 5);
  control.change(gone('a.cn'));
  const again = await start();
  await reach(again, 'a.cn', 'unfiled');
  expect(await reasons(again, 'b.cn', 'c.cn')).toEqual(['filed_here', 'filed_here']);
  expect(snapshotsAsked()).toBe(1);
  expect(events).toContainEqual(['change_log_cut', { bytes: 5 }]);
});

test('changes that do not follow what is held are not applied: the whole snapshot is taken', async () => {
  control.publish(snapshotBody(5, ['a.cn']));
  const gate = await start();
  await reach(gate, 'a.cn', 'filed_here');
  control.change(filed('b.cn'));
  await reach(gate, 'b.cn', 'filed_here');
  // Another history: the numbers fit, the mark does not.
  control.publish(snapshotBody(6, ['c.cn'], { builtAt: '2026-11-22T00:00:00.000Z' }));
  await reach(gate, 'c.cn', 'filed_here');
  expect(await reasons(gate, 'a.cn', 'b.cn')).toEqual(['unfiled', 'unfiled']);
  expect(snapshotsAsked()).toBe(2);
  control.change(filed('d.cn'));
  await reach(gate, 'd.cn', 'filed_here');
  expect(snapshotsAsked()).toBe(2);
});

test('a record that no gate can use opens nothing, closes what was there, and holds up no other', async () => {
  control.publish(snapshotBody(1, ['a.cn', 'b.cn']));
  const gate = await start();
  await reach(gate, 'a.cn', 'filed_here');
  control.change(
    { name: 'a.cn', exact: false, record: { name: 'a.cn', number: '', accesses: [] } },
    { name: 'com.cn', exact: false, record: { name: 'com.cn', number: 'x', accesses: ['xingyun'] } },
    filed('c.cn'),
  );
  await reach(gate, 'c.cn', 'filed_here');
  expect(await reasons(gate, 'a.cn', 'x.com.cn', 'b.cn')).toEqual(['unfiled', 'unfiled', 'filed_here']);
  expect(events).toContainEqual(['records_unusable', { count: 2 }]);
});

test('after many changes a newer snapshot takes the place of the old one, while changes go on', async () => {
  control.publish(snapshotBody(1, ['a.cn']));
  const gate = await start({ renewAfterChanges: 20, readersFile: readersFile() });
  await reach(gate, 'a.cn', 'filed_here');
  control.change(gone('a.cn'), ...Array.from({ length: 19 }, (_, number) => filed(`n${number}.cn`)));
  await reach(gate, 'n18.cn', 'filed_here');
  control.change(filed('later.cn'), gone('n0.cn'));
  await reach(gate, 'later.cn', 'filed_here');
  await vi.waitFor(
    async () => expect(await metric(gate, 'openbeian_gate_snapshot_base_sequence')).toBeGreaterThanOrEqual(21),
    { timeout: 8000 },
  );
  expect(snapshotsAsked()).toBe(2);
  control.change(filed('last.cn'));
  await reach(gate, 'last.cn', 'filed_here');
  const hosts = ['a.cn', 'n0.cn', 'n1.cn', 'later.cn', 'last.cn'];
  const expected = ['unfiled', 'unfiled', 'filed_here', 'filed_here', 'filed_here'];
  expect(await reasons(gate, ...hosts)).toEqual(expected);
  expect(await metric(gate, 'openbeian_gate_snapshot_version')).toBe(24);
  expect(await metric(gate, 'openbeian_gate_snapshot_records')).toBe(20);
  // Readers have the new pair.
  const table = await openSnapshotFile(readersFile());
  const bytes = Uint8Array.from(readFileSync(`${readersFile()}.overlay`));
  const { overlay, baseSum } = openOverlay(bytes.buffer, crc32);
  expect(baseSum).toBe(readFileSync(readersFile()).readUInt32LE(156));
  const evaluated = hosts.map((host) =>
    evaluateHost(host, { ...table, overlay }, { outsideMainland: false, day: 20_778 }),
  );
  expect(evaluated).toEqual(expected);
  await gates.pop()?.close();
  await control.close();
  expect(await reasons(await start(), ...hosts)).toEqual(expected);
});

test('what came while a newer snapshot was fetched is laid over it; one without what was held is refused', async () => {
  control.publish(snapshotBody(1, ['a.cn']));
  const gate = await start();
  await reach(gate, 'a.cn', 'filed_here');
  await gates.pop()?.close();
  const stored = new StoredSnapshot({ snapshotFile: snapshotFile(), serving }, () => {});
  await stored.load();
  const batch = (from: number, ...changes: GateChange[]): ChangeBatch => ({
    sequence: from + changes.length - 1,
    mark: `m${from}`,
    at: '2026-11-21T00:00:00.000Z',
    changes: changes.map((change, place) => ({
      ...change,
      sequence: from + place,
    })),
  });
  const apply = (one: ChangeBatch) =>
    stored.apply(one, { text: JSON.stringify({ snapshot: false, ...one }), signature: null });
  expect(await apply(batch(2, filed('b.cn')))).toBe(true);
  stored.keepChanges();
  expect(await apply(batch(3, gone('a.cn'), filed('c.cn')))).toBe(true);
  expect(await apply(batch(5, filed('d.cn')))).toBe(true);
  const draft = join(folder, 'draft');
  writeFileSync(draft, snapshotBytes(snapshotBody(3, ['b.cn', 'from-the-snapshot.cn'])));
  expect(await stored.renew(draft)).toBe('taken');
  const evaluate = (...hosts: string[]) =>
    hosts.map((host) =>
      evaluateHost(host, (stored.held() as HeldSnapshot).table, { outsideMainland: false, day: 20_778 }),
    );
  const hosts = ['a.cn', 'b.cn', 'c.cn', 'd.cn', 'from-the-snapshot.cn'];
  const expected = ['unfiled', 'filed_here', 'filed_here', 'filed_here', 'filed_here'];
  expect(evaluate(...hosts)).toEqual(expected);
  expect(stored.held()).toMatchObject({ sequence: 5, baseSequence: 3, mark: 'm5', recordCount: 4 });
  stored.keepChanges();
  writeFileSync(draft, snapshotBytes(snapshotBody(4, [])));
  expect(await stored.renew(draft)).toBe('older');
  stored.keepChanges();
  writeFileSync(draft, flipped(Buffer.from(snapshotBytes(snapshotBody(6, []))), 5000));
  expect(await stored.renew(draft)).toBe('corrupt');
  expect(evaluate(...hosts)).toEqual(expected);
  await stored.close();
  const again = new StoredSnapshot({ snapshotFile: snapshotFile(), serving }, () => {});
  await again.load();
  expect(again.held()).toMatchObject({ sequence: 5, baseSequence: 3, recordCount: 4 });
  await again.close();
  expect(readdirSync(folder).sort()).toEqual(['gate.snapshot', 'gate.snapshot.changes']);
});

test('a disk that takes nothing for readers costs no decision', async () => {
  control.publish(snapshotBody(1, ['a.cn']));
  const gate = await start({ readersFile: join(folder, 'missing', 'readers') });
  await reach(gate, 'a.cn', 'filed_here');
  control.change(filed('b.cn'));
  await reach(gate, 'b.cn', 'filed_here');
  expect(events).toContainEqual(['readers_not_told', { code: 'ENOENT' }]);
});

test('readers in other processes see changes in the file that they have mapped, also when it is replaced by a larger one', async () => {
  control.publish(snapshotBody(1, ['a.cn']));
  const gate = await start({ readersFile: readersFile(), region: 'hk' });
  await vi.waitFor(async () => expect((await fetch(`${gate.url}/readyz`)).status).toBe(200), { timeout: 8000 });
  const table = await openSnapshotFile(readersFile());
  const read = () => {
    const bytes = Uint8Array.from(readFileSync(`${readersFile()}.overlay`));
    return { ...openOverlay(bytes.buffer, crc32), outside: bytes[32] };
  };
  const evaluate = (host: string) =>
    evaluateHost(host, { ...table, overlay: read().overlay }, { outsideMainland: false, day: 20_778 });
  expect(read()).toMatchObject({ baseSum: readFileSync(readersFile()).readUInt32LE(156), outside: 2, sequence: 1 });
  const { ino } = statSync(`${readersFile()}.overlay`);
  control.change(filed('b.cn'), gone('a.cn'));
  await vi.waitFor(() =>
    expect([evaluate('a.cn'), evaluate('b.cn'), read().sequence]).toEqual(['unfiled', 'filed_here', 3]),
  );
  expect(statSync(`${readersFile()}.overlay`).ino).toBe(ino);
  const many = Array.from({ length: 40_000 }, (_, number) => filed(`name-number-${number}.cn`));
  control.change(...many);
  await vi.waitFor(() => expect(evaluate('name-number-39999.cn')).toBe('filed_here'), {
    timeout: 20_000,
    interval: 50,
  });
  expect(statSync(`${readersFile()}.overlay`).ino).not.toBe(ino);
  expect([evaluate('name-number-0.cn'), evaluate('b.cn'), evaluate('a.cn')]).toEqual([
    'filed_here',
    'filed_here',
    'unfiled',
  ]);
  expect(await metric(gate, 'openbeian_gate_snapshot_records')).toBe(40_001);
});

function flipped(bytes: Buffer, place: number): Buffer {
  const other = Buffer.from(bytes);
  other[place] = (other[place] as number) ^ 1;
  return other;
}
