import { reasonCodes } from '@openbeian/model/eligibility';
import { z } from 'zod';
import { changeKinds } from './fixes.ts';
import type { Plan } from './plan.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const count = z.int().min(0);
const change = z.enum(changeKinds);
const weight = z.number().min(0);

const plannedChange = z.strictObject({
  id: z.string().meta({ description: 'Within this plan: change-1, in the order of the list.' }),
  change: change.meta({
    description:
      'renew: extend the term; convert: from pay-as-you-go to prepaid; ip, bandwidth, package: buy it for the resource; new: buy the resource.',
  }),
  resource: z.string().meta({ description: 'Id in the inventory; for a new resource a name within the plan, new-1.' }),
  provider: z.string(),
  product: z.string(),
  account: z.string().nullable(),
  until: day
    .nullable()
    .meta({ description: 'With renew, convert and new: the day that the expiry must not be before.' }),
  weight: weight.meta({ description: 'What the change costs by the weights of the plan.' }),
  serves: z.array(z.string()).meta({ description: 'The domains that need it, in the order in which they are filed.' }),
});

const codesToIssue = z.strictObject({
  resource: z.string(),
  provider: z.string(),
  product: z.string(),
  count: z.int().min(1),
  after: z.array(z.string()).meta({
    description: 'Domains that must be filed directly before: the resource cannot be chosen once it has issued codes.',
  }),
});

const assignment = z.strictObject({
  name: z.string(),
  account: z.string().nullable().meta({ description: 'Who files it, as the list of domains says.' }),
  subject: z.string().nullable().meta({ description: 'Whose it is, as the list of domains says.' }),
  way: z
    .enum(['direct', 'code'])
    .meta({ description: 'direct: by the account of the resource; code: with a code that the resource issues.' }),
  resource: z.string(),
  provider: z.string(),
  product: z.string(),
  owner: z.string().nullable().meta({ description: 'Account of the resource, which issues the code.' }),
  needs: z.array(change).meta({ description: 'What must be done to the resource before this domain is filed.' }),
  changes: z
    .array(z.string())
    .meta({ description: 'Which changes of the plan do it: their ids, one for each of needs, in that order.' }),
  startBy: day.nullable().meta({
    description: 'The last day on which the resource passes without a further renewal; null: no term counts.',
  }),
  round: z.int().min(1).meta({
    description: 'An organiser has one open filing at a time: round 2 starts when its filing of round 1 is over.',
  }),
});

const unplaced = z.strictObject({
  name: z.string(),
  account: z.string().nullable(),
  subject: z.string().nullable(),
  code: z.enum(['plan.quota_used_up', 'plan.nothing_mendable', 'plan.no_resource']),
  message: z.strictObject({ zh: z.string(), en: z.string() }),
  blockers: z.array(z.strictObject({ code: z.enum(reasonCodes), resources: z.int().min(1) })).meta({
    description: 'Why resources that could have taken it are not eligible, and how many resources that concerns.',
  }),
});

/** The document that `openbeian plan --json` prints; docs/plan.schema.json is made of it. */
export const planSchema = z.strictObject({
  at: day.meta({ description: 'The day by whose rules it was planned, in Asia/Shanghai.' }),
  weights: z.record(change, weight.nullable()).meta({
    description: 'What one change of each kind costs; null: never do it.',
  }),
  names: count.meta({ description: 'How many domains were given.' }),
  placed: count.meta({
    description: 'How many of them have a resource or code in this plan; no plan places more when optimal.',
  }),
  cost: weight.meta({ description: 'Sum of the weights of the changes.' }),
  lowerBound: weight.meta({ description: 'No plan that places as many domains costs less.' }),
  gap: weight.meta({ description: 'cost minus lowerBound.' }),
  gapShare: weight.meta({ description: 'gap as a share of cost.' }),
  optimal: z
    .boolean()
    .meta({ description: 'Proven: no plan places more, costs less, or costs as much with fewer changes.' }),
  changes: z.array(plannedChange),
  codes: z.array(codesToIssue),
  assignments: z.array(assignment).meta({ description: 'In the order in which the filings are made.' }),
  unplaced: z.array(unplaced),
}) satisfies z.ZodType<Plan>;
