import { expect, test } from 'vitest';
import { filedCompany, waitingMove } from '../../main/testing/filed-company.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer } from '../../main/testing/operation-world.ts';

describeOperation(
  'confirmMove',
  {
    may: ['customer'],
    sample: async (world, owner) => {
      const { subjectNumber, proof } = await filedCompany(world, owner);
      const { client } = await world.customer();
      const { id: moveId } = await client.beginMove({ body: { subjectNumber, ...proof } });
      return { params: { moveId }, body: proof };
    },
    leaves: ['RecordMoved'],
    foreign: 'object.not_found',
  },
  (get) => {
    const confirm = (
      { client }: Customer,
      moveId: string,
      body: { certificateType: string; certificateNumber: string },
    ) => client.confirmMove({ params: { moveId }, body });

    test('the records are the other account’s from then on; their names stay open', async () => {
      const world = get();
      const [owner, target] = [await world.customer(), await world.customer()];
      const { moveId, proof, domainName, serviceNumber } = await waitingMove(world, owner, target);
      const outcome = async () =>
        (await world.people.visitor.client.explainHost({ query: { host: domainName } })).outcome;
      expect(await outcome()).toBe('allow');
      expect(await confirm(target, moveId, proof)).toMatchObject({ state: 'moved', actions: [] });
      expect([(await owner.client.listRecords()).records, await outcome()]).toEqual([[], 'allow']);
      expect((await target.client.listRecords()).records).toMatchObject([{ serviceNumber }]);
      // What was filed is known to the account that has it now.
      const body = { number: serviceNumber, wants: 'change' as const };
      const { filing } = await target.client.startRecordFiling({ body });
      const { values } = await target.client.getFilingForm({ params: { filingId: filing.id } });
      expect(values['service.name']).toMatch(/规则手册/);
      expect(await refusal(owner.client.startRecordFiling({ body }))).toEqual(['object.not_found']);
    });

    test('is the other side’s, with the certificate, once, and in time', async () => {
      const world = get();
      const [owner, target] = [await world.customer(), await world.customer()];
      const { moveId, proof } = await waitingMove(world, owner, target);
      expect(await refusal(confirm(owner, moveId, proof))).toEqual(['move.own_side']);
      const other = { ...proof, certificateNumber: world.companyNumber() };
      expect(await refusal(confirm(target, moveId, other))).toEqual(['move.not_proven']);
      expect(await refusal(confirm(target, 'mov_none', proof))).toEqual(['object.not_found']);
      world.clock.nowMs += 7 * 86_400_000;
      expect(await refusal(confirm(target, moveId, proof))).toEqual(['move.ended']);
    });

    test('what has begun meanwhile keeps the records where they are', async () => {
      const world = get();
      const [owner, target] = [await world.customer(), await world.customer()];
      const { moveId, proof, serviceNumber } = await waitingMove(world, owner, target);
      const change = await owner.client.startRecordFiling({ body: { number: serviceNumber, wants: 'change' } });
      expect(await refusal(confirm(target, moveId, proof))).toEqual(['filing.already_open']);
      const params = { filingId: change.filing.id };
      await owner.client.abandonFiling({ params, body: { version: change.filing.version } });
      await world.draft(target.accountId);
      expect(await refusal(confirm(target, moveId, proof))).toEqual([
        'filing.precondition_unmet',
        'filing.target_ready',
      ]);
      expect((await owner.client.listRecords()).records).toHaveLength(1);
    });
  },
);
