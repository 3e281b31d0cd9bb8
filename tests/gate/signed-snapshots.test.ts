import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';
import { type RunningGate, startGate } from '@openbeian/gate';
import { canonicalJson } from '@openbeian/model/canonical-json';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { readGateFacts } from '../../packages/cli/src/gate/facts.ts';
import { compileMap } from '../../packages/cli/src/gate/map.ts';
import { readPublicKey } from '../../packages/gate/src/pinned-key.ts';
import type { FlowDeps } from '../../packages/server/src/flows/command/deps.ts';
import { createFlows } from '../../packages/server/src/flows/index.ts';
import { createHttpServer } from '../../packages/server/src/http/server.ts';
import { needsWith } from '../../packages/server/src/http/testing/http-world.ts';
import { createGateFiles } from '../../packages/server/src/snapshots/gate-files-on-disk.ts';
import { createAnswerSigner } from '../../packages/server/src/snapshots/gate-signing.ts';
import { type OpenStore, openStore } from '../../packages/server/src/store/index.ts';

/** A real control plane that signs, and gates that pinned its key: what somebody else puts in between or on the disk is not taken. */
const folder = mkdtempSync(join(tmpdir(), 'openbeian-gate-signed-'));
const main = fileURLToPath(new URL('../../packages/cli/src/main.ts', import.meta.url));
const closing: (() => unknown)[] = [];
let open: OpenStore;
let signed: string;
let signedByAnother: string;
let unsigned: string;
let controlKeys: string[];
let count = 0;

