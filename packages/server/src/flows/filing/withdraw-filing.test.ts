import { reach, stepOf, testStep } from '../../main/testing/filing-steps.ts';
import { describeOperation } from '../../main/testing/operation-tests.ts';

describeOperation(
  'withdrawFiling',
  {
    may: ['customer'],
    scope: 'filings:submit',
    sample: async (world, owner) => stepOf(await reach(world, owner, 'submitted')),
    leaves: ['FilingWithdrawn'],
    foreign: 'object.not_found',
  },
  (get) => {
    testStep(get, 'withdrawFiling', {
      by: 'owner',
      from: 'submitted',
      elsewhere: 'bound',
      to: 'draft',
      event: 'FilingWithdrawn',
    });
  },
);
