import { isFault } from '@openbeian/model/fault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordMessage } from '../flows/authority/record-message.ts';
import type { CaseAct } from '../ports/index.ts';
import type { FiledRef, RuleWorld } from './testing/rule-world.ts';
import { openV3World, type V3World } from './testing/v3-world.ts';

let v3: V3World;
let world: RuleWorld;
const company = 800_001;
let owner: string;
/** On record for `owner`. */
let known: FiledRef;
beforeAll(async () => {
  v3 = await openV3World();
  world = v3.world;
  owner = await world.account();
  const resourceId = await world.server(owner, 'tencent', 'cvm');
  known = await world.approve(await world.bind(await world.draft(owner, company), { resourceId }));
}, 60_000);
afterAll(() => v3?.close());

const by = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
const filingOf = async (filingId: string) =>
  (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing;
const recorded = () =>
  world.deps.store.transaction(async (tx) => ({
    services: await tx.records.listServices({ limit: 1000 }),
    version: await tx.gateLog.version(),
  }));

/** A filing that the authority has, of an account of its own or of one that has a record. */
async function handedOver(account?: string, ofCompany?: number) {
  const holder = account ?? (await world.account());
  const resourceId = await world.server(holder, 'tencent', 'cvm');
  await world.pass(await world.submit(await world.bind(await world.draft(holder, ofCompany), { resourceId })));
  await v3.worker().tick();
  const { filings } = await world.flows.listFilings({ actor: world.call(holder).actor }, { limit: 1 });
  const filingId = filings[0]?.id ?? '';
  const row = await world.deps.store.transaction((tx) => tx.filings.find(filingId));
  return { filingId, submissionId: row?.submissionId ?? '' };
}

/** The authority approves it under these numbers, as the line tells it. */
async function approved(submissionId: string, subjectNumber: string, serviceNumber: string) {
  await world.deps.store.transaction(({ authorityLedger }) =>
    authorityLedger.updateHandover(submissionId, {
      state: 'ended',
      outcome: 'approved',
      endedAt: world.deps.clock.now(),
    }),
  );
  const head = { messageId: `v3-${submissionId}-approved`, submissionId, sentAt: world.deps.clock.now() };
  return recordMessage(world.deps, { ...head, kind: 'approved', subjectNumber, serviceNumber }, () => {});
}

async function caseOf(filingId: string) {
  const { cases } = await world.flows.listAuthorityCases({ actor: world.operator }, {});
  const found = cases.find((one) => one.filingId === filingId);
  const read = { kind: 'case' as const, documentId: found?.id ?? '' };
  const { content } = await world.flows.getAuthorityDocument({ actor: world.operator }, read);
  return { id: found?.id ?? '', kind: found?.kind, content: content as { readonly because: { readonly zh: string } } };
}
const settle = (caseId: string, act: Exclude<CaseAct, { act: 'send_again' | 'is_about' }>) =>
  world.flows.settleAuthorityCase(by(), { caseId, act });
const codeOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => null,
    (error: unknown) => (isFault(error) ? error.code : error),
  );

const whole = (subject: string) => [subject, `${subject}-1`] as const;
let serial = 2026_700_000;
const freshSubject = (letter = '粤') => {
  serial += 1;
  return `${letter}ICP备${serial}号`;
};

