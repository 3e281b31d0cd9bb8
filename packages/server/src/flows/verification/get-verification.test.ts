import { afterAll, expect, test } from 'vitest';
import { reach } from '../../main/testing/filing-steps.ts';
import { describeOperation, refusal } from '../../main/testing/operation-tests.ts';
import { openOperations } from '../../main/testing/operation-world.ts';
import { startVerificationService, useService } from '../../main/testing/verification-service.ts';

const opened = await openOperations();
const service = await startVerificationService(() => opened.deps.clock.now());
afterAll(() => service.close());
const of = (filingId: string) => ({ params: { filingId } });

describeOperation(
  'getVerification',
  {
    may: ['customer', 'reviewer', 'operator', 'auditor'],
    scope: 'filings:read',
    sample: async (world, owner) => of((await reach(world, owner, 'draft')).filingId),
    leaves: 'nothing',
    foreign: 'object.not_found',
  },
  (get) => {
    test('without a service a reviewer decides, by a sheet; names are masked for everybody', async () => {
      const world = get();
      const owner = await world.customer();
      const { filingId } = await reach(world, owner, 'draft');
      const shown = await owner.client.getVerification(of(filingId));
      expect(shown).toMatchObject({
        isRequired: false,
        by: 'reviewer',
        persons: [
          {
            role: 'service_principal',
            name: expect.stringMatching(/^.＊+$/),
            way: 'sheet',
            by: 'reviewer',
            isElectronicPossible: false,
            state: 'not_started',
            daysGood: 90,
            fallbackText: { zh: expect.stringContaining('下载核验单') },
          },
        ],
      });
    });

    test('with one, by the certificates: a telephone, or what takes its place', async () => {
      const world = get();
      useService(world, service);
      const owner = await world.customer();
      const draft = await reach(world, owner, 'draft');
      const { persons } = await owner.client.getVerification(of(draft.filingId));
      expect(persons).toMatchObject([{ way: 'electronic', by: 'service', daysGood: 3, startsLeft: 10 }]);
      const passport = {
        'service.principal.isSubjects': 'no',
        'service.principal.name': 'Fictional Person',
        'service.principal.certificateType': 'passport',
        'service.principal.certificateNumber': 'E12345678',
      };
      const body = { version: draft.version, values: passport };
      await owner.client.saveFilingForm({ ...of(draft.filingId), body });
      const changed = await owner.client.getVerification(of(draft.filingId));
      expect(changed.persons).toMatchObject([{ way: 'in_person', by: 'reviewer', isElectronicPossible: false }]);
    });

    test('of no filing', async () => {
      expect(await refusal(get().people.operator.client.getVerification(of('fil_none')))).toEqual(['object.not_found']);
    });
  },
);
