import { uploadPicture } from '@openbeian/contract/upload';
import { Fault } from '@openbeian/model/fault';
import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { licence, uploaded } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import type { Caller, Customer, OperationWorld } from '../../main/testing/operation-world.ts';

const claim = ({ client }: Caller, filingId: string) => client.claimFiling({ params: { filingId }, body: {} });

/** A picture of a filing that waits for review. */
async function submitted(world: OperationWorld, owner: Customer) {
  const bound = await reach(world, owner, 'bound');
  const { filingId } = bound;
  const picture = { filingId, key: 'subject_certificate', part: 'whole', bytes: licence } as const;
  const { id: materialId } = await uploadPicture(owner.client, picture);
  await world.submit(bound);
  return { filingId, materialId };
}

describeOperation(
  'openMaterial',
  {
    may: ['customer', 'reviewer', 'operator'],
    scope: 'filings:reveal',
    sample: async (world, owner, role) => {
      const { filingId, materialId } = await submitted(world, owner);
      if (role === 'reviewer' || role === 'operator') await claim(world.people[role], filingId);
      return { params: { materialId }, body: {} };
    },
    leaves: ['MaterialOpened'],
    foreign: 'object.not_found',
    repeated: 'done again',
  },
  (get) => {
    test('gives the very bytes that were uploaded, and the copy, each with its own type', async () => {
      const world = get();
      const owner = await world.customer();
      const { materialId, material } = await uploaded(world, owner);
      const params = { materialId };
      const original = await owner.client.openMaterial({ params, body: {} });
      expect(original.mediaType).toBe('image/png');
      expect(Buffer.from(original.bytes).equals(licence)).toBe(true);
      const copy = await owner.client.openMaterial({ params, body: { which: 'copy' } });
      expect(copy.mediaType).toBe('image/jpeg');
      expect(copy.bytes.byteLength).toBe(material.copyBytes);
    });

    test('to the provider’s people while they have claimed it; the audit says which picture and why', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId, materialId } = await submitted(world, owner);
      const { reviewer, operator } = world.people;
      const open = ({ client }: Caller) => client.openMaterial({ params: { materialId }, body: { which: 'copy' } });
      expect(await refusal(open(reviewer))).toEqual(['filing.not_claimed']);
      await claim(operator, filingId);
      expect(await refusal(open(reviewer))).toEqual(['filing.claimed_by_other']);
      expect(await open(operator)).toHaveProperty('bytes');
      const row = (await world.audit()).findLast((one) => one.action === 'MaterialOpened' && one.objectId === filingId);
      expect(row).toMatchObject({
        objectId: filingId,
        actorId: operator.actor.userId,
        detail: { key: 'subject_certificate', part: 'whole', which: 'copy', because: 'review' },
      });
      const draft = await uploaded(world, owner);
      const early = operator.client.openMaterial({ params: { materialId: draft.materialId }, body: {} });
      expect(await refusal(early)).toEqual(['filing.wrong_state']);
      const none = owner.client.openMaterial({ params: { materialId: 'mat_none' }, body: {} });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });

    test('a file that is missing, altered or out of reach is told as that, and shows nothing', async () => {
      const world = get();
      const owner = await world.customer();
      const { materialId } = await uploaded(world, owner);
      const open = () => refusal(owner.client.openMaterial({ params: { materialId }, body: {} }));
      world.replace({ blobs: { get: async () => null } });
      expect(await open()).toEqual(['store.unreadable']);
      const { blobs } = world.deps;
      world.reset();
      const original = world.deps.blobs;
      world.replace({
        blobs: {
          async get(name) {
            const bytes = new Uint8Array((await original.get(name)) ?? []);
            bytes[100] = (bytes[100] ?? 0) ^ 1;
            return bytes;
          },
        },
      });
      expect(await open()).toEqual(['store.unreadable']);
      world.replace({
        blobs: {
          get: async () => {
            throw new Fault('material.store_unavailable');
          },
        },
      });
      expect(await open()).toEqual(['material.store_unavailable']);
      expect(blobs).not.toBe(original);
    });
  },
);
