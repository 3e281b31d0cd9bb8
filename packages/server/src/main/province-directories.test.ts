import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isFault } from '@openbeian/model/fault';
import { afterAll, expect, test } from 'vitest';
import { createLogger } from '../http/log.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { worldOf } from './testing/rule-world.ts';

const root = mkdtempSync(join(tmpdir(), 'openbeian-provinces-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const clock = { nowMs: Date.parse('2026-11-30T04:00:00.000Z') };

/** A deployment whose province rules are those of one file; null: the ones that come with OpenBeian. */
function openWith(text: string | null) {
  const directory = mkdtempSync(join(root, 'x-'));
  if (text !== null) writeFileSync(join(directory, '440000.yaml'), text);
  const config = parseConfig({
    provider: 'tencent',
    name: { zh: '测试', en: 'Test' },
    database: { directory: join(directory, 'database') },
    authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'of-at-least-sixteen-bytes' },
    ...(text === null ? {} : { provinceDirectories: [directory] }),
  });
  const now = () => new Date(clock.nowMs).toISOString();
  return openDeployment(config, { clock: { now }, inMemory: true, logger: createLogger('silent') });
}

test('an operator’s own rules of a province hold from their first day to their last', async () => {
  const rule =
    '{ id: own.remark, validFrom: 2026-12-01, validTo: 2026-12-31, effect: require_field, field: service.remark, message: { zh: 一, en: a }, remedy: { zh: 二, en: b }, asOf: 2026-11-01, source: s }';
  const deployment = await openWith(`province: "440000"\nrules:\n  - ${rule}\n`);
  try {
    const world = worldOf(deployment, clock);
    const account = await world.account();
    const { filingId } = await world.draft(account);
    const rulesFound = async (at: string) => {
      clock.nowMs = Date.parse(at);
      const { findings } = await world.flows.checkFiling(world.call(account), { filingId });
      return findings.map((finding) => finding.rule);
    };
    // Midnight in Beijing.
    expect(await rulesFound('2026-11-30T15:59:59.000Z')).toEqual([]);
    expect(await rulesFound('2026-11-30T16:00:00.000Z')).toEqual(['own.remark']);
    expect(await rulesFound('2026-12-31T15:59:59.000Z')).toEqual(['own.remark']);
    expect(await rulesFound('2026-12-31T16:00:00.000Z')).toEqual([]);
  } finally {
    await deployment.close();
  }
});

test('without a directory the bundled rules hold', async () => {
  const deployment = await openWith(null);
  try {
    const { provinceRules } = deployment.deps;
    expect(provinceRules('440000').map(({ province }) => province)).toEqual(['440000', null]);
    // A code that is no province's has what holds everywhere.
    expect(provinceRules('810000').map(({ province }) => province)).toEqual([null]);
  } finally {
    await deployment.close();
  }
});

test('a server does not start with rules that it cannot read, and names file and line', async () => {
  const error = await openWith('province: "440000"\nrules:\n  - { id: own.remark\n').then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(isFault(error, 'input.invalid') && error.extras.places?.[0]?.path).toMatch(/440000\.yaml:\d+$/);
});
