import { serviceKinds, subjectKinds } from '@openbeian/model/filing';
import { z } from 'zod';
import type { SeedRecords } from '../core/words.ts';

const text = z.string().trim().min(1).max(512);

/** Records from elsewhere as a person writes them: every list may be left out. */
export const seedRecordsShape = z.strictObject({
  subjects: z
    .array(
      z.strictObject({
        number: text,
        kind: z.enum(subjectKinds),
        name: text,
        certificateType: text,
        certificateNumber: text,
        services: z
          .array(
            z.strictObject({
              number: text,
              kind: z.enum(serviceKinds).default('website'),
              name: text,
              domainName: z.string().max(255),
              accesses: z.array(text).default([]),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
  takenSiteNames: z.array(text).default([]),
  blacklist: z
    .strictObject({
      certificateNumbers: z.array(text).default([]),
      domainNames: z.array(text).default([]),
      siteNames: z.array(text).default([]),
    })
    .default({ certificateNumbers: [], domainNames: [], siteNames: [] }),
}) satisfies z.ZodType<SeedRecords>;

/** What may be passed in before the defaults are filled. */
export type SeedRecordsInput = z.input<typeof seedRecordsShape>;
