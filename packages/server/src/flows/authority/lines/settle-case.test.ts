import { expect, test } from 'vitest';
import { deskCase, deskLine, fictionalDesk } from '../../../main/testing/line-desk.ts';
import { describeOperation, refusal } from '../../../main/testing/operation-tests.ts';
import type { OperationWorld } from '../../../main/testing/operation-world.ts';
import type { CaseAct } from '../../../ports/index.ts';

type Outcome = Awaited<ReturnType<ReturnType<typeof fictionalDesk>['settle']>>;

const seen = { params: { caseId: 'cas_2' }, body: { act: { act: 'seen' } } } as const;

/** Notes what the desk is told. */
function noting(world: OperationWorld, submissionId: string | null = null, outcome: Outcome = 'settled') {
  const told: (readonly [caseId: string, act: CaseAct, by: string])[] = [];
  world.useDesk(
    fictionalDesk({
      readCase: async (id) => ({ row: deskCase(id, { submissionId }), content: {} }),
      async settle(caseId, act, by) {
        told.push([caseId, act, by]);
        return outcome;
      },
    }),
  );
  return told;
}

/** A filing that was handed over. */
async function handedOver(world: OperationWorld) {
  const owner = await world.customer();
  const bound = await world.bind(await world.draft(owner.accountId), { resourceId: await world.eligible(owner) });
  const { filingId } = await world.pass(await world.submit(bound));
  const row = await world.deps.store.transaction((tx) => tx.filings.find(filingId));
  return { filingId, submissionId: row?.submissionId ?? '' };
}

