import { expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { draftOf, findingsIn, uploaded } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

const body = { key: 'subject_certificate', part: 'whole', bytes: 1000 } as const;

/** Rules of the findings with which something was refused, with their fields. */
const rulesOf = (work: Promise<unknown>) =>
  work.then(
    () => [],
    (error: unknown) => findingsIn(error).map(({ field, rule }) => `${field} ${rule}`),
  );

describeOperation(
  'beginUpload',
  {
    may: ['customer'],
    scope: 'filings:write',
    sample: async (world, owner) => ({ params: { filingId: await draftOf(world, owner) }, body }),
    // Handing in a picture is no act that others must see; submitting is.
    leaves: [],
    foreign: 'object.not_found',
  },
  (get) => {
    test('names its place, and what is too large or of another certificate is refused there before it is sent', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { filingId: await draftOf(world, owner) };
      const begin = (more: object) => owner.client.beginUpload({ params, body: { ...body, ...more } });
      expect(await begin({ certificateType: 'business_licence' })).toMatchObject({ received: 0, bytes: 1000 });
      expect(await rulesOf(begin({ bytes: 50 * 1024 * 1024 }))).toEqual([
        'materials.subject_certificate.whole material.too_large',
      ]);
      expect(await rulesOf(begin({ certificateType: 'resident_id' }))).toEqual([
        'materials.subject_certificate.whole material.other_certificate',
      ]);
      expect(await refusal(begin({ bytes: 50 * 1024 * 1024 }))).toEqual(['material.refused']);
      expect(await refusal(begin({ part: 'front' }))).toEqual(['input.invalid']);
      expect(await refusal(begin({ key: 'residence_proof' }))).toEqual(['input.invalid']);
    });

    test('a signed paper says its day: not one to come, nor one that its province no longer takes', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { filingId: await draftOf(world, owner) };
      const begin = (signedOn: string, key: 'pledge' | 'subject_certificate' = 'pledge') =>
        owner.client.beginUpload({ params, body: { ...body, key, signedOn } });
      const undated = owner.client.beginUpload({ params, body: { ...body, key: 'pledge' } });
      expect(await rulesOf(undated)).toEqual(['materials.pledge.whole material.undated']);
      expect(await rulesOf(begin('2026-11-22'))).toEqual(['materials.pledge.whole material.signed_in_future']);
      // Guangdong takes a pledge for sixty working days.
      expect(await rulesOf(begin('2026-08-03'))).toEqual(['materials.pledge.whole material.signed_too_long_ago']);
      expect(await begin('2026-11-21')).toMatchObject({ received: 0 });
      expect(await begin('2026-10-09')).toMatchObject({ received: 0 });
      // A certificate bears no such day.
      expect(await begin('2026-11-22', 'subject_certificate')).toMatchObject({ received: 0 });
    });

    test('another upload for the same place ends, and of many under way the oldest', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { filingId: await draftOf(world, owner) };
      const first = await owner.client.beginUpload({ params, body });
      await owner.client.beginUpload({ params, body });
      expect(await refusal(owner.client.getUpload({ params: { uploadId: first.id } }))).toEqual(['object.not_found']);
      const keys = ['principal_letter', 'domain_certificate', 'pledge', 'verification', 'pre_approval'] as const;
      for (const key of [...keys, 'construction_plan'] as const) {
        await owner.client.beginUpload({ params, body: { ...body, key, signedOn: '2026-11-20' } });
      }
      for (const part of ['front', 'back'] as const) {
        await owner.client.beginUpload({ params, body: { ...body, key: 'subject_principal_id', part } });
      }
      const { uploads } = await owner.client.listMaterials({ params });
      expect(uploads).toHaveLength(8);
      expect(uploads.some(({ key }) => key === 'subject_certificate')).toBe(false);
    });

    test('not of a filing that cannot be edited', async () => {
      const world = get();
      const owner = await world.customer();
      const params = { filingId: (await reach(world, owner, 'submitted')).filingId };
      expect(await refusal(owner.client.beginUpload({ params, body }))).toEqual(['filing.wrong_state']);
      const none = owner.client.beginUpload({ params: { filingId: 'fil_none' }, body });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });

    test('a picture that is there makes room for the next one', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await uploaded(world, owner);
      expect(await owner.client.beginUpload({ params: { filingId }, body })).toHaveProperty('id');
    });
  },
);