test.each<[string, () => readonly [subject: string, service: string], RegExp]>([
  [
    'the organiser’s number of another account',
    () => [known.subjectNumber, `${known.subjectNumber}-9`],
    /已登记给其他/,
  ],
  ['a number of another domain', () => [freshSubject(), known.serviceNumber], /应以 /],
  ['a number of another province', () => whole(freshSubject('京')), /办理备案的省份/],
  ['what is no number', () => ['审核通过', '审核通过'], /形如/],
  ['a number of an APP', () => ['粤ICP备2026799999号', '粤ICP备2026799999号-1A'], /末尾形如 -1/],
])('an approval under %s is a case, and nothing is on record by it', async (_what, numbers, why) => {
  const { filingId, submissionId } = await handedOver();
  const before = await recorded();
  expect(await approved(submissionId, ...numbers())).toBe('stale');
  expect(await recorded()).toEqual(before);
  expect(await filingOf(filingId)).toMatchObject({ subjectNumber: null, serviceNumber: null });
  const found = await caseOf(filingId);
  expect(found.kind).toBe('numbers_unfit');
  expect(found.content.because.zh).toMatch(why);
  // It waits for a decision: neither seen, nor under numbers that cannot be its own.
  expect(await codeOf(settle(found.id, { act: 'seen' }))).toBe('authority.case_unfit');
  // Nor is what the authority has approved sent again.
  const again = world.flows.settleAuthorityCase(by(), { caseId: found.id, act: { act: 'send_again' } });
  expect(await codeOf(again)).toBe('authority.case_unfit');
  const [subjectNumber, serviceNumber] = numbers();
  const sameAgain = await codeOf(settle(found.id, { act: 'approved_under', subjectNumber, serviceNumber }));
  expect(['input.invalid', 'record.number_conflict']).toContain(sameAgain);
  const [right, its] = whole(freshSubject());
  await settle(found.id, { act: 'approved_under', subjectNumber: right, serviceNumber: its });
  await v3.worker().tick();
  expect(await filingOf(filingId)).toMatchObject({ state: 'filed', subjectNumber: right, serviceNumber: its });
});

test('an organiser that is on record keeps its number: an added site under another one is a case, and can be returned', async () => {
  const { filingId, submissionId } = await handedOver(owner, company);
  expect(await filingOf(filingId)).toMatchObject({ kind: 'add_site_here', subjectNumber: known.subjectNumber });
  const before = await recorded();
  expect(await approved(submissionId, ...whole(freshSubject()))).toBe('stale');
  expect(await recorded()).toEqual(before);
  const found = await caseOf(filingId);
  expect(found.content.because.zh).toContain(`应为该主体的备案号 ${known.subjectNumber}`);
  await settle(found.id, { act: 'return_to_customer' });
  await v3.worker().tick();
  const returned = await filingOf(filingId);
  expect(returned).toMatchObject({ state: 'rejected', subjectNumber: known.subjectNumber });
  expect(returned.findings).toMatchObject([
    { rule: 'authority.numbers_unfit', message: { en: expect.stringContaining(`expected ${known.subjectNumber}`) } },
  ]);
  const { cases } = await world.flows.listAuthorityCases({ actor: world.operator }, {});
  expect(cases.filter((one) => one.filingId === filingId)).toEqual([]);
});

test('an organiser that came on record meanwhile under another number is a case', async () => {
  const holder = await world.account();
  const { filingId, submissionId } = await handedOver(holder);
  const number = freshSubject();
  await world.deps.store.transaction(async (tx) => {
    const filing = await tx.filings.find(filingId);
    const before = await tx.records.findSubjectByNumber(known.subjectNumber);
    if (filing === null || before === null) throw new Error('both are there');
    const { subjectHash } = filing;
    await tx.records.putSubject({ ...before, id: world.fresh('sbj'), number, accountId: holder, subjectHash });
  });
  expect(await approved(submissionId, ...whole(freshSubject()))).toBe('stale');
  expect((await caseOf(filingId)).content.because.zh).toContain(`该主体已登记的备案号是 ${number}`);
});

test('a number that is written another way is on record as the authority prints it', async () => {
  const { filingId, submissionId } = await handedOver();
  const subject = freshSubject();
  const spaced = subject.replace('ICP备', ' ICP 备 ');
  expect(await approved(submissionId, spaced, `${spaced}-1`)).toBe('applied');
  expect(await filingOf(filingId)).toMatchObject({
    state: 'filed',
    subjectNumber: subject,
    serviceNumber: `${subject}-1`,
  });
});
