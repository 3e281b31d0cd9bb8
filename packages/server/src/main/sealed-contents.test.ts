import { sql } from 'kysely';
import { afterAll, expect, test, vi } from 'vitest';
import { createUser } from '../auth/users.ts';
import { sealAudit, sealMarginMs } from '../flows/audit/seal-audit.ts';
import { keepUnreadable } from '../flows/authority/keep-unreadable.ts';
import { createLogger } from '../http/log.ts';
import { sealedThings, sealingContexts } from '../ports/index.ts';
import { parseConfig } from './config.ts';
import { openDeployment } from './deployment.ts';
import { sealedTexts } from './testing/free-texts.ts';
import { licence } from './testing/materials.ts';
import { worldOf } from './testing/rule-world.ts';
import { sayEverywhere } from './testing/said-everywhere.ts';

vi.setConfig({ testTimeout: 90_000, hookTimeout: 90_000 });

const clock = { nowMs: Date.parse('2026-11-21T01:30:00.000Z') };
const config = parseConfig({
  provider: 'tencent',
  name: { zh: '测试', en: 'Test' },
  authority: { adapter: 'plain', url: 'http://127.0.0.1:9', secret: 'unused' },
});
const deployment = await openDeployment(config, {
  clock: { now: () => new Date(clock.nowMs).toISOString() },
  inMemory: true,
  logger: createLogger('silent'),
});
afterAll(() => deployment.close());

/** Every column of text, of whatever table, of which a value has something sealed in it. */
const columnsWithSealedContents = () =>
  columnsWith(`~ 'v1\\.${deployment.deps.vault.newest.sealing}\\.[A-Za-z0-9_-]{38,}'`);

async function columnsWith(condition: string): Promise<string[]> {
  const { rows } = await sql
    .raw<{ table: string; column: string }>(
      `SELECT table_name AS table, column_name AS column FROM information_schema.columns
       WHERE table_schema = current_schema() AND data_type IN ('text', 'jsonb', 'ARRAY') ORDER BY 1, 2`,
    )
    .execute(deployment.open.kysely);
  const found: string[] = [];
  for (const { table, column } of rows) {
    const held = await sql
      .raw(`SELECT 1 FROM ${table} WHERE "${column}"::text ${condition} LIMIT 1`)
      .execute(deployment.open.kysely);
    if (held.rows.length > 0) found.push(`${table}.${column}`);
  }
  return found;
}

test('after everything that is sealed was written, the sealed contents are where the list says, and nowhere else', async () => {
  const world = worldOf(deployment, clock, 'sealed');
  const { flows } = world;
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  await world.issue(account, resourceId, account);
  await world.filed(account, { resourceId });
  const { webhook } = await flows.createWebhook(world.call(account), {
    url: 'https://example.com/hook',
    types: [],
    description: '',
  });
  await flows.rotateWebhookSecret(world.call(account), { webhookId: webhook.id, overlapHours: 24 });
  await flows.createApiKey(world.call(account), { name: 'k', scopes: ['codes:read'], lifetimeDays: null });
  await flows.putNoticeMail(world.call(account), { addresses: ['someone@people.example'] });
  const user = await createUser(await deployment.library(), {
    login: 'sealed',
    password: 'seven quiet herons at noon',
    displayName: '陈',
    role: 'operator',
    accountId: null,
  });
  expect(user).toBe(true);
  await deployment.deps.store.transaction(async (tx) => {
    const at = new Date().toISOString();
    const person = await tx.people.findByLogin('sealed', at);
    const id = person?.id ?? '';
    const { vault } = deployment.deps;
    await tx.people.update(id, { sealedMail: vault.seal('own@people.example', sealingContexts.people(id)) }, at);
    await tx.secondFactors.putTotp(id, vault.seal('secret', sealingContexts.totp(id)), at);
  });
  await deployment.deps.store.transaction(async (tx) => {
    const day = '2024-01-01';
    const sealedDigest = deployment.deps.vault.seal('digest', sealingContexts.clearings(day));
    const decidedAt = new Date(clock.nowMs).toISOString();
    const facts = { firstSeal: 1, lastSeal: 1, rows: 1, auditId: 'aud_none', keepDays: 184 };
    await tx.auditClearings.insert({ day, ...facts, decidedAt, digest: 'digest', sealedDigest });
  });
  await deployment.deps.store.transaction(async ({ authorityLedger }) => {
    const key = deployment.deps.vault.makeDataKey();
    const sealedKey = deployment.deps.vault.seal(key.text, sealingContexts.papers('pap_1'));
    await authorityLedger.insertPaper({
      id: 'pap_1',
      sealedKey,
      body: key.seal(new Uint8Array([1]), 'pap_1'),
      keptUntil: null,
    });
  });
  const holder = await world.account();
  const held = await world.draft(holder);
  await world.submit(await world.bind(held, { resourceId: await world.server(holder, 'tencent', 'cvm') }));
  const { filingId } = await world.draft(account, undefined, held.domainName);
  const statement = '负责人陈启明，电话 13900001234，域名由我公司注册。';
  const contested = await flows.contestFiling(world.call(account), { filingId, statement });
  expect(contested.statement).toBe(statement);
  const picture = licence.subarray();
  const begin = (key: 'pledge' | 'subject_certificate') =>
    flows.beginUpload(world.call(account), {
      filingId,
      key,
      part: 'whole',
      signedOn: '2026-11-20',
      bytes: picture.byteLength,
    });
  await begin('pledge');
  const { id: uploadId } = await begin('subject_certificate');
  await flows.appendUpload(world.call(account), { uploadId, atByte: 0, body: picture });
  await flows.completeUpload(world.call(account), { uploadId });
  const said = await sayEverywhere(world, { account, resourceId, contestId: contested.id, words: statement });
  // A certificate's number is a personal field of every draft above, and a new one a value of the same field.
  const certificates = ['startFiling.certificateNumber', 'startRecordFiling.becomes.certificateNumber'];
  expect([...said, 'contestFiling.statement', ...certificates].sort()).toEqual(sealedTexts);
  await keepUnreadable(world.deps, { kind: 'unreadable', messageId: 'new-1', raw: '{}', places: [] }, () => {});
  clock.nowMs += 2 * sealMarginMs;
  expect(await sealAudit(world.deps)).toBeGreaterThan(0);
  expect(await columnsWithSealedContents()).toEqual(Object.values(sealedThings).flat().sort());
  // Nor is what was said in clear anywhere, such as under the idempotency key.
  expect(await columnsWith(`LIKE '%13900001234%'`)).toEqual([]);
});
