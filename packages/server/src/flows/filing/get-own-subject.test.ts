import { fictionalCompany } from '@openbeian/model/fictional';
import { expect, test } from 'vitest';
import { filedCompany } from '../../main/testing/filed-company.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'getOwnSubject',
  { may: ['customer'], scope: 'filings:read', sample: () => ({}), leaves: 'nothing' },
  (get) => {
    test('says how the account is verified, and what is on record of it while it is in force', async () => {
      const world = get();
      const individual = await world.customer('individual');
      expect(await individual.client.getOwnSubject({})).toEqual({
        realName: 'individual',
        mayFileForOthers: true,
        subject: null,
      });
      const owner = await world.customer();
      const { subjectNumber, company, proof } = await filedCompany(world, owner);
      const { subject } = await owner.client.getOwnSubject({});
      expect(subject).toMatchObject({
        number: subjectNumber,
        subjectKind: 'enterprise',
        nature: 'enterprise',
        certificateType: 'business_licence',
      });
      expect(subject?.unitName).toBe(fictionalCompany(company).name);
      expect(JSON.stringify(subject)).not.toContain(proof.certificateNumber);
      expect((await individual.client.getOwnSubject({})).subject).toBeNull();
      const body = { scope: 'subject', number: subjectNumber, reason: '管局通知注销' } as const;
      await world.people.operator.client.cancelRecord({ body });
      expect((await owner.client.getOwnSubject({})).subject).toBeNull();
    });
  },
);
