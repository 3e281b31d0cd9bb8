import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { sbomOfCheckout } from './sbom.ts';

const root = new URL('..', import.meta.url);
const manifestOf = (file: string) =>
  JSON.parse(readFileSync(new URL(file, root), 'utf8')) as { dependencies?: Record<string, string> };

test('the bill of materials names every package that a room depends on, with licence and hash, and no tool of ours', () => {
  const { bomFormat, specVersion, metadata, components } = sbomOfCheckout();
  expect({ bomFormat, specVersion }).toEqual({ bomFormat: 'CycloneDX', specVersion: '1.5' });
  expect(metadata.component).toMatchObject({ type: 'application', name: 'openbeian' });
  const names = new Set(components.map(({ name }) => name));
  const manifests = ['package.json', ...globSync('packages/*/package.json', { cwd: root.pathname })];
  const needed = manifests.flatMap((file) => Object.keys(manifestOf(file).dependencies ?? {}));
  expect(needed.length).toBeGreaterThan(20);
  expect(needed.filter((name) => !name.startsWith('@openbeian/') && !names.has(name))).toEqual([]);
  for (const tool of ['typescript', '@biomejs/biome', 'knip']) expect(names).not.toContain(tool);
  for (const { name, hashes, purl } of components) {
    expect([name, hashes?.[0]?.content.length, purl.startsWith('pkg:npm/')]).toEqual([name, 128, true]);
  }
  const withoutLicence = components.filter((one) => one.licenses === undefined);
  expect(withoutLicence.map(({ name }) => name)).toEqual([]);
});
