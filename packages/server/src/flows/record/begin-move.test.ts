import { expect, test } from 'vitest';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation, outcomeOf, refusal } from '../../main/testing/operation-tests.ts';
import type { Customer } from '../../main/testing/operation-world.ts';

describeOperation(
  'beginMove',
  {
    may: ['customer'],
    sample: async (world, owner) => {
      const { subjectNumber, proof } = await filedCompany(world, owner);
      return { body: { subjectNumber, ...proof, toAccountId: (await world.customer()).accountId } };
    },
    leaves: ['MoveBegun'],
  },
  (get) => {
    const begin = ({ client }: Customer, body: Parameters<Customer['client']['beginMove']>[0]['body']) =>
      client.beginMove({ body });

    test('is begun from either side, by whoever shows the certificate; nothing moves yet', async () => {
      const world = get();
      const owner = await world.customer();
      const { subjectNumber, proof } = await filedCompany(world, owner);
      const target = await world.customer();
      const claimed = await begin(target, { subjectNumber, ...proof });
      // Whose records they are is not told.
      expect(claimed).toMatchObject({
        begunBy: 'claimant',
        fromAccountId: null,
        state: 'waiting',
        actions: ['withdraw'],
      });
      const [seen] = (await owner.client.listMoves()).moves;
      expect(seen).toMatchObject({ id: claimed.id, toAccountId: null, actions: ['confirm', 'refuse'] });
      expect((await owner.client.listRecords()).records).toHaveLength(1);
      expect(await refusal(begin(owner, { subjectNumber, ...proof, toAccountId: target.accountId }))).toEqual([
        'move.waiting',
      ]);
      world.clock.nowMs += 8 * 86_400_000;
      const given = await begin(owner, { subjectNumber, ...proof, toAccountId: target.accountId });
      expect(given).toMatchObject({ begunBy: 'holder', toAccountId: target.accountId });
      expect((await owner.client.listMoves()).moves.map(({ state }) => state)).toEqual(['waiting', 'lapsed']);
    });

    test('who claims records has them moved to itself, and is told so when it names another account', async () => {
      const world = get();
      const { subjectNumber, proof } = await filedCompany(world, await world.customer());
      const [claimant, third] = [await world.customer(), await world.customer()];
      const claim = (toAccountId: string) => begin(claimant, { subjectNumber, ...proof, toAccountId });
      await expect(claim(third.accountId)).rejects.toMatchObject({ problem: { places: [{ path: 'toAccountId' }] } });
      expect((await claimant.client.listMoves()).moves).toEqual([]);
      expect(await claim(claimant.accountId)).toMatchObject({ begunBy: 'claimant', toAccountId: claimant.accountId });
    });

    test('an unknown number and another certificate are told alike', async () => {
      const world = get();
      const owner = await world.customer();
      const { subjectNumber, proof } = await filedCompany(world, owner);
      const stranger = await world.customer();
      const certificateNumber = world.companyNumber();
      for (const body of [
        { ...proof, subjectNumber: '粤ICP备2026999999号' },
        { ...proof, subjectNumber, certificateNumber },
        { ...proof, subjectNumber: '没有' },
      ])
        expect(await refusal(begin(stranger, body))).toEqual(['move.not_proven']);
      expect(await refusal(begin(owner, { subjectNumber, ...proof }))).toEqual(['input.invalid']);
    });

    test('needs a target that is such an organiser’s, without records or orders, and nothing open of the records', async () => {
      const world = get();
      const owner = await world.customer();
      const { subjectNumber, proof, serviceNumber } = await filedCompany(world, owner);
      const to = async (target: Customer) =>
        refusal(begin(owner, { subjectNumber, ...proof, toAccountId: target.accountId }));
      const notReady = ['filing.precondition_unmet', 'filing.target_ready'];
      for (const other of ['individual', 'society', 'government', 'none'])
        expect(await to(await world.customer(other)), other).toEqual(notReady);
      const busy = await world.customer();
      await world.draft(busy.accountId);
      expect(await to(busy)).toEqual(notReady);
      const taken = await world.customer();
      await filedCompany(world, taken);
      expect(await to(taken)).toEqual(notReady);
      await owner.client.startRecordFiling({ body: { number: serviceNumber, wants: 'change' } });
      expect(await to(await world.customer())).toEqual(['filing.already_open']);
    });

    test('units whose accounts are all verified as one kind move between such accounts', async () => {
      const world = get();
      const owner = await world.customer('institution');
      const { subjectNumber, proof } = await filedCompany(world, owner);
      const to = async (realName: string) => {
        const { accountId: toAccountId } = await world.customer(realName);
        return outcomeOf(begin(owner, { subjectNumber, ...proof, toAccountId }));
      };
      expect(await to('society')).toBe('filing.precondition_unmet');
      expect(await to('institution')).toBe('done');
    });
  },
);
