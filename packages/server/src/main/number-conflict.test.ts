import { expect, test } from 'vitest';
import { recordMessage } from '../flows/authority/record-message.ts';
import type { AuthorityMessage } from '../ports/index.ts';
import { describeOnBoth, type RuleWorld } from './testing/rule-world.ts';

/** A filing of a fresh account that waits for the authority's verdict, and its approval under the given numbers. */
async function approvalOf(world: RuleWorld, account: string, numbers: { subject: string; service: string }) {
  const resourceId = await world.server(account, 'tencent', 'cvm');
  const { filingId, version } = await world.submit(await world.bind(await world.draft(account), { resourceId }));
  const reviewer = { userId: 'usr_reviewer', role: 'reviewer', accountId: null } as const;
  await world.flows.passFiling({ actor: reviewer, idempotencyKey: world.fresh('key') }, { filingId, version });
  const row = await world.deps.store.transaction((tx) => tx.filings.find(filingId));
  const message = {
    kind: 'approved',
    messageId: world.fresh('msg'),
    sentAt: new Date(world.clock.nowMs).toISOString(),
    submissionId: row?.submissionId ?? '',
    subjectNumber: numbers.subject,
    serviceNumber: numbers.service,
  } as AuthorityMessage;
  return { filingId, message };
}

await describeOnBoth('an approval whose number is on record', (get) => {
  const stateOf = async (world: RuleWorld, filingId: string) =>
    (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing.state;
  const failureOf = async (world: RuleWorld, itemId: string) =>
    (await world.flows.listWorkFailures({ actor: world.operator }, {})).failures.find((one) => one.itemId === itemId);
  const recordsOf = (world: RuleWorld) =>
    world.deps.store.transaction(async (tx) => ({
      services: await tx.records.listServices({ limit: 1000 }),
      version: await tx.gateLog.version(),
    }));

  test.each([
    ['the subject’s number, of another account', 'other account', true, false],
    ['the service’s number, of another name of the same subject', 'same account', true, true],
    ['the service’s number, of another account', 'other account', false, true],
  ])('%s, is kept for an operator and overwrites nothing', async (_, whose, sameSubject, sameService) => {
    const world = get();
    const owner = await world.account();
    const resourceId = await world.server(owner, 'tencent', 'cvm');
    const filed = await world.filed(owner, { resourceId });
    const account = whose === 'same account' ? owner : await world.account();
    const fresh = `粤ICP备20269${world.fresh('').replace(/\D/g, '').padStart(5, '0')}号`;
    const subject = sameSubject ? filed.subjectNumber : fresh;
    const service = sameService ? filed.serviceNumber : `${subject}-77`;
    const { filingId, message } = await approvalOf(world, account, { subject, service });
    const before = await recordsOf(world);

    expect(await recordMessage(world.deps, message, () => {})).toBe('failed');
    expect(await recordsOf(world)).toEqual(before);
    expect(await stateOf(world, filingId)).toBe('awaiting_forward');
    const failure = await failureOf(world, message.messageId);
    expect(failure).toMatchObject({ kind: 'message', failures: 1, retryAt: null });
    expect(failure?.lastError).toMatch(/record\.number_conflict: 粤ICP备2026/);
  });

  test('goes through once an operator has cancelled the record that is no longer valid', async () => {
    const world = get();
    const owner = await world.account();
    const filed = await world.filed(owner, { resourceId: await world.server(owner, 'tencent', 'cvm') });
    const numbers = { subject: filed.subjectNumber, service: filed.serviceNumber };
    const { filingId, message } = await approvalOf(world, await world.account(), numbers);
    expect(await recordMessage(world.deps, message, () => {})).toBe('failed');
    const call = () => ({ actor: world.operator, idempotencyKey: world.fresh('key') });
    await world.flows.cancelRecord(call(), { scope: 'subject', number: filed.subjectNumber, reason: 'checked' });
    await world.flows.retryWork(call(), { kind: 'message', itemId: message.messageId });
    expect(await recordMessage(world.deps, message, () => {})).toBe('applied');
    expect(await stateOf(world, filingId)).toBe('filed');
  });
});
