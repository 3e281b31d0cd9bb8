import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clouds } from '@openbeian/model/cloud-import';
import { expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'import-'));
function run(args: string[], input = '') {
  return spawnSync(process.execPath, [main, ...args], { input, encoding: 'utf8' });
}
const response = {
  Instances: [
    {
      InstanceId: 'swas-fiction',
      RegionId: 'cn-shanghai',
      ChargeType: 'PrePaid',
      Status: 'Running',
      CreationTime: '2026-03-08T05:31:06Z',
      ExpiredTime: '2027-03-08T15:00:00Z',
      PublicIpAddress: '203.0.113.40',
    },
  ],
};
const file = join(folder, 'swas.json');
writeFileSync(file, JSON.stringify(response, null, 2));

test('what import prints, check reads; what the response lacks is named on standard error', () => {
  const args = ['import', 'alibaba', file, '--account', 'acct-a', '--real-name', 'enterprise', '--lang', 'en'];
  const { stdout, stderr, status } = run(args);
  expect(status).toBe(0);
  expect(stdout).toContain('"expiresAt":"2027-03-08"');
  expect(stderr).toContain('used: not in the response and counted as 0');
  expect(stderr).toContain('[swas-fiction]');
  const checked = run(['check', '-', '--at', '2026-11-21', '--json'], stdout);
  expect(JSON.parse(checked.stdout).results).toMatchObject([
    { resource: 'swas-fiction', policy: { id: 'alibaba/swas' } },
  ]);
});

test('another cloud’s response exits 1 with its place, an unknown cloud 2; the help names every cloud', () => {
  const refused = run(['import', 'huawei', file, '--lang', 'en']);
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toContain(
    `${file}:1: (root): expected a response of ECS ListServersDetails, BMS ListBareMetalServerDetails; EIP`,
  );
  const unknown = run(['import', 'nimbus', file]);
  expect(unknown).toMatchObject({ status: 2, stdout: '' });
  for (const cloud of clouds) expect(unknown.stderr).toContain(cloud);
});

test('a file cut off in the middle is refused with its line, and nothing is printed', () => {
  const cut = join(folder, 'cut.json');
  writeFileSync(cut, JSON.stringify(response, null, 2).slice(0, 120));
  const refused = run(['import', 'alibaba', file, cut, '--lang', 'en']);
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toMatch(/cut\.json:\d+: expected YAML or JSON/);
});
