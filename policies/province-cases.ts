import { readFileSync } from 'node:fs';
import { isDay } from '@openbeian/model/calendar';
import { routedKinds, serviceKinds, subjectKinds } from '@openbeian/model/filing';
import {
  appliesTo,
  type ProvinceFile,
  type ProvinceRule,
  provinceFactsSchema,
  provinceRulesFor,
} from '@openbeian/model/province';
import { z } from 'zod';
import { type CaseResult, casesBeside } from './cases.ts';
import { parseSource } from './document.ts';
import type { ReadProvinceFile } from './provinces.ts';
import { readTable } from './read-table.ts';

const day = z.string().refine(isDay, {
  params: { zh: '应为确实存在的日期 YYYY-MM-DD', en: 'expected a day that exists, YYYY-MM-DD' },
});

/** The shape of `*.cases.yaml` beside a file of province rules. */
export const provinceCasesSchema = z.strictObject({
  at: day.optional().meta({
    description:
      'The day of every case that names none; unless said, the newest day of a source in the rules beside it.',
  }),
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        at: day.optional(),
        subject: z.enum(subjectKinds),
        kind: z.enum(routedKinds).default('first'),
        service: z.enum(serviceKinds).default('website'),
        facts: provinceFactsSchema.default({}),
        /** The rules that the case is about; without it, all. */
        of: z.array(z.string()).min(1).optional(),
        /** The ids of those that apply, in the order of files and rows. */
        applies: z.array(z.string()),
      }),
    )
    .min(1),
});

/** One case, run. */
export interface ProvinceCaseRun {
  readonly result: CaseResult;
  /** The rules that it found to apply. */
  readonly applied: readonly ProvinceRule[];
  /** The ids of rules that it shows not to apply. */
  readonly notApplied: readonly string[];
}

/**
 * Runs the cases beside a file, in its province, with the rules of every file.
 * @throws Fault `input.invalid` naming file, line and what was expected
 */
export function runProvinceCases({ file, table }: ReadProvinceFile, files: readonly ProvinceFile[]): ProvinceCaseRun[] {
  const beside = casesBeside(file);
  if (beside === null) return [];
  const given = readTable(beside, provinceCasesSchema);
  const parsed = parseSource(readFileSync(beside, 'utf8'));
  // The tests of a file say the same on every day: they do not follow the clock.
  const newest = table.rules.map(({ asOf }) => asOf).reduce((one, other) => (one > other ? one : other));
  return given.cases.map(({ name, at = given.at ?? newest, subject, kind, service, facts, of, applies }, index) => {
    // No province has the empty code: cases of what holds everywhere see nothing else.
    const question = { provinceCode: table.province ?? '', subjectKind: subject, kind, serviceKind: service, at };
    const applied = provinceRulesFor(files, question)
      .filter(({ id }) => of === undefined || of.includes(id))
      .filter((rule) => appliesTo(rule, facts));
    const actual = applied.map(({ id }) => id);
    const result: CaseResult = {
      file: beside,
      line: 'document' in parsed ? parsed.document.lineOf(`cases[${index}]`) : 1,
      name,
      product: `province/${table.province ?? 'base'}`,
      differences: applies.join() === actual.join() ? [] : [{ key: 'applies', expected: applies, actual }],
    };
    const about = of ?? table.rules.map(({ id }) => id);
    return { result, applied, notApplied: about.filter((id) => !actual.includes(id)) };
  });
}
