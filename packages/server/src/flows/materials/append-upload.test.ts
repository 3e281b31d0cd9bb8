import { expect, test } from 'vitest';
import { begun, licence } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'appendUpload',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => {
      const { uploadId } = await begun(world, owner);
      return { params: { uploadId }, query: { atByte: 0 }, body: licence.subarray(0, 1000) };
    },
    leaves: [],
    foreign: 'object.not_found',
  },
  (get) => {
    test('takes part after part from where the last one ended, and nothing else', async () => {
      const world = get();
      const owner = await world.customer();
      const { uploadId } = await begun(world, owner);
      const append = (atByte: number, body: Uint8Array) =>
        owner.client.appendUpload({ params: { uploadId }, query: { atByte }, body });
      expect(await append(0, licence.subarray(0, 1000))).toMatchObject({ received: 1000 });
      expect(await append(1000, licence.subarray(1000, 1500))).toMatchObject({ received: 1500 });
      for (const atByte of [0, 1000, 1499, 1501]) {
        expect(await refusal(append(atByte, licence.subarray(0, 10)))).toEqual(['upload.other_offset']);
      }
      expect(await refusal(append(1500, new Uint8Array()))).toEqual(['upload.other_offset']);
      expect((await owner.client.getUpload({ params: { uploadId } })).received).toBe(1500);
    });

    test('refuses more than was said, and parts that are too large', async () => {
      const world = get();
      const owner = await world.customer();
      const { uploadId } = await begun(world, owner, { bytes: licence.subarray(0, 1000) });
      const append = (body: Uint8Array) =>
        owner.client.appendUpload({ params: { uploadId }, query: { atByte: 0 }, body });
      expect(await refusal(append(licence.subarray(0, 1001)))).toEqual(['upload.other_offset']);
      expect(await refusal(append(new Uint8Array(256 * 1024 + 1)))).toEqual(['request.too_large']);
    });

    test('what waits is sealed, and an upload that nobody went on with is gone after a day', async () => {
      const world = get();
      const owner = await world.customer();
      const clear = new TextEncoder().encode('a picture of somebody');
      const { uploadId } = await begun(world, owner, { bytes: clear });
      await owner.client.appendUpload({ params: { uploadId }, query: { atByte: 0 }, body: clear.subarray(0, 9) });
      const parts = await world.deps.store.transaction((tx) => tx.materials.listParts(uploadId));
      expect(Buffer.from(parts[0]?.sealed ?? []).toString('latin1')).not.toContain('picture');
      world.clock.nowMs += 86_400_000;
      const late = owner.client.appendUpload({ params: { uploadId }, query: { atByte: 9 }, body: clear.subarray(9) });
      expect(await refusal(late)).toEqual(['object.not_found']);
    });
  },
);
