import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gate-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const run = (args: string[], input = '') =>
  spawnSync(process.execPath, [main, 'gate', 'decide', ...args], { input, encoding: 'utf8' });

const records = `
provider: tencent
defaultNames: [apigw.example-cloud.cn]
region: cn-mainland
records:
  - { name: example.cn, number: 粤ICP备2026000123号-1, accesses: [tencent] }
  - { name: moved.cn,   number: 京ICP备11018762号-1,   accesses: [alibaba] }
  - { name: pending.cn, number: 沪ICP备2024000001号-1, accesses: [alibaba], graceUntil: 2026-12-01 }
  - { name: gone.cn,    number: 浙ICP备2021000002号-1, accesses: [tencent], state: cancelled }
`;

test('the contract’s records, one line for each host, in its shape', () => {
  const { stdout, status } = run([
    '--records',
    write('a.yaml', records),
    '--at',
    '2026-12-01',
    'www.example.cn',
    'moved.cn',
    'pending.cn',
    'gone.cn',
    'x.apigw.example-cloud.cn',
  ]);
  const lines = stdout.trimEnd().split('\n');
  expect(lines[0]).toBe(
    '{"host":"www.example.cn","outcome":"allow","reason":"filed_here","filingDomain":"example.cn","redirect":null}',
  );
  expect(lines.map((line) => JSON.parse(line).reason)).toEqual([
    'filed_here',
    'access_missing',
    'grace',
    'cancelled',
    'exempt_provider_name',
  ]);
  expect(status).toBe(0);
});

test('a CDN’s proxies serve every name with a valid number: by the product’s policy, or by the file’s', () => {
  const decided = (text: string) =>
    run(['--records', write('cdn.yaml', text), '--at', '2026-12-05', 'moved.cn', 'gone.cn', 'other.cn'])
      .stdout.trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).reason);
  const open = ['filed_elsewhere', 'cancelled', 'unfiled'];
  expect(decided(`${records}product: cdn\n`)).toEqual(open);
  expect(decided(`${records}anyNumberSuffices: { source: our-rules }\n`)).toEqual(open);
  expect(decided(`${records}product: cvm\n`)).toEqual(['access_missing', 'cancelled', 'unfiled']);
});

test('hosts come from standard input where none are given; the regions of the provider are known', () => {
  const file = write('hk.yaml', records.replace('cn-mainland', 'ap-hongkong'));
  const { stdout } = run(['--records', file], 'gone.cn\n192.0.2.1\n');
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).reason),
  ).toEqual(['exempt_region', 'exempt_ip_literal']);
});

test('a bad file exits 1, names file, line and place in the language asked for, and decides nothing', () => {
  const twice = write('twice.yaml', `${records}  - { name: EXAMPLE.cn, number: x, accesses: [] }\n`);
  const bad = run(['--records', twice, '--lang', 'en', 'example.cn']);
  expect([bad.stdout, bad.status]).toEqual(['', 1]);
  expect(bad.stderr).toContain(`${twice}:10: records[4].name: expected each name once`);
  const region = run(['--records', write('moon.yaml', records.replace('cn-mainland', 'moon-1')), 'example.cn']);
  expect([region.stdout, region.status]).toEqual(['', 1]);
  expect(region.stderr).toContain('region: 应为 cn-mainland、hk、overseas');
  expect(run(['--records', join(folder, 'missing.yaml'), 'example.cn']).status).toBe(1);
});

test('without --records the usage is wrong', () => {
  expect(run(['example.cn']).status).toBe(2);
});

test('gate run listens by its configuration and ends when told to', async () => {
  const config = {
    listen: { port: 0 },
    controlUrl: 'http://127.0.0.1:9',
    token: 'token-of-a-gate',
    snapshotFile: join(folder, 's.json'),
  };
  const gate = spawn(process.execPath, [main, 'gate', 'run', '--config', write('gate.json', JSON.stringify(config))]);
  const [chunk] = await once(gate.stdout, 'data');
  const { event, port } = JSON.parse(String(chunk).split('\n')[0] ?? '');
  expect(event).toBe('gate_listening');
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  gate.kill('SIGTERM');
  expect((await once(gate, 'exit'))[0]).toBe(0);
});

test('gate run refuses a bad configuration with its place', () => {
  const file = write('bad.yaml', 'controlUrl: http://127.0.0.1:9\ntoken: token-of-a-gate\nsnapshotfile: x\n');
  const { status, stderr } = spawnSync(process.execPath, [main, 'gate', 'run', '--config', file, '--lang', 'en'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr).toContain('snapshotFile: expected text');
  expect(stderr).toContain('snapshotfile: unknown key');
});
