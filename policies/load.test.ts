import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { generatedFiles } from './generated-files.ts';
import { loadPolicies, providersDirectory, readPolicyFile, sampleDirectory } from './load.ts';

/** Contract §7. */
const contractProducts = {
  tencent: ['cvm', 'lighthouse', 'scf', 'cloudbase_run', 'clb'],
  alibaba:
    'ecs swas elastic_web_hosting virtual_host shared_host marketplace_site iot_package wangpu nat_gateway nat64 ens function_compute'.split(
      ' ',
    ),
  huawei: ['ecs', 'flexus_l', 'portal', 'nat_gateway', 'dedicated_cloud'],
  jd: ['vm', 'site_builder'],
  volcengine: ['ecs'],
  baidu: ['bcc'],
  qingcloud: ['instance'],
};

function placesOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (!isFault(error, 'input.invalid')) throw error;
    return (error.extras.places ?? []).map(({ path, expected }) => `${path}: ${expected}`);
  }
  return [];
}

function fileWith(text: string): string {
  const file = join(mkdtempSync(join(tmpdir(), 'policies-')), 'broken.yaml');
  writeFileSync(file, text);
  return file;
}

test('every product of the contract has a policy, and the fictional provider is kept apart', () => {
  const real = loadPolicies([providersDirectory]);
  for (const [provider, products] of Object.entries(contractProducts)) {
    expect([...(real.get(provider)?.products.keys() ?? [])]).toEqual(expect.arrayContaining(products));
  }
  expect([...real.values()].filter(({ fictional }) => fictional)).toEqual([]);
  const sample = loadPolicies([sampleDirectory]);
  expect([...sample.values()].every(({ fictional }) => fictional)).toBe(true);
  expect([...(sample.get('xingyun')?.products.keys() ?? [])]).toEqual(
    expect.arrayContaining(['server', 'light_server', 'container']),
  );
});

test('a bad policy file is refused with file, line and reason', () => {
  const text = readFileSync(join(sampleDirectory, 'xingyun.yaml'), 'utf8');
  const refused = (from: string, to: string) => {
    const changed = text.replace(from, to);
    expect(changed).not.toBe(text);
    const file = fileWith(changed);
    const line = changed.split('\n').findIndex((it) => it.includes(to)) + 1;
    const places = placesOf(() => readPolicyFile(file));
    const place = places.find((it) => it.startsWith(`${file}:${line}: products[0].versions[0]`));
    expect(place, places.join('\n')).toBeDefined();
    return place;
  };
  expect(refused('atLeast: P90D', 'atLeast: 90 days')).toContain('P90D');
  expect(refused('rule: notTrial', 'rule: noTrial')).toContain('conditions[6].rule');
  expect(refused('returnedOnRevoke: true', 'returnedOnRevok: true')).toContain('codes.returnedOnRevok: ');
  expect(refused('limit: 5', 'limit: -5')).toContain('quotas[0].limit');
});

test('a text that is no YAML, an empty or missing directory, and a provider given twice are refused', () => {
  expect(placesOf(() => readPolicyFile(fileWith('provider: a\nprovider: b\n')))[0]).toMatch(/broken\.yaml:2: /);
  expect(placesOf(() => loadPolicies([mkdtempSync(join(tmpdir(), 'policies-'))]))).toHaveLength(1);
  expect(placesOf(() => loadPolicies(['/nonexistent/policies']))).toHaveLength(1);
  expect(placesOf(() => loadPolicies([sampleDirectory, sampleDirectory]))[0]).toContain('xingyun');
});

test.each([...generatedFiles()])('%s is current: run `node scripts/docs.ts`', (file, text) => {
  expect(readFileSync(file, 'utf8')).toBe(text);
});

test('editors are told where the schema is', () => {
  for (const directory of [providersDirectory, sampleDirectory]) {
    for (const provider of loadPolicies([directory]).keys()) {
      const first = readFileSync(join(directory, `${provider}.yaml`), 'utf8').split('\n')[0];
      expect(first).toBe('# yaml-language-server: $schema=../policy.schema.json');
    }
  }
});
