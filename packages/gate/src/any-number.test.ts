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
async function start(
  anyNumberSuffices: GateConfigInput['anyNumberSuffices'],
  listenFor: GateConfigInput['listenFor'] = [],
): Promise<void> {
  const records = [moved, { ...moved, name: 'stopped.cn', state: 'suspended' as const }];
  control.publish(snapshotBody(1, [], { records }));
  const places = { snapshotFile: join(folder, 'gate.snapshot'), readersFile: join(folder, 'readers') };
  const asked = { listen: { port: 0 }, listenFor, anyNumberSuffices };
  const config = { ...asked, controlUrl: control.url, token: gateToken, ...places };
  gate = await startGate(config, { log: (_, event, fields) => logged.push([event, fields]) });
  await vi.waitFor(async () => expect((await explain('moved.cn')).record).not.toBeNull(), {
    timeout: 8000,
    interval: 20,
  });
}

async function explain(host: string, url = gate.url): Promise<Record<string, unknown>> {
  return (await (await fetch(`${url}/explain?host=${host}`)).json()) as Record<string, unknown>;
}

async function statusOf(host: string, url = gate.url): Promise<number> {
  return (await fetch(`${url}/auth`, { headers: { 'x-original-host': host } })).status;
}

test('a name filed elsewhere is served, an order closes it all the same, and explain names the policy', async () => {
  await start({ source: 'alibaba-docs-2019' });
  expect(await Promise.all(['www.moved.cn', 'stopped.cn', 'other.cn'].map((host) => statusOf(host)))).toEqual([
    204, 403, 403,
  ]);
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
  expect(await Promise.all(hosts.map((host) => statusOf(host)))).toEqual([204, 204, 403, 403, 403, 403, 403]);
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

test('each address goes by its own policy, with its own source and numbers', async () => {
  const numbersFile = join(folder, 'numbers.txt');
  writeFileSync(numbersFile, 'listed.cn 京ICP备11018763号-1\n');
  await start(undefined, [
    { port: 0, anyNumberSuffices: { source: 'alibaba-docs-2019', numbersFile } },
    { port: 0, anyNumberSuffices: { source: 'our-rules' } },
    { port: 0, region: 'hk', anyNumberSuffices: { source: 'our-rules' } },
    { port: 0, anyNumberSuffices: false },
  ]);
  const [cdn = '', firewall = '', abroad = '', strict = ''] = gate.urlsFor;
  const hosts = ['www.moved.cn', 'listed.cn', 'stopped.cn', 'other.cn'];
  const askedAt = (url: string) => Promise.all(hosts.map((host) => statusOf(host, url)));
  expect(await askedAt(gate.url)).toEqual([403, 403, 403, 403]);
  expect(await askedAt(cdn)).toEqual([204, 204, 403, 403]);
  expect(await askedAt(firewall)).toEqual([204, 403, 403, 403]);
  expect(await askedAt(abroad)).toEqual([204, 204, 204, 204]);
  expect(await askedAt(strict)).toEqual([403, 403, 403, 403]);
  expect(await explain('moved.cn', cdn)).toMatchObject({
    reason: 'filed_elsewhere',
    policySource: 'alibaba-docs-2019',
    record: { name: 'moved.cn' },
  });
  expect(await explain('listed.cn', cdn)).toMatchObject({ record: { number: '京ICP备11018763号-1' } });
  expect(await explain('listed.cn', firewall)).toMatchObject({ reason: 'unfiled', record: null });
  expect(await explain('moved.cn', firewall)).toMatchObject({ policySource: 'our-rules' });
  expect(await explain('moved.cn', gate.url)).toMatchObject({ reason: 'access_missing', policySource: null });
  // Of a proxy that asks for the page after a refusal, and of names that are looked up before they are added.
  const denied = async (url: string) => {
    const answer = await fetch(`${url}/deny`, { headers: { 'x-original-host': 'moved.cn' } });
    return [answer.status, answer.headers.get('x-openbeian-reason')];
  };
  expect([await denied(strict), await denied(cdn)]).toEqual([
    [403, 'access_missing'],
    [503, null],
  ]);
  const allowed = async (url: string) =>
    ((await (await fetch(`${url}/dns-check?name=moved.cn`)).json()) as { results: { allowed: boolean }[] }).results;
  expect([await allowed(strict), await allowed(cdn)]).toMatchObject([[{ allowed: false }], [{ allowed: true }]]);
  // Readers beside the gate go by the gate's own.
  expect(readFileSync(join(folder, 'readers.overlay'))[33]).toBe(0);
});

test('where the gate itself takes any number, an address can ask for the access all the same', async () => {
  await start({ source: 'alibaba-docs-2019' }, [
    { port: 0, region: 'cn-mainland' },
    { port: 0, anyNumberSuffices: false },
  ]);
  const [mainland, servers] = gate.urlsFor;
  expect([await statusOf('moved.cn'), await statusOf('moved.cn', mainland)]).toEqual([204, 204]);
  expect(await explain('moved.cn', servers)).toMatchObject({ reason: 'access_missing', policySource: null });
});

test('a policy without its source is refused', () => {
  const config = { controlUrl: 'http://127.0.0.1:1', token: gateToken, snapshotFile: 'x' };
  for (const policy of [true, {}, { source: ' ' }]) {
    expect(() => parseGateConfig({ ...config, anyNumberSuffices: policy })).toThrow('input.invalid');
  }
});
