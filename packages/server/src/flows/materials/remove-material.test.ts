import { uploadPicture } from '@openbeian/contract/upload';
import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { licence, uploaded } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'removeMaterial',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => ({ params: { materialId: (await uploaded(world, owner)).materialId } }),
    leaves: [],
    foreign: 'object.not_found',
  },
  (get) => {
    test('takes it out of the filing, once, and only while that can be edited', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const { filingId } = bound;
      const upload = () =>
        uploadPicture(owner.client, { filingId, key: 'subject_certificate', part: 'whole', bytes: licence });
      const first = await upload();
      const remove = (materialId: string) => owner.client.removeMaterial({ params: { materialId } });
      expect(await remove(first.id)).toEqual({});
      expect(await refusal(remove(first.id))).toEqual(['object.not_found']);
      const { needed } = await owner.client.listMaterials({ params: { filingId } });
      expect(needed.flatMap(({ materials }) => materials)).toEqual([]);
      const second = await upload();
      await world.submit(bound);
      expect(await refusal(remove(second.id))).toEqual(['filing.wrong_state']);
    });
  },
);