function makeKeys(name: string, more: readonly string[] = []): { readonly pem: string; readonly publicKey: string } {
  const args = [main, 'gate', 'keys', '--out', join(folder, name), ...more];
  const { stdout, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(status).toBe(0);
  expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
  expect(spawnSync(process.execPath, args).status).toBe(1);
  return { pem: readFileSync(join(folder, name), 'utf8'), publicKey: JSON.parse(stdout).publicKey };
}

async function serve(pem: string | null): Promise<string> {
  const gateFiles = createGateFiles(pem);
  const some: Pick<FlowDeps, 'store' | 'provider' | 'gate' | 'gateFiles' | 'clock'> = {
    store: open.store,
    provider: 'xingyun',
    gate: { region: 'cn-mainland', defaultNames: ['app.xingyun-cloud.cn'] },
    gateFiles,
    clock: { now: () => new Date().toISOString() },
  };
  const signGateAnswer = pem === null ? null : createAnswerSigner(pem);
  // The flows of the gate ask for nothing else.
  const app = createHttpServer(needsWith(createFlows(some as FlowDeps), { signGateAnswer }).needs);
  closing.unshift(
    () => app.close(),
    () => gateFiles.close(),
  );
  return app.listen({ host: '127.0.0.1', port: 0 });
}

beforeAll(async () => {
  open = await openStore({ dataDir: null });
  const [ours, anothers] = [makeKeys('ours.pem'), makeKeys('anothers.pem')];
  controlKeys = [ours.publicKey];
  [signed, signedByAnother, unsigned] = await Promise.all([serve(ours.pem), serve(anothers.pem), serve(null)]);
});
afterAll(async () => {
  for (const close of closing) await close();
  await open.close();
  rmSync(folder, { recursive: true });
});

/** Records a name as suspended. */
async function suspend(domainName: string): Promise<void> {
  count += 1;
  const recordedAt = `2026-11-21T01:30:00.${String(count).padStart(3, '0')}Z`;
  await open.store.transaction(async ({ accounts, records }) => {
    await accounts.put({ id: 'acct-a', realName: 'enterprise', displayName: '' }, recordedAt);
    const subject = { number: '粤ICP备2026000123号', subjectHash: 'h', unitName: '星河科技', sealedName: 's' };
    const of = { id: 'sub_1', accountId: 'acct-a', subjectKind: 'enterprise', provinceCode: '440000' } as const;
    await records.putSubject({ ...subject, ...of, recordedAt });
    const service = {
      id: `srv_${count}`,
      subjectRecordId: 'sub_1',
      serviceKind: 'website',
      state: 'suspended',
    } as const;
    const number = `粤ICP备2026000123号-${count}`;
    await records.putService({ ...service, number, serviceName: '星河', domainName, recordedAt });
  });
}

const nobody = 'http://127.0.0.1:9';
async function run(name: string, controlUrl: string, pinned: readonly string[] = controlKeys) {
  const events: [string, Record<string, string | number>][] = [];
  const gate: RunningGate = await startGate(
    {
      listen: { port: 0 },
      controlUrl,
      token: 'gate-token',
      snapshotFile: join(folder, name),
      controlKeys: [...pinned],
      waitMs: 0,
    },
    { log: (_, event, fields) => events.push([event, fields]) },
  );
  closing.unshift(() => gate.close());
  const reason = async (host: string) => {
    const answer = await fetch(`${gate.url}/auth`, { headers: { 'x-original-host': host } });
    return answer.headers.get('x-openbeian-reason');
  };
  const reaches = (host: string, expected: string) =>
    vi.waitFor(async () => expect(await reason(host)).toBe(expected), { timeout: 10_000, interval: 30 });
  return { reason, reaches, events, close: () => gate.close() };
}

/** The files of a gate that has seen `first.cn` in its snapshot and `second.cn` in a change. */
async function filesOf(name: string): Promise<void> {
  const [first, second] = [`${name}-first.cn`, `${name}-second.cn`];
  await suspend(first);
  const gate = await run(name, signed);
  await gate.reaches(first, 'suspended');
  await suspend(second);
  await gate.reaches(second, 'suspended');
  await gate.close();
}

test('a signed snapshot and its changes are taken, kept and read again without the control plane', async () => {
  await filesOf('kept');
  const again = await run('kept', nobody);
  expect(await again.reason('kept-first.cn')).toBe('suspended');
  expect(await again.reason('kept-second.cn')).toBe('suspended');
  expect(await again.reason('other.cn')).toBe('unfiled');
});

test('signed with SM2, over SM3, it is the same; a changed state and a key that is not pinned are refused', async () => {
  const national = makeKeys('national.pem', ['--algorithm', 'sm2']);
  const url = await serve(national.pem);
  const keys = { ours: [...controlKeys, national.publicKey], others: controlKeys };
  await suspend('sm-first.cn');
  const gate = await run('sm', url, keys.ours);
  await gate.reaches('sm-first.cn', 'suspended');
  await suspend('sm-second.cn');
  await gate.reaches('sm-second.cn', 'suspended');
  await gate.close();
  const again = await run('sm', nobody, keys.ours);
  expect(await again.reason('sm-second.cn')).toBe('suspended');
  await again.close();
  expect(readFileSync(join(folder, 'sm')).includes('"hotSm3":')).toBe(true);
  // A map is made of it with that key, and not with another.
  const mapFrom = (pinned: readonly string[]) =>
    readGateFacts(
      { snapshot: join(folder, 'sm'), controlKeys: pinned.flatMap((key) => readPublicKey(key) ?? []) },
      '2026-11-22',
      'en',
    );
  expect(await mapFrom(keys.ours)).toBeDefined();
  await expect(mapFrom(keys.others)).rejects.toThrow(/signature: expected what the control plane signed/);

  const other = await run('sm-not-pinned', url, keys.others);
  await vi.waitFor(() => expect(other.events.map(([event]) => event)).toContain('snapshot_refused'), {
    timeout: 10_000,
  });
  await other.close();
  tamper(join(folder, 'sm'), (bytes) => bytes.write('t', bytes.indexOf('sm-first.cn')));
  const tampered = await run('sm', nobody, keys.ours);
  expect(tampered.events).toContainEqual(['snapshot_refused', { why: 'corrupt', from: 'file' }]);
});

test.each([
  ['nobody signed', () => unsigned],
  ['somebody else signed', () => signedByAnother],
])('a snapshot that %s is not taken', async (_, url) => {
  const gate = await run(`refused-${url().split(':').at(-1)}`, url());
  await vi.waitFor(() => expect(gate.events.map(([event]) => event)).toContain('snapshot_refused'), {
    timeout: 10_000,
  });
  expect(await gate.reason('other.cn')).toBe('no_snapshot');
});

test('changes that nobody or somebody else signed are not applied', async () => {
  await filesOf('feed');
  for (const url of [unsigned, signedByAnother]) {
    const gate = await run('feed', url);
    const name = `feed-${url.split(':').at(-1)}.cn`;
    await suspend(name);
    const trouble = ['control_plane_trouble', { why: 'answer_not_signed' }];
    await vi.waitFor(() => expect(gate.events).toContainEqual(trouble), { timeout: 10_000 });
    expect(await gate.reason(name)).toBe('unfiled');
    expect(await gate.reason('feed-second.cn')).toBe('suspended');
    await gate.close();
  }
});

/** Changes bytes of a snapshot and makes all its sums fit again, as anybody can. */
function tamper(file: string, change: (bytes: Buffer) => void): void {
  const bytes = readFileSync(file);
  change(bytes);
  const [sumCount, indexOffset] = [bytes.readUInt32LE(56), bytes.readUInt32LE(64)];
  for (let piece = 0; piece < sumCount; piece += 1) {
    const from = indexOffset + piece * 65_536;
    bytes.writeUInt32LE(crc32(bytes.subarray(from, Math.min(from + 65_536, bytes.length))), 160 + 4 * piece);
  }
  bytes.writeUInt32LE(0, 156);
  bytes.writeUInt32LE(crc32(bytes.subarray(0, indexOffset)), 156);
  writeFileSync(file, bytes);
}

test.each([
  [
    'the state of a record',
    'first.cn',
    (bytes: Buffer, at: number) => bytes.writeUInt8((bytes.readUInt8(at - 1) & 0xf8) | 1, at - 1),
  ],
  ['a record’s name', 'kept-first.cn', (bytes: Buffer, at: number) => bytes.write('t', at)],
  ['the provider’s own names', '"app.xingyun-cloud.cn"', (bytes: Buffer, at: number) => bytes.write('b', at + 1)],
])('tampered: %s', async (what, text, change) => {
  const name = `tampered-${what.length}`;
  await filesOf(name);
  const file = join(folder, name);
  tamper(file, (bytes) => change(bytes, bytes.indexOf(text)));
  const gate = await run(name, nobody);
  expect(gate.events).toContainEqual(['snapshot_refused', { why: 'corrupt', from: 'file' }]);
  expect(await gate.reason('other.cn')).toBe('no_snapshot');
});

/** Changes a byte of what decisions need, and four blank ones behind it, so that the piece has the sum that it had. */
function forge(file: string): void {
  const bytes = readFileSync(file);
  const [from, to] = [bytes.readUInt32LE(64), bytes.readUInt32LE(64) + 65_536];
  const sum = crc32(bytes.subarray(from, to));
  bytes.write('t', bytes.indexOf('first.cn', from));
  const sumWith = (patch: number) => {
    bytes.writeUInt32LE(patch, to - 4);
    return crc32(bytes.subarray(from, to));
  };
  const blank = sumWith(0);
  // The sum is linear in the bits of the patch: which of them give the difference?
  const rows: { readonly sum: number; readonly patch: number }[] = [];
  const reduce = (row: { readonly sum: number; readonly patch: number }) =>
    rows.reduce((left, by) => {
      const differs = Math.clz32(left.sum ^ by.sum) > Math.clz32(by.sum) && left.sum !== 0;
      return differs ? { sum: (left.sum ^ by.sum) >>> 0, patch: (left.patch ^ by.patch) >>> 0 } : left;
    }, row);
  for (let bit = 0; bit < 32; bit += 1) {
    const patch = (1 << bit) >>> 0;
    rows.push(reduce({ sum: (sumWith(patch) ^ blank) >>> 0, patch }));
    rows.sort((one, other) => other.sum - one.sum);
  }
  sumWith(reduce({ sum: (sum ^ blank) >>> 0, patch: 0 }).patch);
  expect(crc32(bytes.subarray(from, to))).toBe(sum);
  writeFileSync(file, bytes);
}

test('a snapshot whose bytes were changed under sums that still fit is not taken: the digests are signed', async () => {
  await filesOf('forged');
  const file = join(folder, 'forged');
  forge(file);
  const gate = await run('forged', nobody);
  expect(gate.events).toContainEqual(['snapshot_refused', { why: 'corrupt', from: 'file' }]);
  expect(await gate.reason('other.cn')).toBe('no_snapshot');
  const controlKey = controlKeys.flatMap((key) => readPublicKey(key) ?? []);
  const reading = readGateFacts({ snapshot: file, controlKeys: controlKey }, '2026-11-22', 'en');
  await expect(reading).rejects.toThrow(/index: expected what the control plane signed/);
});

test('a change that was tampered with in the log, and all behind it, is cut off; without the newest nothing is decided', async () => {
  await filesOf('log');
  const path = join(folder, 'log.changes');
  const bytes = readFileSync(path);
  const length = bytes.readUInt32LE(16);
  const payload = bytes
    .subarray(24, 24 + length)
    .toString('utf8')
    .replaceAll('suspended', 'cancelled');
  const entry = Buffer.from(payload);
  expect(entry.length).toBe(length);
  entry.copy(bytes, 24);
  bytes.writeUInt32LE(crc32(entry), 20);
  writeFileSync(path, bytes);
  const gate = await run('log', nobody);
  expect(gate.events).toContainEqual(['snapshot_refused', { why: 'older', from: 'file' }]);
  expect(await gate.reason('log-second.cn')).toBe('no_snapshot');
});

test('an older snapshot with its own true signature that is put back is refused when a newer was seen', async () => {
  await filesOf('old');
  const [file, log] = [join(folder, 'old'), join(folder, 'old.changes')];
  cpSync(file, join(folder, 'old-copy'));
  cpSync(log, join(folder, 'old-copy.changes'));
  const gate = await run('old', signed);
  await suspend('old-third.cn');
  await gate.reaches('old-third.cn', 'suspended');
  await gate.close();
  expect(existsSync(join(folder, 'old.seen'))).toBe(true);
  cpSync(join(folder, 'old-copy'), file);
  cpSync(join(folder, 'old-copy.changes'), log);
  const again = await run('old', nobody);
  expect(again.events).toContainEqual(['snapshot_refused', { why: 'older', from: 'file' }]);
  expect(await again.reason('old-first.cn')).toBe('no_snapshot');
  await again.close();
  // The control plane helps out of it.
  const back = await run('old', signed);
  await back.reaches('old-third.cn', 'suspended');
});

describe('a map', () => {
  const at = '2026-11-22';
  const pinned = () => ({ controlKeys: controlKeys.flatMap((key) => readPublicKey(key) ?? []) });
  const out = join(folder, 'out.map');
  const compile = async (source: Parameters<typeof readGateFacts>[0]) =>
    compileMap(await readGateFacts(source, at, 'en'), { format: 'nginx', out, at, lang: 'en' });

  test('is made of what the control plane signed: JSON of a server, or a gate’s snapshot with its changes', async () => {
    vi.stubEnv('OPENBEIAN_GATE_TOKEN', 'gate-token');
    await filesOf('map');
    const text = () => readFileSync(out, 'utf8');
    for (const source of [{ server: signed }, { snapshot: join(folder, 'map') }]) {
      await compile({ ...source, ...pinned() });
      expect(text()).toContain('.map-first.cn suspended;\n');
      expect(text()).toContain('.map-second.cn suspended;\n');
      rmSync(out);
    }
    for (const server of [unsigned, signedByAnother]) {
      await expect(compile({ server, ...pinned() })).rejects.toThrow(
        /signature: expected what the control plane signed/,
      );
    }
    vi.unstubAllEnvs();
  });

  test('is not made of JSON, a snapshot or changes that somebody else altered', async () => {
    vi.stubEnv('OPENBEIAN_GATE_TOKEN', 'gate-token');
    await filesOf('bad');
    const file = join(folder, 'bad');
    const refused = (snapshot: string, why: RegExp) => expect(compile({ snapshot, ...pinned() })).rejects.toThrow(why);
    const log = readFileSync(`${file}.changes`);
    const [head, length] = [log.subarray(0, 16), log.readUInt32LE(16)];
    const entry = Buffer.from(
      log
        .subarray(24, 24 + length)
        .toString('utf8')
        .replace('suspended', 'cancelled'),
    );
    const sums = Buffer.alloc(8);
    sums.writeUInt32LE(length, 0);
    sums.writeUInt32LE(crc32(entry), 4);
    writeFileSync(`${file}.changes`, Buffer.concat([head, sums, entry]));
    await refused(file, /changes: expected what the control plane signed/);
    tamper(file, (bytes) => bytes.write('t', bytes.indexOf('first.cn')));
    await refused(file, /signature: expected what the control plane signed/);
    const answer = await fetch(`${signed}/api/v1/gate/snapshot`, { headers: { authorization: 'Bearer gate-token' } });
    const { signature, sha256: _sum, ...body } = JSON.parse(await answer.text());
    const sha256 = createHash('sha256')
      .update(canonicalJson({ ...body, version: 1 }))
      .digest('hex');
    const json = join(folder, 'bad.json');
    writeFileSync(json, JSON.stringify({ ...body, version: 1, sha256, signature }));
    await refused(json, /signature: expected what the control plane signed/);
    vi.unstubAllEnvs();
  });

  test('is not replaced by one of an older snapshot', async () => {
    await filesOf('aged');
    const file = join(folder, 'aged');
    await compile({ snapshot: file, ...pinned() });
    const before = readFileSync(out, 'utf8');
    rmSync(`${file}.changes`);
    await expect(compile({ snapshot: file, ...pinned() })).rejects.toThrow(
      /out\.map: the map that is there .* is newer/,
    );
    expect(readFileSync(out, 'utf8')).toBe(before);
  });

  test.each([
    ['http://beian.example', {}, /expected https outside this machine/],
    ['http://beian.example', { insecureTransport: true }, /--control-key/],
    ['https://beian.example', {}, /--control-key/],
    ['ftp://beian.example', {}, /expected an http\(s\) URL/],
  ])('is not made from %s with %j', async (server, more, message) => {
    await expect(readGateFacts({ server, ...more }, at, 'en')).rejects.toThrow(message);
  });
});
