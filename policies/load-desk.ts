import { fileURLToPath } from 'node:url';
import { sideBySideShape, siteMeanwhileShape, subjectLimitShape, timeLimitsShape } from '@openbeian/model/filing';
import { z } from 'zod';
import { readTable } from './read-table.ts';

const shipped = fileURLToPath(new URL('./desk.yaml', import.meta.url));

const deskShape = z.strictObject({
  sideBySide: z.array(sideBySideShape).min(1),
  subjectLimits: z.array(subjectLimitShape),
  timeLimits: timeLimitsShape,
  siteMeanwhile: siteMeanwhileShape,
  /** Of the authority's SMS: wrong codes and repeated SMS that one person has within the time limit. */
  smsRules: z.strictObject({
    tries: z.int().positive(),
    resends: z.int().positive(),
    source: z.string().min(1),
    asOf: z.iso.date().nullable(),
  }),
  /** How many days before the end of what is asked during a review its customer is reminded. */
  askReminders: z.strictObject({
    daysBefore: z.array(z.int().min(0)),
    source: z.string().min(1),
    asOf: z.iso.date().nullable(),
  }),
  /** How many days before a demanded correction is due its customer is reminded. */
  demandReminders: z.strictObject({
    daysBefore: z.array(z.int().positive()),
    source: z.string().min(1),
    asOf: z.iso.date().nullable(),
  }),
});
export type DeskRules = z.output<typeof deskShape>;

/**
 * Reads what may be open side by side, what one organiser may have, how long what may wait, and whether a site may be reached meanwhile (default: what comes with OpenBeian).
 * @throws Fault `input.invalid` naming file, line and what was expected.
 */
export const loadDesk = (file: string = shipped): DeskRules => readTable(file, deskShape);
