import { z } from 'zod';
import { operation } from '../operation.ts';
import { emptyShape, textShape } from '../shapes.ts';

const searchedKinds = ['filing', 'record', 'resource', 'code', 'account', 'person'] as const;

const hitShape = z
  .object({
    id: z.string().meta({ description: 'Of a record its number; of a person the login' }),
    title: z.string(),
    detail: textShape.meta({ description: 'What else tells it apart: its type, state, product or note' }),
    accountId: z.string().nullable(),
    match: z
      .enum(['whole', 'start', 'part'])
      .meta({ description: 'The text is the whole of a name or id of it, its start, or a part of it' }),
  })
  .meta({ id: 'SearchHit' });

/** The text is in the body, since people paste whole codes and certificates' numbers: addresses end in logs and histories. */
export const searchEverything = operation({
  id: 'searchEverything',
  method: 'POST',
  path: '/api/v1/search',
  summary: {
    zh: '搜索本人可查看的全部内容：备案订单、备案记录、云资源、授权码、账号、人员',
    en: 'Search everything that the caller may see: filings, records, resources, codes, accounts, people',
  },
  roles: ['customer', 'reviewer', 'operator', 'auditor'],
  command: false,
  nouns: ['filing', 'record', 'resource', 'code', 'account', 'person'],
  // As many look-ups as there are kinds.
  cost: 3,
  params: emptyShape,
  query: emptyShape,
  body: z.strictObject({
    text: z.string().trim().min(1).max(200).meta({
      description:
        'A part of a domain, number, name, id or note in any case of letters; a host or URL finds its domain. A whole code, its last four characters, or the whole number of an organiser’s certificate',
    }),
  }),
  answer: z.object({
    groups: z
      .array(
        z.object({
          kind: z.enum(searchedKinds),
          hits: z.array(hitShape).meta({ description: 'The best first, at most five' }),
          more: z.boolean().meta({ description: 'The list of this kind has more' }),
        }),
      )
      .meta({ description: 'The kind with the best hit first; kinds without one are left out' }),
  }),
  faults: [],
});
