import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const asks = (name: 'dns' | 'home_page') => ({ name, ask: () => Promise.reject(new Error('asked at once')) });

describeOperation(
  'refreshLookUps',
  {
    may: ['reviewer'],
    sample: async (world, owner) => {
      world.replace({ lookUps: { ports: [asks('dns')] } });
      const { filingId } = await reach(world, owner, 'submitted');
      return { params: { filingId }, body: {} };
    },
    leaves: ['LookUpsAsked'],
  },
  (get) => {
    test('all that is asked is to be asked now; what is not stays for people', async () => {
      const world = get();
      world.replace({ lookUps: { ports: [asks('dns')] } });
      const { filingId } = await reach(world, await world.customer(), 'submitted');
      world.clock.nowMs += 60_000;
      const { lookUps } = await world.people.reviewer.client.refreshLookUps({ params: { filingId }, body: {} });
      const nextAt = new Date(world.clock.nowMs).toISOString();
      expect(lookUps.map(({ name, isAsked, nextAt }) => [name, isAsked, nextAt])).toEqual([
        ['registration', false, null],
        ['dns', true, nextAt],
        ['home_page', false, null],
      ]);
      expect(lookUps[0]?.said.en).toContain('look yourself');
    });

    test('only while a filing is under review', async () => {
      const world = get();
      const owner = await world.customer();
      const { client } = world.people.reviewer;
      const ask = (filingId: string) => refusal(client.refreshLookUps({ params: { filingId }, body: {} }));
      expect(await ask('fil_none')).toEqual(['object.not_found']);
      expect(await ask((await reach(world, owner, 'bound')).filingId)).toEqual(['filing.wrong_state']);
    });
  },
);
