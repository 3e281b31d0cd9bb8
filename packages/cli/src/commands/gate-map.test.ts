import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'gate-map-'));
afterAll(() => rmSync(folder, { recursive: true }));
const out = join(folder, 'out.map');
function run(records: string, ...args: string[]) {
  const file = join(folder, 'records.yaml');
  writeFileSync(file, records);
  const all = ['gate', 'map', '--records', file, '--out', out, '--at', '2026-11-21', '--lang', 'en', ...args];
  return spawnSync(process.execPath, [main, ...all], { encoding: 'utf8' });
}
const records = `
provider: tencent
defaultNames: [app.tencent-cloud.cn]
records:
  - { name: 例子.中国, number: x, accesses: [tencent] }
  - { name: a.cn, number: x, accesses: [b], graceUntil: 2026-12-01 }
  - { name: b.cn, number: x, accesses: [b], graceUntil: 2026-11-01 }
  - { name: hedmark.no, number: x, accesses: [tencent] }
`;

test('one line for each name in its ASCII form; what a map cannot say exactly is named and left out', () => {
  const { stdout, status } = run(records, '--format', 'nginx');
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ entries: 4, goodUntil: '2026-12-01', leftOut: ['hedmark.no'] });
  expect(readFileSync(out, 'utf8').split('\n').slice(2)).toEqual([
    '.xn--fsqu00a.xn--fiqs8s filed_here;',
    '.a.cn grace;',
    '.b.cn access_missing;',
    '.app.tencent-cloud.cn exempt_provider_name;',
    '',
  ]);
  run(records, '--format', 'haproxy');
  expect(readFileSync(out, 'utf8')).toContain('\na.cn grace\n');
});

test('bad input exits 1 and leaves the map that is there, and no draft', () => {
  writeFileSync(out, 'before');
  expect(run(records.replace('a.cn', 'www.a.cn'), '--format', 'nginx').stderr).toContain('records[1].name');
  const abroad = run(`${records}region: hk\n`, '--format', 'nginx');
  expect([abroad.status, abroad.stdout]).toEqual([1, '']);
  expect(abroad.stderr).toContain('outside the mainland nothing is blocked');
  const nowhere = run(records, '--format', 'nginx', '--out', join(folder, 'missing', 'x.map'));
  expect([nowhere.status, nowhere.stderr]).toEqual([1, expect.stringContaining('x.map: cannot be written')]);
  expect(run(records, '--format', 'apache').status).toBe(2);
  expect(readFileSync(out, 'utf8')).toBe('before');
  expect(readdirSync(folder).sort()).toEqual(['out.map', 'records.yaml']);
});
