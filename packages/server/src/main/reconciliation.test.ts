import { isFault } from '@openbeian/model/fault';
import { fictionalCompany } from '@openbeian/model/fictional';
import type { DifferenceKind } from '@openbeian/model/reconciliation';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { GivenRepair } from '../flows/authority/reconcile/repair-difference.ts';
import type { FiledRef, RuleWorld } from './testing/rule-world.ts';
import { openV3World, type V3World } from './testing/v3-world.ts';

let v3: V3World;
let world: RuleWorld;
beforeAll(async () => {
  v3 = await openV3World();
  world = v3.world;
}, 60_000);
afterAll(() => v3?.close());

let sites = 0;
async function filedSite(): Promise<FiledRef & { readonly resourceId: string }> {
  const account = await world.account();
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const begun = await world.draft(account);
  sites += 1;
  // Names of sites are taken once at the authority.
  const letters = '甲乙丙丁戊己庚辛壬癸';
  const values = { 'service.name': `核对簿册${letters[Math.floor(sites / 10)]}${letters[sites % 10]}号` };
  const { filingId, version } = begun;
  const saved = await world.flows.saveFilingForm(world.call(account), { filingId, version, values });
  const draft = { ...begun, version: saved.filing.version };
  await world.pass(await world.submit(await world.bind(draft, { resourceId })));
  await v3.goOn();
  const { filing } = await world.flows.getFiling({ actor: world.operator }, { filingId: draft.filingId });
  expect([filing.state, filing.findings]).toEqual(['filed', []]);
  const { subjectNumber, serviceNumber } = filing;
  return { ...draft, resourceId, subjectNumber: subjectNumber ?? '', serviceNumber: serviceNumber ?? '' };
}

const by = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });

/** A run from its start to its end, everything of ours delivered before it where that is asked for. */
async function reconcile(isDelivered = true) {
  if (isDelivered) {
    // Beyond what belongs to the delivery before.
    await v3.controls.advanceClock('PT2H');
    await v3.controls.say({ say: 'everything', line: v3.line });
    await v3.goOn(2);
    await v3.controls.advanceClock('PT15M');
  }
  const { reconciliationId } = await world.flows.startReconciliation(by(), { provinceCode: v3.line.province });
  const one = v3.worker();
  for (let round = 0; round < 40; round += 1) {
    await one.reconciler.tick();
    await v3.controls.advanceClock('PT30S');
    const { reconciliations } = await world.flows.listReconciliations({ actor: world.operator }, { limit: 1 });
    const [row] = reconciliations;
    if (row?.id === reconciliationId && row.endedAt !== null) return row;
  }
  throw new Error('the run does not end');
}

const listed = async (serviceNumber: string) => {
  const { differences } = await world.flows.listDifferences({ actor: world.operator }, {});
  return differences.filter((one) => one.serviceNumber === serviceNumber);
};
const kindsOf = async (serviceNumber: string) => (await listed(serviceNumber)).map(({ kind }) => kind);

async function repair(serviceNumber: string, kind: DifferenceKind, act: GivenRepair): Promise<string> {
  const found = (await listed(serviceNumber)).find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`${serviceNumber} has no ${kind}`);
  return (await world.flows.repairDifference(by(), { differenceId: found.id, act })).state;
}
const takeOver = { repair: 'take_over' } as const;

const recordOf = (number: string) =>
  world.deps.store.transaction(async (tx) => {
    const service = await tx.records.findServiceByNumber(number);
    const subject = service === null ? null : await tx.records.findSubject(service.subjectRecordId);
    return { service, subject };
  });
const hostOf = async (host: string) => (await world.flows.explainHost({ actor: world.operator }, { host })).outcome;

test('both books agree after a filing; nothing is found, and the authority is asked about nothing that it has just delivered', async () => {
  await filedSite();
  const run = await reconcile();
  expect(run).toMatchObject({ ending: 'done', found: 0, skipped: 0, asked: 0, waiting: 0, uncarried: 0, unsaid: 0 });
  expect(run.compared).toBeGreaterThan(0);
  // Without a fresh delivery it is asked.
  await v3.controls.advanceClock('PT48H');
  const asked = await reconcile(false);
  expect(asked).toMatchObject({ ending: 'done', found: 0 });
  expect(asked.asked).toBeGreaterThan(0);
});

