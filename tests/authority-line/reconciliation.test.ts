import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { defaultInterfaceUnit } from '@openbeian/authority-sim';
import { fictionalCompany } from '@openbeian/model/fictional';
import { expect, test } from 'vitest';
import { sealingContexts } from '../../packages/server/src/ports/index.ts';
import { createTestDatabase } from '../support/shared-postgres.ts';
import { startLineWorkers } from './line-workers.ts';
import { type LineWorld, openLineWorld, provider } from './line-world.ts';

const provinceCode = '440000';
const line = { provider: String(defaultInterfaceUnit.ispId), provinceCode };
/** More than are asked about in two batches. */
const records = 45;
const isLost = (n: number) => n % 9 === 4;
const isRenumbered = (n: number) => n % 9 === 7;
const numberOf = (n: number, from = 500_000) => `粤ICP备2026${String(from + n)}号-1`;

/** The same on both sides, but for what is lost or has another number there. */
async function fillBooks({ deployment, controls }: LineWorld): Promise<void> {
  const { deps } = deployment;
  const at = deps.clock.now();
  await deps.store.transaction((tx) => tx.accounts.put({ id: 'acc_1', realName: '甲', displayName: '甲' }, at));
  for (let n = 0; n < records; n += 1) {
    const company = fictionalCompany(700_000 + n);
    const number = numberOf(n);
    const [subjectNumber, domainName] = [number.replace(/-1$/, ''), `books-${n}.cn`];
    const text = `business_licence\n${company.creditCode}`;
    await deps.store.transaction(async ({ records: rows }) => {
      const id = deps.ids.next('sbj');
      await rows.putSubject({
        id,
        number: subjectNumber,
        accountId: 'acc_1',
        subjectKind: 'enterprise',
        subjectHash: deps.vault.hash(text, 'subject'),
        unitName: company.name,
        sealedName: deps.vault.seal(company.name, sealingContexts.subjects(subjectNumber)),
        provinceCode,
        recordedAt: at,
      });
      const service = { subjectRecordId: id, serviceKind: 'website', serviceName: `站${n}`, domainName } as const;
      const { id: serviceRecordId } = await rows.putService({
        id: deps.ids.next('srv'),
        number,
        ...service,
        state: 'filed',
        recordedAt: at,
      });
      const tie = { serviceRecordId, provider, resourceId: null, filingId: null, at };
      await rows.putAccess({ id: deps.ids.next('acs'), ...tie });
    });
    if (isLost(n)) continue;
    await controls.alterBooks({
      alter: 'entered',
      number: isRenumbered(n) ? numberOf(n, 600_000) : number,
      name: company.name,
      kind: 'enterprise',
      certificateType: 'business_licence',
      certificateNumber: company.creditCode,
      siteName: `站${n}`,
      domainName,
      provider,
      line: { unit: defaultInterfaceUnit.ispId, province: provinceCode },
    });
  }
}

async function countAsked({ sim }: LineWorld): Promise<number> {
  const response = await fetch(`${sim.url}/control/v3/calls`);
  // The simulator's own log of calls.
  const { calls } = (await response.json()) as { readonly calls: readonly { readonly operation: string }[] };
  return calls.filter(({ operation }) => operation === 'isp_querybeianstatus').length;
}

test('two workers that are killed again and again compare both books whole, each record once in effect', {
  timeout: 240_000,
}, async (context) => {
  const database = await createTestDatabase();
  if (database === null) return context.skip('no PostgreSQL');
  const folder = mkdtempSync(join(tmpdir(), 'openbeian-reconciliation-'));
  const world = await openLineWorld({ databaseUrl: database.url, folder, seed: 15, calm: true });
  const workers = await startLineWorkers(2, world.workerArguments);
  try {
    await fillBooks(world);
    const ledger = world.deployment.deps.store;
    const id = world.deployment.deps.ids.next('rec');
    const startedAt = world.clock.now();
    await ledger.transaction(async ({ authorityLedger }) => {
      await authorityLedger.putLine(line);
      await authorityLedger.startReconciliation({ ...line, id, startedAt, startedBy: 'usr_1' });
    });
    const runOf = () => ledger.transaction(({ authorityLedger }) => authorityLedger.findReconciliation(id));
    let killedAt = 0;
    while ((await runOf())?.endedAt === null) {
      workers.check();
      const asked = await countAsked(world);
      // In the midst of its first batches.
      if (asked - killedAt >= 7 && killedAt < 30) {
        killedAt = asked;
        workers.kill(0);
        workers.kill(1);
        await pause(200);
        // Beyond what the killed ones had.
        world.clock.advance(4 * 60_000);
      }
      await pause(25);
      world.clock.advance(2_000);
    }
    expect(killedAt).toBeGreaterThan(0);
    // What a killed worker had compared of its batch is compared again, and counted once.
    expect(await runOf()).toMatchObject({ ending: 'done', compared: records, skipped: 0 });
    const found = await ledger.transaction(({ authorityLedger }) => authorityLedger.listDifferences({ limit: 999 }));
    const all = Array.from({ length: records }, (_, n) => n);
    const expected = [
      ...all.filter(isLost).map((n) => `${numberOf(n)} missing_there null`),
      ...all.filter(isRenumbered).map((n) => `${numberOf(n)} number_differs ${numberOf(n, 600_000)}`),
    ];
    expect(found.map(({ serviceNumber, kind, theirs }) => `${serviceNumber} ${kind} ${theirs}`).toSorted()).toEqual(
      expected.toSorted(),
    );
  } finally {
    await workers.stop();
    await world.close();
    await database.drop();
  }
});
