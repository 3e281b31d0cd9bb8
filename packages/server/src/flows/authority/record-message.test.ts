import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { changeUnderWay } from '../../main/testing/filed-company.ts';
import { boundByCode, reach } from '../../main/testing/filing-steps.ts';
import { type Customer, type OperationWorld, openOperations } from '../../main/testing/operation-world.ts';
import { recordMessage, retryMessages } from './record-message.ts';

const numbers = (world: OperationWorld) => {
  const subjectNumber = `粤ICP备${world.companySerial() + 2026_200_000}号`;
  return { subjectNumber, serviceNumber: `${subjectNumber}-1` };
};

describe('recordMessage', () => {
  let world: OperationWorld;
  beforeAll(async () => {
    world = await openOperations();
  });
  beforeEach(() => world.reset());

  const stateOf = async (filingId: string) =>
    (await world.flows.getFiling({ actor: world.operator }, { filingId })).filing;
  const sent = async (owner?: Customer) => reach(world, owner ?? (await world.customer()), 'sent');

  test.each([
    [{ kind: 'sms_confirmed' }, 'awaiting_verdict', 'SmsConfirmed', []],
    [{ kind: 'sms_failed', cause: 'timed_out' }, 'sms_failed', 'SmsFailed', ['sms.timed_out']],
    [
      { kind: 'rejected', reasons: [{ code: '1020', field: 'service.name', text: '网站名称重复' }] },
      'rejected',
      'FilingRejected',
      ['authority.1020'],
    ],
  ])('%j', async (message, state, event, rules) => {
    const { filingId } = await sent();
    expect(await world.message({ ...message, filingId })).toBe('applied');
    const filing = await stateOf(filingId);
    expect([filing.state, filing.findings.map(({ rule }) => rule)]).toEqual([state, rules]);
    expect((await world.events(filingId)).at(-1)).toBe(event);
  });

  test('an SMS is due when the authority says; any message proves that the authority has the filing', async () => {
    const { filingId } = await reach(world, await world.customer(), 'passed');
    const dueAt = '2026-11-22T04:00:00.000Z';
    expect(await world.message({ kind: 'sms_requested', filingId, dueAt })).toBe('applied');
    expect(await stateOf(filingId)).toMatchObject({ state: 'awaiting_sms', dueAt });
  });

  test('an approval puts it on record and consumes its code; a cancellation ends it', async () => {
    const owner = await world.customer();
    const bound = await boundByCode(world, owner);
    const { filingId } = await world.pass(await world.submit(bound));
    const given = numbers(world);
    expect(await world.message({ kind: 'approved', filingId, ...given })).toBe('applied');
    expect(await stateOf(filingId)).toMatchObject({ state: 'filed', ...given });
    expect((await owner.client.getCode({ params: { codeId: bound.codeId } })).state).toBe('used');
    const { records } = await owner.client.listRecords({});
    expect(records).toMatchObject([{ domainName: bound.domainName, state: 'filed', ...given }]);
    const cancelled = { kind: 'cancelled', scope: 'service', number: given.serviceNumber, provider: null };
    expect(await world.message(cancelled)).toBe('applied');
    expect((await owner.client.listRecords({})).records[0]?.state).toBe('cancelled');
  });

  test('the approval of a change whose record was cancelled meanwhile ends the filing, and gives back what it held', async () => {
    const owner = await world.customer();
    const { filing, serviceNumber, cancelRecord } = await changeUnderWay(world, owner, { toOtherResource: true });
    const { filingId } = await world.pass(filing);
    await cancelRecord();
    const subjectNumber = serviceNumber.replace(/-.*$/, '');
    expect(await world.message({ kind: 'approved', filingId, subjectNumber, serviceNumber })).toBe('applied');
    expect(await stateOf(filingId)).toMatchObject({ state: 'abandoned', reopenUntil: null });
    expect((await world.events(filingId)).slice(-2)).toEqual(['FilingVoided', 'QuotaReturned']);
    const { records } = await owner.client.listRecords({});
    expect(records.filter(({ state }) => state !== 'cancelled')).toEqual([]);
  });

  test('takes effect once, and not for a submission that is no longer the filing’s', async () => {
    const { filingId } = await sent();
    const messageId = world.fresh('msg');
    expect(await world.message({ messageId, kind: 'sms_confirmed', filingId })).toBe('applied');
    const before = await world.books();
    expect(await world.message({ messageId, kind: 'sms_confirmed', filingId })).toBe('repeated');
    expect(await world.books()).toEqual(before);
    expect(await world.message({ kind: 'sms_confirmed', submissionId: 'sub_none' })).toBe('stale');
    const row = (await world.audit()).findLast(({ action }) => action === 'StaleMessageKept');
    expect(row).toMatchObject({ objectId: 'sub_none', actorRole: 'system' });
  });

  test('one that fails is kept with its cause and tried again when it is due', async () => {
    const [first, second] = [await sent(), await sent()];
    const given = numbers(world);
    await world.message({ kind: 'approved', filingId: first.filingId, ...given });
    const messageId = world.fresh('msg');
    const told: unknown[] = [];
    const row = await world.deps.store.transaction((tx) => tx.filings.find(second.filingId));
    const message = { messageId, kind: 'approved' as const, submissionId: row?.submissionId ?? '', ...given };
    const sentAt = world.deps.clock.now();
    expect(await recordMessage(world.deps, { ...message, sentAt }, (error) => told.push(error))).toBe('failed');
    expect(told).toMatchObject([{ code: 'record.number_conflict' }]);
    const failure = async () =>
      (await world.flows.listWorkFailures({ actor: world.operator }, {})).failures.find(
        ({ itemId }) => itemId === messageId,
      );
    // Only an operator's decision helps.
    expect(await failure()).toMatchObject({ kind: 'message', failures: 1, retryAt: null });
    await world.flows.cancelRecord(
      { actor: world.operator, idempotencyKey: world.fresh('key') },
      { scope: 'subject', number: given.subjectNumber, reason: '核对' },
    );
    const call = { actor: world.operator, idempotencyKey: world.fresh('key') };
    await world.flows.retryWork(call, { kind: 'message', itemId: messageId });
    // Sent after the cancellation, or that would end it again.
    world.clock.nowMs += 60_000;
    expect(await retryMessages(world.deps, (error) => told.push(error))).toBeGreaterThan(0);
    expect(await failure()).toBeUndefined();
    expect((await stateOf(second.filingId)).state).toBe('filed');
  });
});