test('a record that the authority lost behind our back: seen by asking, taken over, and its name is blocked', async () => {
  const site = await filedSite();
  await v3.controls.alterBooks({ alter: 'removed', number: site.serviceNumber });
  await reconcile(false);
  expect(await hostOf(site.domainName)).toBe('allow');
  expect(await listed(site.serviceNumber)).toMatchObject([
    { kind: 'cancelled_there', ours: site.serviceNumber, theirs: null, state: 'open', domainName: site.domainName },
  ]);
  expect(await repair(site.serviceNumber, 'cancelled_there', takeOver)).toBe('ended');
  expect((await recordOf(site.serviceNumber)).service?.state).toBe('cancelled');
  expect(await hostOf(site.domainName)).toBe('block');
  await reconcile();
  expect(await kindsOf(site.serviceNumber)).toEqual([]);
});

test('the organiser’s name and certificate, the site’s name and domain are taken over, each by itself', async () => {
  const site = await filedSite();
  const other = fictionalCompany(990_001);
  await v3.controls.alterBooks({
    alter: 'holder',
    number: site.subjectNumber,
    name: '更名后有限公司',
    certificateNumber: other.creditCode,
  });
  await v3.controls.alterBooks({
    alter: 'site',
    number: site.serviceNumber,
    name: '更名后网站',
    domainName: 'renamed-at-authority.cn',
  });
  await reconcile();
  const kinds = ['certificate_differs', 'domain_differs', 'holder_differs', 'service_name_differs'] as const;
  expect((await kindsOf(site.serviceNumber)).toSorted()).toEqual(kinds);
  const certificate = (await listed(site.serviceNumber)).find(({ kind }) => kind === 'certificate_differs');
  expect(certificate?.theirs).toContain('***');
  expect(JSON.stringify(await listed(site.serviceNumber))).not.toContain(other.creditCode);
  for (const kind of kinds) expect(await repair(site.serviceNumber, kind, takeOver)).toBe('ended');
  const { service, subject } = await recordOf(site.serviceNumber);
  expect(service).toMatchObject({ serviceName: '更名后网站', domainName: 'renamed-at-authority.cn' });
  expect(subject?.unitName).toBe('更名后有限公司');
  await reconcile();
  expect(await kindsOf(site.serviceNumber)).toEqual([]);
});

test('another number is taken over with its organiser’s, and the record is found by it', async () => {
  const site = await filedSite();
  const to = '粤ICP备2026777001号-1';
  await v3.controls.alterBooks({ alter: 'renumbered', number: site.serviceNumber, to });
  await reconcile(false);
  expect(await listed(site.serviceNumber)).toMatchObject([
    { kind: 'number_differs', ours: site.serviceNumber, theirs: to },
  ]);
  expect(await repair(site.serviceNumber, 'number_differs', takeOver)).toBe('ended');
  const { service, subject } = await recordOf(to);
  expect([service?.domainName, subject?.number]).toEqual([site.domainName, '粤ICP备2026777001号']);
  expect((await recordOf(site.serviceNumber)).service).toBeNull();
  await reconcile();
  expect([await kindsOf(site.serviceNumber), await kindsOf(to)]).toEqual([[], []]);
});

test('an access that is only on one side is ended or opened here, as the authority has it', async () => {
  const site = await filedSite();
  const access = { number: site.serviceNumber, provider: 'tencent' };
  await v3.controls.alterBooks({ alter: 'access_removed', ...access });
  await v3.controls.alterBooks({
    alter: 'access_added',
    ...access,
    provider: 'other',
    line: { unit: 77, province: v3.line.province },
  });
  await reconcile();
  expect(await kindsOf(site.serviceNumber)).toEqual(['access_missing_there']);
  expect(await repair(site.serviceNumber, 'access_missing_there', takeOver)).toBe('ended');
  expect((await recordOf(site.serviceNumber)).service?.accesses).toEqual([]);
  await v3.controls.alterBooks({ alter: 'access_added', ...access, line: v3.line });
  await reconcile();
  expect(await kindsOf(site.serviceNumber)).toEqual(['access_only_there']);
  expect(await repair(site.serviceNumber, 'access_only_there', takeOver)).toBe('ended');
  expect((await recordOf(site.serviceNumber)).service?.accesses).toEqual(['tencent']);
  await reconcile();
  expect(await kindsOf(site.serviceNumber)).toEqual([]);
});

