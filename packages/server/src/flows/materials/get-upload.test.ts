import { expect, test } from 'vitest';
import { begun, licence } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'getUpload',
  {
    may: ['customer'],
    scope: 'filings:read',
    sample: async (world, owner) => ({ params: { uploadId: (await begun(world, owner)).uploadId } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('says how far it has come', async () => {
      const world = get();
      const owner = await world.customer();
      const { uploadId, filingId } = await begun(world, owner);
      const params = { uploadId };
      await owner.client.appendUpload({ params, query: { atByte: 0 }, body: licence.subarray(0, 700) });
      expect(await owner.client.getUpload({ params })).toMatchObject({
        id: uploadId,
        filingId,
        received: 700,
        bytes: licence.byteLength,
        part: 'whole',
      });
      expect(await refusal(owner.client.getUpload({ params: { uploadId: 'upl_none' } }))).toEqual(['object.not_found']);
    });
  },
);
