import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseGateConfig } from './config.ts';
import { type GateConfigInput, type RunningGate, startGate } from './index.ts';
import { gateToken, snapshotBody, startTestControlPlane, type TestControlPlane } from './testing/test-control-plane.ts';

let folder: string;
let control: TestControlPlane;
let gate: RunningGate;
let logged: [event: string, fields: object][];
beforeEach(async () => {
  logged = [];
  folder = mkdtempSync(join(tmpdir(), 'openbeian-any-number-'));
  control = await startTestControlPlane();
});
afterEach(async () => {
  await gate.close();
  await control.close();
  rmSync(folder, { recursive: true });
});

const moved = { name: 'moved.cn', number: '京ICP备11018762号-1', accesses: ['alibaba'] };

/** A gate with one name filed elsewhere and one that is suspended. */
async function start(anyNumberSuffices: GateConfigInput['anyNumberSuffices']): Promise<void> {
  const records = [moved, { ...moved, name: 'stopped.cn', state: 'suspended' as const }];
  control.publish(snapshotBody(1, [], { records }));
  const places = { snapshotFile: join(folder, 'gate.snapshot'), readersFile: join(folder, 'readers') };
  const config = { listen: { port: 0 }, controlUrl: control.url, token: gateToken, ...places, anyNumberSuffices };
  gate = await startGate(config, { log: (_, event, fields) => logged.push([event, fields]) });
  await vi.waitFor(async () => expect((await explain('moved.cn')).record).not.toBeNull(), {
    timeout: 8000,
    interval: 20,
  });
}

async function explain(host: string): Promise<Record<string, unknown>> {
  return (await (await fetch(`${gate.url}/explain?host=${host}`)).json()) as Record<string, unknown>;
}

async function statusOf(host: string): Promise<number> {
  return (await fetch(`${gate.url}/auth`, { headers: { 'x-original-host': host } })).status;
}

test('a name filed elsewhere is served, an order closes it all the same, and explain names the policy', async () => {
  await start({ source: 'alibaba-docs-2019' });
  expect(await Promise.all(['www.moved.cn', 'stopped.cn', 'other.cn'].map(statusOf))).toEqual([204, 403, 403]);
  expect(await explain('moved.cn')).toMatchObject({
    reason: 'filed_elsewhere',
    served: true,
    policySource: 'alibaba-docs-2019',
    record: { name: 'moved.cn', number: moved.number },
  });
  expect(await explain('stopped.cn')).toMatchObject({ reason: 'suspended', policySource: null });
  // Readers beside the gate learn it from the overlay.
  expect(readFileSync(join(folder, 'readers.overlay'))[33]).toBe(1);
});

test('names of which there is no record are listed in a file, which is read again when it changes', async () => {
  const numbersFile = join(folder, 'numbers.txt');
  const write = (text: string) => {
    writeFileSync(`${numbersFile}.new`, text);
    renameSync(`${numbersFile}.new`, numbersFile);
  };
  write(
    '# ours\nlisted.cn 京ICP备11018763号-1\nstopped.cn 京ICP备11018764号-1\nbad.cn 12345\nwww.sub.cn 京ICP备11018765号-1\n',
  );
  await start({ source: 'our-rules', numbersFile });
  expect(logged).toContainEqual(['numbers_file_read', { names: 2, leftOut: 2 }]);
  const hosts = ['www.listed.cn', 'moved.cn', 'stopped.cn', 'bad.cn', 'www.sub.cn', 'other.cn', 'a b'];
  expect(await Promise.all(hosts.map(statusOf))).toEqual([204, 204, 403, 403, 403, 403, 403]);
  expect(await explain('www.listed.cn')).toMatchObject({
    reason: 'filed_elsewhere',
    policySource: 'our-rules',
    record: { name: 'listed.cn', number: '京ICP备11018763号-1' },
  });
  // Readers beside the gate ask it of names without a record.
  expect(readFileSync(join(folder, 'readers.overlay'))[33]).toBe(2);
  write('other.cn\t京ICP备11018766号-1\n');
  await vi.waitFor(async () => expect(await statusOf('other.cn')).toBe(204), { timeout: 8000, interval: 50 });
  expect(await statusOf('listed.cn')).toBe(403);
  // What cannot be read changes nothing.
  rmSync(numbersFile);
  await vi.waitFor(() => expect(logged).toContainEqual(['numbers_file_trouble', { why: 'ENOENT' }]), {
    timeout: 8000,
    interval: 50,
  });
  expect(await statusOf('other.cn')).toBe(204);
});

test('without the policy this provider must access the record itself', async () => {
  await start(undefined);
  expect(await explain('moved.cn')).toMatchObject({ reason: 'access_missing', served: false, policySource: null });
  expect(readFileSync(join(folder, 'readers.overlay'))[33]).toBe(0);
});

test('a policy without its source is refused', () => {
  const config = { controlUrl: 'http://127.0.0.1:1', token: gateToken, snapshotFile: 'x' };
  for (const policy of [true, {}, { source: ' ' }]) {
    expect(() => parseGateConfig({ ...config, anyNumberSuffices: policy })).toThrow('input.invalid');
  }
});