test('what was cancelled here alone is in force again, or its cancellation is sent', async () => {
  const [kept, ended] = [await filedSite(), await filedSite()];
  for (const { serviceNumber } of [kept, ended]) {
    await world.flows.cancelRecord(by(), { scope: 'service', number: serviceNumber, reason: '误操作' });
  }
  await reconcile();
  expect(await kindsOf(kept.serviceNumber)).toEqual(['in_force_there']);
  expect(await repair(kept.serviceNumber, 'in_force_there', takeOver)).toBe('ended');
  // Its access ended with it; that is a difference of its own.
  expect(await kindsOf(kept.serviceNumber)).toEqual(['access_only_there']);
  expect(await repair(kept.serviceNumber, 'access_only_there', takeOver)).toBe('ended');
  expect((await recordOf(kept.serviceNumber)).service).toMatchObject({ state: 'filed', accesses: ['tencent'] });
  expect(await repair(ended.serviceNumber, 'in_force_there', { repair: 'send_again' })).toBe('sent');
  await v3.goOn(6);
  const { services } = await v3.controls.getState();
  expect(services.map(({ number }) => number)).not.toContain(ended.serviceNumber);
  await reconcile();
  expect([await kindsOf(kept.serviceNumber), await kindsOf(ended.serviceNumber)]).toEqual([[], []]);
});

test('ours goes again as a change; a password is asked for where the authority wants one', async () => {
  const site = await filedSite();
  await v3.controls.alterBooks({ alter: 'site', number: site.serviceNumber, name: '管局误改' });
  await v3.controls.alterBooks({ alter: 'holder', number: site.subjectNumber, name: '管局误改有限公司' });
  await reconcile();
  expect(await repair(site.serviceNumber, 'service_name_differs', { repair: 'send_again' })).toBe('sent');
  // While it is with the authority nothing about the record is decided here.
  expect(await codeOf(repair(site.serviceNumber, 'holder_differs', takeOver))).toBe('authority.difference_gone');
  await v3.goOn(6);
  // Decided; what else differs is not known before the authority delivers again. A change states the organiser and its sites whole.
  expect(await kindsOf(site.serviceNumber)).toContain('holder_differs');
  expect(await codeOf(repair(site.serviceNumber, 'holder_differs', takeOver))).toBe('authority.difference_gone');
  await reconcile();
  expect(await kindsOf(site.serviceNumber)).toEqual([]);

  await v3.controls.alterBooks({ alter: 'access_removed', number: site.serviceNumber, provider: 'tencent' });
  await v3.controls.alterBooks({
    alter: 'access_added',
    number: site.serviceNumber,
    provider: 'other',
    line: { unit: 77, province: v3.line.province },
  });
  await reconcile();
  const without = repair(site.serviceNumber, 'access_missing_there', { repair: 'send_again' });
  expect(await codeOf(without)).toBe('authority.not_sendable');
  // Nothing was sent, so it waits for somebody still.
  expect(await listed(site.serviceNumber)).toMatchObject([{ kind: 'access_missing_there', state: 'open' }]);
  const { subjects } = await v3.controls.getState();
  const filingPassword = subjects.find(({ number }) => number === site.subjectNumber)?.filingPassword ?? '';
  expect(await repair(site.serviceNumber, 'access_missing_there', { repair: 'send_again', filingPassword })).toBe(
    'sent',
  );
  await v3.goOn(6);
  await reconcile();
  expect(await kindsOf(site.serviceNumber)).toEqual([]);
});

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (isFault(error) ? error.code : String(error)),
  );

test('what only the authority has is entered for an account that an operator names', async () => {
  const company = fictionalCompany(990_777);
  const number = '粤ICP备2026888001号-1';
  await v3.controls.alterBooks({
    alter: 'entered',
    number,
    name: '管局独有有限公司',
    kind: 'enterprise',
    certificateType: 'business_licence',
    certificateNumber: company.creditCode,
    siteName: '管局独有网站',
    domainName: 'only-at-authority.cn',
    provider: 'tencent',
    line: v3.line,
  });
  await reconcile();
  expect(await listed(number)).toMatchObject([{ kind: 'missing_here', ours: null, theirs: number }]);
  expect(await codeOf(repair(number, 'missing_here', takeOver))).toBe('authority.repair_unfit');
  expect(await codeOf(repair(number, 'missing_here', { ...takeOver, accountId: 'acc_none' }))).toBe('object.not_found');
  const accountId = await world.account();
  expect(await repair(number, 'missing_here', { ...takeOver, accountId })).toBe('ended');
  const { service, subject } = await recordOf(number);
  expect(service).toMatchObject({ domainName: 'only-at-authority.cn', state: 'filed', accesses: ['tencent'] });
  expect(subject).toMatchObject({ accountId, unitName: '管局独有有限公司' });
  expect(await hostOf('only-at-authority.cn')).toBe('allow');
  await reconcile();
  expect(await kindsOf(number)).toEqual([]);
});

