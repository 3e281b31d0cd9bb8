import type { FaultCode } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { reach, stepOf } from '../../../main/testing/filing-steps.ts';
import { describeOperation, outcomeOf } from '../../../main/testing/operation-tests.ts';
import type { Customer, OperationWorld } from '../../../main/testing/operation-world.ts';
import { failTest } from '../../../main/testing/rule-world.ts';
import { forwardFiling } from '../forward-filing.ts';

const loss = { field: 'service.kind', kind: 'app', blocks: true, zh: '不能报送', en: 'not carried' };

const jobOf = (world: OperationWorld, filingId: string) =>
  world.deps.store.transaction((tx) => tx.jobs.findOfFiling(filingId));

/** A filing whose hand-over was parked because the line does not carry it. */
async function parked(world: OperationWorld, owner: Customer, code: FaultCode = 'authority.not_sendable') {
  world.replace({ authority: { listLosses: async () => [loss] } });
  const passed = await reach(world, owner, 'passed');
  const job = await jobOf(world, passed.filingId);
  const item = { kind: 'forward', itemId: job?.id ?? '', payload: null, sealedPayload: null } as const;
  const failedAt = world.deps.clock.now();
  // What it says is for people; by its code it is known.
  const cause = { lastError: 'not carried', lastFault: { code, zh: '不能报送', en: 'not carried' } };
  await world.deps.store.transaction((tx) => tx.workFailures.put({ ...item, failedAt, retryAt: null, ...cause }));
  return { ...passed, jobId: item.itemId };
}

describeOperation(
  'takeOverByHand',
  {
    may: ['operator'],
    sample: async (world, owner) => stepOf(await parked(world, owner)),
    leaves: ['FilingTakenOverByHand', 'FilingForwarded'],
  },
  (get) => {
    const take = (ref: Parameters<typeof stepOf>[0]) => get().people.operator.client.takeOverByHand(stepOf(ref));
    const reads = async (filingId: string) =>
      (await get().people.operator.client.getFiling({ params: { filingId } })).handOver?.job?.notCarried;

    test('is refused where there is nothing to hand over, of a stale screen and of no filing', async () => {
      const world = get();
      const filing = await reach(world, await world.customer(), 'bound');
      const before = await world.books();
      expect(await outcomeOf(take(filing))).toBe('filing.wrong_state');
      expect(await outcomeOf(take({ ...filing, version: filing.version - 1 }))).toBe('object.changed');
      expect(await outcomeOf(take({ ...filing, filingId: 'fil_none' }))).toBe('object.not_found');
      expect(await world.books()).toEqual(before);
    });

    test('it is at the authority under a submission that the line never saw, by hand; nothing is left to do', async () => {
      const world = get();
      const filing = await parked(world, await world.customer());
      const find = () => world.deps.store.transaction((tx) => tx.filings.find(filing.filingId));
      const before = await find();
      expect(await reads(filing.filingId)).toEqual([
        { field: 'service.kind', blocks: true, message: { zh: '不能报送', en: 'not carried' } },
      ]);
      const taken = await take(filing);
      expect(taken).toMatchObject({ state: 'awaiting_sms', actions: expect.arrayContaining(['enter_result']) });
      const after = await find();
      expect(after).toMatchObject({ byHand: true });
      expect(after?.submissionId).not.toBe(before?.submissionId);
      const rows = await world.deps.store.transaction(async (tx) => ({
        made: await tx.exchange.findSubmission(after?.submissionId ?? ''),
        job: await tx.jobs.findOfFiling(filing.filingId),
        failures: await tx.workFailures.count('forward', filing.jobId),
      }));
      expect(rows).toMatchObject({ made: { filingId: filing.filingId, receipt: 'by_hand' }, job: null, failures: 0 });
      const message = { kind: 'sms_confirmed', submissionId: before?.submissionId };
      expect(await world.message(message)).toBe('stale');
      const audit = (await world.audit()).filter(({ objectId }) => objectId === filing.filingId);
      expect(audit.find(({ action }) => action === 'FilingTakenOverByHand')?.detail).toEqual({ fields: [loss.field] });
    });

    test('one that the line may still send, or has sent, stays with it', async () => {
      const world = get();
      const owner = await world.customer();
      const refused = async (ref: Parameters<typeof stepOf>[0] & { readonly filingId: string }) => {
        expect(await reads(ref.filingId)).toEqual([]);
        expect(await outcomeOf(take(ref))).toBe('authority.by_line');
      };
      await refused(await parked(world, owner, 'authority.refused'));
      const again = await parked(world, owner);
      await world.deps.store.transaction((tx) =>
        tx.workFailures.reschedule('forward', again.jobId, world.deps.clock.now()),
      );
      await refused(again);
      const carried = await parked(world, owner);
      world.replace({ authority: { listLosses: async () => [{ ...loss, blocks: false }] } });
      await refused(carried);
      world.replace({ authority: { listLosses: async () => [loss] } });
      const sent = await parked(world, owner);
      world.answer('authorityLedger', 'findPackageOf', async () => ({}) as never); // that there is one is all that is asked
      await refused(sent);
    });

    test('what somebody else has claimed is theirs; of two operators at once one takes it over', async () => {
      const world = get();
      const filing = await parked(world, await world.customer());
      const { filingId, version } = filing;
      const until = new Date(world.clock.nowMs + 60_000).toISOString();
      const claim = {
        filingId,
        state: 'awaiting_forward',
        holderId: 'usr_else',
        at: world.deps.clock.now(),
        until,
      } as const;
      await world.deps.store.transaction((tx) => tx.filings.claim(claim));
      expect(await outcomeOf(take(filing))).toBe('filing.claimed_by_other');
      await world.deps.store.transaction((tx) => tx.filings.release(filingId, 'usr_else', claim.at));
      const outcomes = await Promise.all([1, 2, 3].map(() => outcomeOf(take({ ...filing, version }))));
      expect(outcomes.sort()).toEqual(['done', 'object.changed', 'object.changed']);
    });

    test('a worker that has the job keeps it; one that took it up just before it was taken over sends nothing', async () => {
      const world = get();
      const filing = await parked(world, await world.customer());
      const { store, clock } = world.deps;
      const sent: string[] = [];
      const submit = async ({ id }: { readonly id: string }) => {
        sent.push(id);
        return { submissionId: id, receipt: 'r', receivedAt: clock.now() };
      };
      world.replace({ authority: { submit, listLosses: async () => [loss] } });
      const due = (retryAt: string | null) =>
        store.transaction((tx) => tx.workFailures.reschedule('forward', filing.jobId, retryAt));
      await due(clock.now());
      const options = {
        topics: ['authority.submit'],
        limit: 1000,
        owner: 'w',
        at: clock.now(),
        leaseMs: 60_000,
      } as const;
      const job = (await store.leaseJobs(options)).find(({ id }) => id === filing.jobId);
      if (job === undefined) throw new Error('its job is not due');
      await due(null);
      expect(await outcomeOf(take(filing))).toBe('object.changed');
      // Its lease runs out unseen.
      world.clock.nowMs += 61_000;
      expect(await outcomeOf(take(filing))).toBe('done');
      await expect(forwardFiling(world.deps, { job, owner: 'w' }, failTest)).rejects.toMatchObject({
        code: 'object.changed',
      });
      expect(sent).toEqual([]);
      expect(await reads(filing.filingId)).toBeUndefined();
    });
  },
);
