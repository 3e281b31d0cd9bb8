import { readdirSync, readFileSync } from 'node:fs';
import { Fault, placesOf } from '@openbeian/model/fault';
import { z } from 'zod';
import { parseSource } from './document.ts';

/*
 * Every question and statement of the five documents that OpenBeian grew from, as a case: `S2-Q07.3` is the third
 * statement under the seventh question of document 002. The wording is ours; the test beside this file runs each case.
 */

const facts = z.record(z.string(), z.unknown());
const outcome = z.enum(['eligible', 'ineligible', 'not_required', 'not_applicable', 'indeterminate']);
const use = z.enum(['file', 'issue']);
const common = {
  id: z.string().regex(/^S[0-4]-Q\d{2}\.\d{1,2}$/),
  zh: z.string().min(1),
  en: z.string().min(1),
};
/** A resource of the file's `resources` with changed facts; null takes a fact away. */
const resource = { like: z.string(), set: facts.default({}) };

const caseSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('check'),
    ...common,
    ...resource,
    at: z.string().optional(),
    realName: z.string().default('enterprise'),
    viewer: z.string().optional(),
    others: z.array(z.strictObject(resource)).default([]),
    file: outcome.optional(),
    issue: outcome.optional(),
    /** All reasons of a use, in order. */
    reasons: z.partialRecord(use, z.array(z.string())).default({}),
    remaining: z.partialRecord(use, z.int()).default({}),
    quota: z.strictObject({ use, scope: z.string(), limit: z.int() }).optional(),
    remedy: z.strictObject({ use, code: z.string(), action: z.string(), before: z.string().optional() }).optional(),
    goodUntil: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('validity'),
    ...common,
    ...resource,
    at: z.string().optional(),
    valid: z.boolean(),
    reasons: z.array(z.string()),
  }),
  /** The state of a code by its own facts and whether its resource qualifies. */
  z.strictObject({
    kind: z.literal('code'),
    ...common,
    facts: z.strictObject({ bound: z.boolean(), used: z.boolean(), revoked: z.boolean() }),
    resourceQualifies: z.boolean(),
    state: z.string(),
  }),
  /** What a policy states, where no decision shows it. */
  z.strictObject({
    kind: z.literal('policy'),
    ...common,
    policy: z.string(),
    path: z.string(),
    value: z.unknown(),
    at: z.string().optional(),
  }),
  z.strictObject({ kind: z.literal('help'), ...common, help: z.string() }),
  z.strictObject({
    kind: z.literal('number'),
    ...common,
    input: z.string(),
    canonical: z.string(),
    numberKind: z.string(),
  }),
  z.strictObject({
    kind: z.literal('route'),
    ...common,
    /** What differs from a first filing at tencent/cvm (contract §4). */
    case: facts,
    need: z.string().optional(),
    filing: z.string().optional(),
    accessible: z.string().optional(),
  }),
  z.strictObject({
    kind: z.literal('gate'),
    ...common,
    /** As in the records file (contract §5), at the provider tencent in the mainland. */
    records: z.array(facts),
    defaultNames: z.array(z.string()).default([]),
    host: z.string(),
    outcome: z.string(),
    reason: z.string(),
    redirected: z.boolean().optional(),
  }),
]);

const fileSchema = z.strictObject({
  seed: z.string().regex(/^00[0-4]$/),
  source: z.string(),
  title: z.strictObject({ zh: z.string(), en: z.string() }),
  /** The day for which the cases are decided unless they name one. */
  at: z.string(),
  resources: z.record(z.string(), facts),
  cases: z.array(caseSchema),
});

export type SeedCase = z.output<typeof caseSchema>;
export type SeedFile = z.output<typeof fileSchema>;

/**
 * Reads all seed cases, in the order of the documents.
 * @throws Fault `input.invalid` naming file and place.
 */
export function loadSeedCases(): readonly SeedFile[] {
  const directory = new URL('./seed-cases/', import.meta.url);
  return readdirSync(directory)
    .sort()
    .map((name) => {
      const parsed = parseSource(readFileSync(new URL(name, directory), 'utf8'));
      if ('problem' in parsed) {
        const { line, reason } = parsed.problem;
        throw new Fault('input.invalid', {
          places: [{ path: `${name}:${line}`, expected: `expected YAML: ${reason}` }],
        });
      }
      const { value, lineOf } = parsed.document;
      const read = fileSchema.safeParse(value);
      if (read.success) return read.data;
      const places = placesOf(read.error).map((place) => ({
        ...place,
        path: `${name}:${lineOf(place.path)}: ${place.path}`,
      }));
      throw new Fault('input.invalid', { places });
    });
}
