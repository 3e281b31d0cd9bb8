import { afterEach, expect, test } from 'vitest';
import { anotherSite, filedCompany } from '../../main/testing/filed-company.ts';
import { openOperations } from '../../main/testing/operation-world.ts';
import type { FilingRow, OrganiserStand } from '../../ports/index.ts';
import type { Step } from '../command/step.ts';
import { fullCheckContextOf } from './organiser-facts.ts';

const world = await openOperations();
afterEach(() => world.reset());

const findingsOf = async (filing: { readonly filingId: string; readonly accountId: string }) =>
  (await world.flows.getFilingForm(world.call(filing.accountId), { filingId: filing.filingId })).findings;
const rulesOf = async (filing: Parameters<typeof findingsOf>[0]) => (await findingsOf(filing)).map(({ rule }) => rule);

test('an account that is verified as another kind than the organiser is told so; its own kind, nothing', async () => {
  const individual = await world.draft((await world.customer('individual')).accountId);
  const told = (await findingsOf(individual)).find(({ rule }) => rule === 'account.other_kind');
  expect(told).toMatchObject({
    field: 'subject.certificateNumber',
    severity: 'warning',
    remedy: { zh: expect.stringContaining('账号实名') },
    source: 'TC-REJECT',
    asOf: '2022-12-31',
  });
  expect(await rulesOf(await world.draft((await world.customer()).accountId))).not.toContain('account.other_kind');
});

test('an account that holds another organiser’s record is told so, until that one is cancelled', async () => {
  const owner = await world.customer();
  const other = await filedCompany(world, owner);
  const draft = await world.draft(owner.accountId, world.companySerial());
  expect(await rulesOf(draft)).toContain('account.other_subject');
  const body = { scope: 'subject', number: other.subjectNumber, reason: '管局通知注销' } as const;
  await world.people.operator.client.cancelRecord({ body });
  expect(await rulesOf(draft)).not.toContain('account.other_subject');
});

test('a shell cannot add a service: refused at submission, and filed again after the organiser is cancelled', async () => {
  const owner = await world.customer();
  const filed = await filedCompany(world, owner);
  const resourceId = await world.eligible(owner);
  const bound = await world.bind(await world.draft(owner.accountId, filed.company), { resourceId });
  expect(await rulesOf(bound)).not.toContain('shell.cancel_first');
  const cancel = (scope: 'service' | 'subject', number: string) =>
    world.people.operator.client.cancelRecord({ body: { scope, number, reason: '管局通知注销' } });
  await cancel('service', filed.serviceNumber);
  expect(await rulesOf(bound)).toContain('shell.cancel_first');
  await expect(world.submit(bound)).rejects.toMatchObject({
    code: 'filing.form_incomplete',
    extras: { findings: [expect.objectContaining({ rule: 'shell.cancel_first', severity: 'error' })] },
  });
  await cancel('subject', filed.subjectNumber);
  await world.flows.abandonFiling(world.call(owner.accountId), { filingId: bound.filingId, version: bound.version });
  const again = await world.bind(await world.draft(owner.accountId, filed.company), { resourceId });
  expect(await rulesOf(again)).not.toContain('shell.cancel_first');
  expect(await world.submit(again)).toMatchObject({ filingId: again.filingId });
});

