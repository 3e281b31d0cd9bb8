import { existsSync, readFileSync } from 'node:fs';
import {
  check,
  outcomes,
  type PolicySet,
  parseInventory,
  realNames,
  reasonCodes,
  type UseDecision,
} from '@openbeian/model/eligibility';
import { Fault, isFault, placesOf } from '@openbeian/model/fault';
import { z } from 'zod';
import { parseSource, type SourceDocument } from './document.ts';

/*
 * Test cases beside a policy file: `tencent.cases.yaml` beside `tencent.yaml`. Each is one resource on a fixed day and
 * what the rules must say about it. `openbeian policy test` and the project's own tests run them.
 */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const expected = z
  .union([z.enum(outcomes), z.array(z.enum(reasonCodes)).min(1)])
  .optional()
  .meta({ description: 'The outcome, or all reasons in their order.' });
const facts = z.record(z.string(), z.unknown());

/** The shape of `*.cases.yaml`. */
export const casesSchema = z.strictObject({
  provider: z.string(),
  at: day.meta({ description: 'The day on which every case is decided that names none itself.' }),
  base: facts.meta({ description: 'Facts of every resource; a case overrides them, null takes a fact away.' }),
  cases: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        at: day.optional(),
        realName: z.enum(realNames).default('enterprise'),
        viewer: z.string().optional(),
        resource: facts,
        others: z.array(facts).default([]),
        file: expected,
        issue: expected,
        goodUntil: day.nullable().optional(),
        before: day.optional().meta({ description: 'The day that a renewal or conversion must reach.' }),
      }),
    )
    .min(1),
});
type Cases = z.output<typeof casesSchema>;

/** One case, run. `differences` is empty when the rules said what was expected. */
export interface CaseResult {
  readonly file: string;
  readonly line: number;
  readonly name: string;
  /** `provider/product`. */
  readonly product: string;
  readonly differences: readonly Difference[];
}

interface Difference {
  readonly key: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

/** `…/tencent.cases.yaml` of `…/tencent.yaml`, or null where there is none. */
export function casesBeside(policyFile: string): string | null {
  const file = policyFile.replace(/\.ya?ml$/, '.cases.yaml');
  return existsSync(file) ? file : null;
}

/**
 * Runs the cases of a file against policies.
 * @throws Fault `input.invalid`, its places naming file, line and path, for a file that is no such document or a
 * resource that no inventory would hold.
 */
export function runCases(file: string, policies: PolicySet): CaseResult[] {
  const parsed = parseSource(readFileSync(file, 'utf8'));
  if ('problem' in parsed) {
    const { line, reason } = parsed.problem;
    throw new Fault('input.invalid', { places: [{ path: `${file}:${line}`, expected: `expected YAML: ${reason}` }] });
  }
  const { document } = parsed;
  const cases = casesSchema.safeParse(document.value);
  if (!cases.success) throw located(file, document, new Fault('input.invalid', { places: placesOf(cases.error) }), '');
  return cases.data.cases.map((one, index) => {
    const within = `cases[${index}]`;
    const { resource, decision } = decided(cases.data, one, policies, (fault) => {
      throw located(file, document, fault, `${within}.resource`);
    });
    const differences: Difference[] = [
      ...differenceOf('file', one.file, decision.file),
      ...differenceOf('issue', one.issue, decision.issue),
    ];
    if (one.goodUntil !== undefined && one.goodUntil !== decision.goodUntil) {
      differences.push({ key: 'goodUntil', expected: one.goodUntil, actual: decision.goodUntil });
    }
    const found = [...decision.file.reasons, ...decision.issue.reasons].find(({ remedy }) => remedy.before !== null);
    const before = found?.remedy.before ?? null;
    if (one.before !== undefined && one.before !== before) {
      differences.push({ key: 'before', expected: one.before, actual: before });
    }
    const product = `${resource.provider}/${resource.product}`;
    return { file, line: document.lineOf(within), name: one.name, product, differences };
  });
}

function decided(all: Cases, one: Cases['cases'][number], policies: PolicySet, refuse: (fault: Fault) => never) {
  const resource = (own: Record<string, unknown>, id: string) =>
    Object.fromEntries(
      Object.entries({ id, provider: all.provider, account: 'acct-a', ...all.base, ...own }).filter(
        ([, value]) => value !== null,
      ),
    );
  try {
    const inventory = parseInventory({
      accounts: [{ id: 'acct-a', realName: one.realName }],
      resources: [resource(one.resource, 'res-1'), ...one.others.map((it, index) => resource(it, `other-${index}`))],
      ...(one.viewer === undefined ? {} : { viewer: one.viewer }),
    });
    const [first] = inventory.resources;
    const [decision] = check(inventory, policies, one.at ?? all.at).results;
    if (first !== undefined && decision !== undefined) return { resource: first, decision };
  } catch (error) {
    if (isFault(error, 'input.invalid')) return refuse(error);
    throw error;
  }
  throw new Error('one resource, one decision');
}

function differenceOf(
  key: string,
  wanted: string | readonly string[] | undefined,
  { outcome, reasons }: UseDecision,
): Difference[] {
  if (wanted === undefined) return [];
  const actual = typeof wanted === 'string' ? outcome : reasons.map(({ code }) => code);
  return JSON.stringify(actual) === JSON.stringify(wanted) ? [] : [{ key, expected: wanted, actual }];
}

function located(file: string, document: SourceDocument, fault: Fault, within: string): Fault {
  const places = (fault.extras.places ?? []).map((place) => {
    const path = [within, place.path].filter((it) => it !== '').join(': ');
    return { ...place, path: `${file}:${document.lineOf(within === '' ? place.path : within)}: ${path}` };
  });
  return new Fault('input.invalid', { places });
}