test('a site that the authority ended of an organiser that it still has goes there as another site of that organiser', async () => {
  const site = await filedSite();
  await v3.controls.alterBooks({ alter: 'removed', number: site.serviceNumber });
  await reconcile(false);
  expect(await repair(site.serviceNumber, 'cancelled_there', { repair: 'send_again' })).toBe('sent');
  await v3.goOn(8);
  await reconcile();
  const [differs] = await listed(site.serviceNumber);
  expect(differs).toMatchObject({ kind: 'number_differs', theirs: `${site.subjectNumber}-2` });
  expect(await repair(site.serviceNumber, 'number_differs', takeOver)).toBe('ended');
});

test('what never was at the authority goes there as a new filing, and its new number is taken over', async () => {
  const site = await filedSite();
  const forgotten = await filedSite();
  await v3.controls.alterBooks({ alter: 'removed', number: forgotten.subjectNumber });
  await reconcile(false);
  expect(await kindsOf(site.serviceNumber)).toEqual([]);
  expect(await kindsOf(forgotten.serviceNumber)).toEqual(['cancelled_there']);
  // As if it had never been delivered.
  await world.run(`DELETE FROM authority_service WHERE service_number = '${forgotten.serviceNumber}'`);
  await reconcile(false);
  expect(await kindsOf(forgotten.serviceNumber)).toEqual(['missing_there']);
  expect(await repair(forgotten.serviceNumber, 'missing_there', { repair: 'send_again' })).toBe('sent');
  await v3.goOn(8);
  await reconcile();
  const [differs] = await listed(forgotten.serviceNumber);
  expect(await kindsOf(forgotten.serviceNumber)).toEqual(['number_differs']);
  expect(await repair(forgotten.serviceNumber, 'number_differs', takeOver)).toBe('ended');
  await reconcile();
  expect(await kindsOf(differs?.theirs ?? '')).toEqual([]);
  const { services } = await v3.controls.getState();
  expect(services.find(({ domainName }) => domainName === forgotten.domainName)?.number).toBe(differs?.theirs);
});

test('a difference that is gone is not repaired; one that somebody has seen stays so until it becomes another', async () => {
  const site = await filedSite();
  const { number, ...named } = { number: site.serviceNumber, alter: 'site' };
  await v3.controls.alterBooks({ ...named, number, name: '一' });
  await reconcile();
  const [first] = await listed(number);
  expect(await repair(number, 'service_name_differs', { repair: 'seen', reason: '客户已知' })).toBe('seen');
  await reconcile();
  expect(await listed(number)).toMatchObject([{ state: 'seen', id: first?.id }]);
  await v3.controls.alterBooks({ ...named, number, name: '二' });
  await reconcile();
  expect(await listed(number)).toMatchObject([{ state: 'open', id: first?.id, theirs: '二' }]);
  expect(await repair(number, 'service_name_differs', { repair: 'open_case' })).toBe('case');
  const { cases } = await world.flows.listAuthorityCases({ actor: world.operator }, {});
  expect(cases.some(({ kind }) => kind === 'difference')).toBe(true);

  // Delivered right again before anybody acts.
  const { service } = await recordOf(number);
  await v3.controls.alterBooks({ ...named, number, name: service?.serviceName });
  await v3.controls.advanceClock('PT2H');
  await v3.controls.say({ say: 'everything', line: v3.line });
  await v3.goOn(2);
  expect(await codeOf(repair(number, 'service_name_differs', takeOver))).toBe('authority.difference_gone');
  expect(await listed(number)).toEqual([]);
  const again = world.flows.repairDifference(by(), { differenceId: first?.id ?? '', act: takeOver });
  expect(await codeOf(again)).toBe('authority.difference_gone');
});