test('counts of an organiser: those on record and this one, exact for a first filing, at least so many for others', async () => {
  const owner = await world.customer();
  const filed = await filedCompany(world, owner);
  for (let more = 0; more < 4; more += 1) await anotherSite(world, owner, filed);
  const draft = await world.draft(owner.accountId, filed.company);
  const found = (await findingsOf(draft)).filter(({ field }) => field === 'service.homeUrl').map(({ rule }) => rule);
  expect(found).toContain('services.many_papers');
  const reviewed = await world.flows.getFilingForm({ actor: world.operator }, { filingId: draft.filingId });
  expect(reviewed.checkList?.find(({ rule }) => rule === 'services.many_papers')?.because).toBe('to_be_seen');
  // One less, and other providers may still have more: the reviewer is left to look.
  const cancelled = { scope: 'service', number: filed.serviceNumber, reason: '管局通知注销' } as const;
  await world.people.operator.client.cancelRecord({ body: cancelled });
  expect((await findingsOf(draft)).filter(({ rule }) => rule === 'services.many_papers')).toEqual([]);
  const looked = await world.flows.getFilingForm({ actor: world.operator }, { filingId: draft.filingId });
  expect(looked.checkList?.find(({ rule }) => rule === 'services.many_papers')?.because).toBe('fact_missing');
  // Whoever files for the first time has one service: nothing is left open.
  const first = await world.draft((await world.customer()).accountId);
  const list = await world.flows.getFilingForm({ actor: world.operator }, { filingId: first.filingId });
  expect(list.checkList?.map(({ rule }) => rule)).not.toContain('services.many_papers');
});

const stand: OrganiserStand = {
  realName: 'enterprise',
  mayFileForOthers: true,
  holdsOtherSubject: false,
  filesOtherSubject: false,
  hasAgencyLetter: false,
  isOnRecord: true,
  services: [
    { number: 'n-1', serviceKind: 'website', serviceName: '星河', domainName: 'a.cn' },
    { number: 'n-2', serviceKind: 'app', serviceName: '星河', domainName: 'a.cn' },
    { number: 'n-3', serviceKind: 'website', serviceName: '云帆', domainName: 'a.com' },
  ],
};
const further = { kind: 'add_site_here', domainName: 'b.cn', form: { 'service.name': '云帆' } } as const;

/** What a filing is checked with, where the records say this; `asked` is all that was read. */
async function contextOf(says: OrganiserStand, filing: Partial<FilingRow>) {
  const { accountId, filingId } = await world.draft((await world.customer()).accountId);
  const row = await world.deps.store.transaction((tx) => tx.filings.find(filingId));
  if (row === null) throw new Error('the draft is there');
  const asked: unknown[] = [];
  const findOrganiserStand = async (...of: unknown[]) => {
    asked.push(of);
    return says;
  };
  // Nothing else of a transaction is there to be asked.
  const tx = { records: { findOrganiserStand } } as unknown as Step['tx'];
  const context = await fullCheckContextOf({ deps: world.deps, at: world.deps.clock.now(), tx }, { ...row, ...filing });
  expect(asked).toEqual([[expect.objectContaining({ id: filingId, accountId, subjectHash: row.subjectHash })]]);
  return context;
}

test.each([
  ['a further one', {}, { 'subject.services': 4, 'subject.domains': 3, 'subject.prefixes': 2 }, true],
  [
    'a change of one on record',
    { kind: 'change_filing', serviceNumber: 'n-3', domainName: 'a.com' },
    { 'subject.services': 3, 'subject.domains': 2, 'subject.prefixes': 1 },
    undefined,
  ],
  [
    'of the organiser alone',
    { kind: 'cancel_subject', domainName: '' },
    { 'subject.services': 3, 'subject.domains': 2, 'subject.prefixes': 1 },
    true,
  ],
] as const)(
  '%s: its services, domains and prefixes, and whether the name is taken, in one question',
  async (...row) => {
    const [, more, counts, isTaken] = row;
    const { known, atLeast } = await contextOf(stand, { ...further, ...more });
    expect(atLeast).toEqual(counts);
    expect(known).toMatchObject({ 'service.nameIsTaken': isTaken, 'subject.isShell': false });
  },
);

test('of an account of units of another kind nothing is said: directories often know one kind only', async () => {
  const { known } = await contextOf({ ...stand, services: [] }, { ...further, subjectKind: 'government' });
  expect(known).toMatchObject({ 'account.realNameFits': undefined, 'subject.isShell': true });
});
