import { uploadPicture } from '@openbeian/contract/upload';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { fictionalPictureOf, uploadNeeded } from '../../main/sample/materials.ts';
import { reach, stepOf } from '../../main/testing/filing-steps.ts';
import { draftOf, uploaded } from '../../main/testing/materials.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';

describeOperation(
  'listMaterials',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'filings:read',
    sample: async (world, owner) => ({ params: { filingId: (await uploaded(world, owner)).filingId } }),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('says what is needed, which of it is compulsory, and what is there', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId, materialId } = await uploaded(world, owner);
      const { needed, findings } = await owner.client.listMaterials({ params: { filingId } });
      const compulsory = needed.filter(({ isRequired }) => isRequired).map(({ key, part }) => `${key} ${part}`);
      expect(compulsory).toEqual([
        'subject_certificate whole',
        'subject_principal_id front',
        'subject_principal_id back',
        'service_principal_id front',
        'service_principal_id back',
        'domain_certificate whole',
        'pledge whole',
        'verification whole',
      ]);
      expect(needed[0]).toMatchObject({
        field: 'materials.subject_certificate.whole',
        formField: 'subject.certificateNumber',
        certificateType: 'business_licence',
        imageUse: 1,
        materials: [{ id: materialId }],
      });
      // This world does not demand materials.
      expect(findings).toEqual([]);
      const none = owner.client.listMaterials({ params: { filingId: 'fil_none' } });
      expect(await refusal(none)).toEqual(['object.not_found']);
    });

    test('where they are demanded, nothing is submitted without them, and the form says what is missing', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const params = { filingId: bound.filingId };
      world.replace({ materials: { areRequired: true } });
      const submit = () => owner.client.submitFiling({ params, body: { version: bound.version } });
      expect(await refusal(submit())).toEqual(['filing.form_incomplete']);
      const { findings } = await owner.client.getFilingForm({ params });
      expect(findings.filter(({ rule }) => rule === 'material.missing')).toHaveLength(8);
      expect(findings.find(({ rule }) => rule === 'material.missing')).toMatchObject({
        field: 'materials.subject_certificate.whole',
        severity: 'error',
        remedy: { zh: expect.stringContaining('上传') },
      });
      expect(await uploadNeeded(owner.client, bound.filingId)).toBe(8);
      expect((await submit()).state).toBe('awaiting_review');
    });

    test('a paper that grew too old since it was uploaded keeps the filing back, until a new one is there', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const filingId = bound.filingId;
      world.replace({ materials: { areRequired: true } });
      const bytes = fictionalPictureOf({ key: 'pledge', part: 'whole', picture: 'paper' });
      const upload = (signedOn: string) =>
        uploadPicture(owner.client, { filingId, key: 'pledge', part: 'whole', signedOn, bytes });
      const given = await upload('2026-11-20');
      expect(given.signedOn).toBe('2026-11-20');
      await uploadNeeded(owner.client, filingId);
      const rules = async () =>
        (await owner.client.listMaterials({ params: { filingId } })).findings.map(
          ({ field, rule }) => `${field} ${rule}`,
        );
      expect(await rules()).toEqual([]);
      world.clock.nowMs += 120 * 86_400_000;
      const sheet = 'materials.verification.whole material.signed_too_long_ago';
      expect(await rules()).toEqual(['materials.pledge.whole material.signed_too_long_ago', sheet]);
      await owner.client.removeMaterial({ params: { materialId: given.id } });
      await upload('2027-03-20');
      expect(await rules()).toEqual([sheet]);
    });

    test('a paper uploaded before its day was asked for keeps the filing back, but no answer to a reviewer', async () => {
      const world = get();
      const owner = await world.customer();
      const bound = await reach(world, owner, 'bound');
      const { filingId } = bound;
      await uploadNeeded(owner.client, filingId);
      const forget = () =>
        sql`UPDATE material SET signed_on = NULL WHERE filing_id = ${filingId}`.execute(world.deployment.open.kysely);
      const submitted = await world.submit(bound);
      await forget();
      world.replace({ materials: { areRequired: true } });
      const reasons = [{ field: 'materials.domain_certificate.whole', reasonId: 'other', comment: '请更换' }];
      await world.people.reviewer.client.askFiling(stepOf(submitted, { reasons }));
      const rules = async () => {
        const { findings } = await owner.client.listMaterials({ params: { filingId } });
        return findings.map(({ field, rule }) => `${field} ${rule}`);
      };
      expect(await rules()).toEqual([]);
      const { version } = (await owner.client.getFiling({ params: { filingId } })).filing;
      const back = await owner.client.withdrawFiling(stepOf({ ...submitted, version }));
      expect(await rules()).toContain('materials.pledge.whole material.undated');
      const again = owner.client.submitFiling(stepOf({ ...submitted, version: back.version }));
      expect(await refusal(again)).toEqual(['filing.form_incomplete']);
    });

    test('a picture of a certificate that the form no longer names does not count', async () => {
      const world = get();
      const owner = await world.customer();
      world.replace({ materials: { areRequired: true } });
      const filingId = await draftOf(world, owner);
      await uploadNeeded(owner.client, filingId);
      const params = { filingId };
      const { version } = await owner.client.getFilingForm({ params });
      const values = { 'subject.principal.certificateType': 'passport' };
      await owner.client.saveFilingForm({ params, body: { version, values } });
      const { findings } = await owner.client.listMaterials({ params });
      expect(findings.map(({ field, rule }) => `${field} ${rule}`)).toEqual([
        'materials.subject_principal_id.front material.other_certificate',
        'materials.subject_principal_id.back material.other_certificate',
      ]);
    });
  },
);