describeOperation(
  'settleAuthorityCase',
  {
    may: ['operator'],
    sample: (world) => {
      world.useDesk(fictionalDesk());
      return seen;
    },
    leaves: ['AuthorityCaseSettled'],
  },
  (get) => {
    test('the desk is told what to do and who says so; the audit has it', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { submissionId } = await handedOver(world);
      const told = noting(world, submissionId);
      const numbers = { subjectNumber: '粤ICP备2026000001号', serviceNumber: '粤ICP备2026000001号-1' };
      const settle = (some: Partial<typeof numbers> = {}) =>
        client.settleAuthorityCase({ ...seen, body: { act: { act: 'approved_under', ...numbers, ...some } } });
      expect(await settle({ subjectNumber: '粤icp备2026000001' })).toEqual({});
      expect(told).toEqual([['cas_2', { act: 'approved_under', ...numbers }, 'usr_operator']]);
      // What cannot be this filing's is refused at its place, as where results are entered by hand.
      const malformed = [
        [{ subjectNumber: '京ICP备2026000001号' }, 'act.subjectNumber'],
        [{ serviceNumber: '粤ICP备2026000002号-1' }, 'act.serviceNumber'],
        [{ serviceNumber: 'pending' }, 'act.serviceNumber'],
      ] as const;
      for (const [some, path] of malformed)
        await expect(settle(some)).rejects.toMatchObject({ problem: { code: 'input.invalid', places: [{ path }] } });
      expect(told).toHaveLength(1);
      const row = (await world.audit()).findLast(({ action }) => action === 'AuthorityCaseSettled');
      const detail = { kind: 'unclear_result', provinceCode: '440000', act: 'approved_under' };
      expect(row).toMatchObject({ objectId: 'cas_2', detail });
    });

    test('numbers of another organiser are not approved', async () => {
      const world = get();
      const { client } = world.people.operator;
      const owner = await world.customer();
      const { subjectNumber } = await world.filed(owner.accountId, { resourceId: await world.eligible(owner) });
      const { submissionId } = await handedOver(world);
      noting(world, submissionId);
      const act = { act: 'approved_under', subjectNumber, serviceNumber: `${subjectNumber}-99` } as const;
      const attempt = client.settleAuthorityCase({ ...seen, body: { act } });
      expect(await refusal(attempt)).toEqual(['record.number_conflict']);
    });

    test('sent again as it was, or built from the filing as it is now', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { filingId, submissionId } = await handedOver(world);
      const told = noting(world, submissionId);
      await client.settleAuthorityCase({ ...seen, body: { act: { act: 'send_again' } } });
      await client.settleAuthorityCase({ ...seen, body: { act: { act: 'send_again', corrected: true } } });
      expect(told[0]?.[1]).toEqual({ act: 'send_again' });
      expect(told[1]?.[1]).toMatchObject({ act: 'send_again', fresh: { submission: { id: submissionId, filingId } } });
      noting(world);
      const ofNoFiling = client.settleAuthorityCase({ ...seen, body: { act: { act: 'send_again', corrected: true } } });
      expect(await refusal(ofNoFiling)).toEqual(['authority.case_unfit']);
    });

    test('a result is placed at the filing that an operator names', async () => {
      const world = get();
      const { client } = world.people.operator;
      const { filingId, submissionId } = await handedOver(world);
      const told = noting(world);
      const place = (id: string) =>
        client.settleAuthorityCase({ ...seen, body: { act: { act: 'is_about', filingId: id } } });
      await place(filingId);
      expect(told[0]?.[1]).toEqual({ act: 'is_about', submissionId });
      expect(await refusal(place('fil_none'))).toEqual(['authority.case_unfit']);
    });

    test('an answer to the authority is told as it is given; characters that it cannot take are refused at their field', async () => {
      const world = get();
      const { client } = world.people.operator;
      const told = noting(world);
      const task = { act: 'answer_task', isTrue: false, verifier: '核实员', opinion: '信息不实', errors: '' } as const;
      const site = { act: 'report_unfiled', result: 3, handling: '已停止接入', doneOn: '2026-11-25' } as const;
      for (const act of [task, site]) await client.settleAuthorityCase({ ...seen, body: { act } });
      expect(told.map(([, act]) => act)).toEqual([task, site]);
      world.replace({ authority: { findUncarried: (text) => (text.includes('𠮷') ? ['𠮷'] : []) } });
      for (const [act, path] of [
        [{ ...task, verifier: '𠮷' }, 'act.verifier'],
        [{ ...site, handling: '𠮷' }, 'act.handling'],
      ] as const) {
        const refused = client.settleAuthorityCase({ ...seen, body: { act } });
        await expect(refused).rejects.toMatchObject({ problem: { code: 'input.invalid', places: [{ path }] } });
      }
      expect(told).toHaveLength(2);
    });

    test('what the desk does not do is said, and can be asked again under the same key', async () => {
      const world = get();
      const { client } = world.people.operator;
      const key = { idempotencyKey: world.fresh('key') };
      expect(await refusal(client.settleAuthorityCase(seen, key))).toEqual(['object.not_found']);
      const outcomes = {
        not_open: 'object.changed',
        does_not_fit: 'authority.case_unfit',
        failed: 'authority.case_open',
      };
      for (const [outcome, code] of Object.entries(outcomes)) {
        noting(world, null, outcome as Outcome);
        expect(await refusal(client.settleAuthorityCase(seen, key))).toEqual([code]);
      }
      noting(world);
      expect(await client.settleAuthorityCase(seen, key)).toEqual({});
      world.useDesk(fictionalDesk());
      const unknown = client.settleAuthorityCase({ ...seen, params: { caseId: 'cas_9' } });
      expect(await refusal(unknown)).toEqual(['object.not_found']);
    });

    test('twice at once under the same key: it is done once', async () => {
      const world = get();
      const { client } = world.people.operator;
      const key = { idempotencyKey: world.fresh('key') };
      let go = () => {};
      const waits = new Promise<void>((resolve) => {
        go = resolve;
      });
      let isAsked = () => {};
      const asked = new Promise<void>((resolve) => {
        isAsked = resolve;
      });
      world.useDesk(
        fictionalDesk({
          async settle() {
            isAsked();
            await waits;
            return 'settled';
          },
        }),
      );
      const first = client.settleAuthorityCase(seen, key);
      await asked;
      expect(await refusal(client.settleAuthorityCase(seen, key))).toEqual(['idempotency.in_progress']);
      go();
      expect(await first).toEqual({});
    });
  },
);

const line = { provider: '7', provinceCode: '440000' };
const resumed = { params: { provinceCode: '440000' } };

describeOperation(
  'resumeAuthorityLine',
  {
    may: ['operator'],
    sample: async (world) => {
      const because = { code: '5003', zh: '密钥有误', en: 'A key is wrong' };
      await world.deps.store.transaction(async ({ authorityLedger }) => {
        await authorityLedger.putLine(line);
        await authorityLedger.stopLine(line, '2026-11-21T01:00:00.000Z', because);
      });
      world.useDesk(fictionalDesk({ listLines: async () => [{ ...deskLine, stoppedBecause: because }] }));
      return resumed;
    },
    leaves: ['AuthorityLineResumed'],
  },
  (get) => {
    test('one that was not stopped is left alone; one that is not there is not found', async () => {
      const world = get();
      const { client } = world.people.operator;
      expect(await refusal(client.resumeAuthorityLine(resumed))).toEqual(['object.not_found']);
      world.useDesk(fictionalDesk());
      await client.resumeAuthorityLine(resumed);
      const before = await world.audit();
      expect(await client.resumeAuthorityLine(resumed)).toEqual({ resumed: false });
      expect(await world.audit()).toEqual(before);
      const elsewhere = client.resumeAuthorityLine({ params: { provinceCode: '650000' } });
      expect(await refusal(elsewhere)).toEqual(['object.not_found']);
    });
  },
);
