import { z } from 'zod';
import { reasonShape } from './shapes.ts';

const countShape = z.number().int();

/** What an inventory would change, and what of codes, filings and records it would break. */
export const inventoryDifferenceShape = z.object({
  counts: z.object({
    accounts: z.object({ new: countShape, changed: countShape, same: countShape }),
    resources: z.object({
      new: countShape,
      changed: countShape,
      same: countShape,
      gone: countShape,
      breaking: countShape,
    }),
  }),
  accounts: z
    .array(z.object({ id: z.string(), before: z.string().nullable(), after: z.string() }))
    .meta({ description: 'Accounts that are new (`before` null), or get another real name' }),
  new: z.array(z.string()).meta({ description: 'Ids of resources' }),
  changed: z.array(
    z.object({
      id: z.string(),
      fields: z.array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() })).meta({
        description: 'The facts that differ; null: not there',
      }),
    }),
  ),
  gone: z
    .array(z.object({ id: z.string(), accountId: z.string(), facts: z.record(z.string(), z.unknown()) }))
    .meta({ description: 'Importing leaves them as they are' }),
  breaking: z
    .array(
      z.object({
        id: z.string(),
        accountId: z.string(),
        isGone: z.boolean(),
        codes: z.array(z.object({ id: z.string(), tail: z.string() })),
        filings: z.array(z.object({ id: z.string(), domainName: z.string() })),
        services: z.array(z.object({ number: z.string(), domainName: z.string() })),
        reasons: z.array(reasonShape),
      }),
    )
    .meta({
      description:
        'Resources whose usable codes, open filings or served records would no longer be allowed on them, and why; of those that are gone, as if they were released',
    }),
  leftOut: countShape.meta({
    description:
      'Rows that are counted but not listed, since the answer would be longer than three times the inventory and 32 KiB',
  }),
});
