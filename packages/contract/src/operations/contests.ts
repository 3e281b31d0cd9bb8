import { z } from 'zod';
import { operation } from '../operation.ts';
import { nextShape, pageQuery } from '../page.ts';
import { emptyShape, idShape, instantShape, noBody } from '../shapes.ts';
import { filingParams } from './filings/step.ts';

const contestShape = z
  .object({
    id: z.string(),
    filingId: z.string(),
    accountId: z.string(),
    about: z.enum(['domain_name', 'certificate']),
    domainName: z.string(),
    statement: z.string().nullable().meta({ description: 'Null where it cannot be decrypted' }),
    openedAt: instantShape,
    decision: z
      .enum(['upheld', 'dismissed', 'closed'])
      .nullable()
      .meta({ description: 'closed: one of the two filings ended before anybody decided' }),
    reasons: z.string().nullable(),
    decidedAt: instantShape.nullable(),
    sides: z
      .object({
        holderFilingId: z.string(),
        holderAccountId: z.string(),
        nameProven: z.boolean(),
        holderNameProven: z.boolean(),
      })
      .nullable()
      .meta({ description: 'Null for customers, who do not learn whose the other filing is' }),
  })
  .meta({ id: 'Contest', description: 'An account says that what another account’s filing holds is its own' });

export const contestFiling = operation({
  id: 'contestFiling',
  method: 'POST',
  path: '/api/v1/filings/{filingId}/contest',
  summary: {
    zh: '申诉：域名或证件被其他账号占用',
    en: 'Contest that another account holds the domain or the certificate',
  },
  roles: ['customer'],
  scope: 'filings:write',
  command: true,
  nouns: ['contest', 'filing', 'notice'],
  params: filingParams,
  query: emptyShape,
  body: z.strictObject({ statement: z.string().min(10).max(1000) }),
  answer: contestShape,
  faults: [
    'object.not_found',
    'filing.wrong_state',
    'filing.form_incomplete',
    'filing.not_held',
    'filing.subject_in_other_account',
    'filing.name_in_other_account',
    'filing.contest_open',
  ],
});

export const listContests = operation({
  id: 'listContests',
  method: 'GET',
  path: '/api/v1/contests',
  summary: { zh: '申诉列表，新的在前', en: 'Contests, newest first' },
  roles: ['customer', 'operator', 'auditor'],
  scope: 'filings:read',
  command: false,
  nouns: ['contest'],
  params: emptyShape,
  query: z.strictObject({
    undecided: z.enum(['true', 'false']).default('false').meta({ description: 'true: undecided ones only' }),
    ...pageQuery,
  }),
  body: noBody,
  answer: z.object({ contests: z.array(contestShape), next: nextShape }),
  faults: [],
});

export const decideContest = operation({
  id: 'decideContest',
  method: 'POST',
  path: '/api/v1/contests/{contestId}/decide',
  summary: { zh: '处理申诉（说明双方可见）', en: 'Decide a contest; both sides read the reasons' },
  roles: ['operator'],
  command: true,
  nouns: ['contest', 'filing', 'notice', 'gate'],
  params: z.strictObject({ contestId: idShape }),
  query: emptyShape,
  body: z.strictObject({ decision: z.enum(['upheld', 'dismissed']), reasons: z.string().min(5).max(1000) }),
  answer: contestShape,
  faults: ['object.not_found', 'object.changed', 'filing.wrong_state', 'contest.decided'],
});
