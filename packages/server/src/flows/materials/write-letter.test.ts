import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { draftOf } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const body = { letter: 'pledge' } as const;

describeOperation(
  'writeLetter',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => ({ params: { filingId: await draftOf(world, owner) }, body }),
    leaves: ['LetterWritten'],
    foreign: 'object.not_found',
    repeated: 'done again',
  },
  (get) => {
    test('gives a PDF of the letters that this filing may need, which the list names', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { filingId: await draftOf(world, owner) };
      const { mediaType, bytes } = await owner.client.writeLetter({ params, body });
      expect([mediaType, Buffer.from(bytes.subarray(0, 5)).toString()]).toEqual(['application/pdf', '%PDF-']);
      const { letters } = await owner.client.listMaterials({ params });
      expect(letters.map(({ id, becomes }) => `${id} ${becomes}`)).toContain('plan construction_plan');
      const row = (await world.audit()).findLast(({ action }) => action === 'LetterWritten');
      expect(row).toMatchObject({ objectId: params.filingId, detail: { letter: 'pledge' } });
    });

    test('not of a filing of another account, and not while too many are written', async () => {
      const world = get();
      const owner = await world.customer();
      const none = owner.client.writeLetter({ params: { filingId: 'fil_none' }, body });
      expect(await refusal(none)).toEqual(['object.not_found']);
      world.replace({
        letters: {
          write: async () => {
            throw new Fault('server.busy');
          },
        },
      });
      const params = { filingId: await draftOf(world, owner) };
      expect(await refusal(owner.client.writeLetter({ params, body }))).toEqual(['server.busy']);
    });
  },
);
