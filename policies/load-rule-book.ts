import { readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { ReasonCode } from '@openbeian/model/eligibility';
import { type PolicyCase, type ProvinceCase, type RuleBook, ruleBookOf } from '@openbeian/model/rule-book';
import { casesBeside, casesSchema } from './cases.ts';
import { parseSource, type SourceDocument } from './document.ts';
import { loadPolicyFiles, policyFilesOf, providersDirectory, sampleDirectory } from './load.ts';
import { loadSources } from './load-sources.ts';
import { provinceCasesSchema } from './province-cases.ts';
import { checkedTables, provincesDirectory, type ReadProvinceFile, readProvinceFile } from './provinces.ts';

/** Where the rules of a book are read; the bundled ones unless said. */
export interface BookPlaces {
  readonly policies?: readonly string[] | undefined;
  readonly provinces?: readonly string[] | undefined;
}

/**
 * Reads policies, rules of provinces, the test cases beside them and the sources, as people read them. A file of cases that
 * is none holds no rule, and keeps nobody from reading the others: `policy test` says what is wrong with it.
 * @throws Fault `input.invalid` as `loadPolicies` and `loadProvinceRules`
 */
export function loadRuleBook(places: BookPlaces = {}): RuleBook {
  const reading = readingBook(places);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
  }
}

/** As `loadRuleBook`, letting others work between files: a server answers meanwhile. @throws as it does */
export async function loadRuleBookInTurns(places: BookPlaces = {}): Promise<RuleBook> {
  const reading = readingBook(places);
  for (;;) {
    const { done, value } = reading.next();
    if (done === true) return value;
    await setImmediate();
  }
}

/** Gives way after each file. */
function* readingBook({ policies, provinces }: BookPlaces): Generator<undefined, RuleBook> {
  const policyDirectories = policies ?? [providersDirectory, sampleDirectory];
  const policyFiles = loadPolicyFiles(policyDirectories);
  yield;
  const cases: PolicyCase[] = [];
  for (const file of policyDirectories.flatMap(policyFilesOf)) {
    cases.push(...policyCasesBeside(file));
    yield;
  }
  const read: ReadProvinceFile[] = [];
  const provinceCases: ProvinceCase[] = [];
  for (const file of (provinces ?? [provincesDirectory]).flatMap(policyFilesOf)) {
    read.push(readProvinceFile(file));
    yield;
    provinceCases.push(...provinceCasesBeside(file));
    yield;
  }
  const rules = checkedTables(read);
  return ruleBookOf({ policies: policyFiles, provinces: rules, cases, provinceCases, sources: loadSources() });
}

function policyCasesBeside(file: string): PolicyCase[] {
  return casesIn(file, (document, placeOf) => {
    const read = casesSchema.safeParse(document.value);
    if (!read.success) return [];
    const { provider, at, cases } = read.data;
    return cases.map((one, index) => ({
      name: one.name,
      place: placeOf(index),
      product: `${textOr(one.resource['provider'], provider)}/${textOr(one.resource['product'], '')}`,
      at: one.at ?? at,
      reasons: { file: reasonsIn(one.file), issue: reasonsIn(one.issue) },
      eligible: (['file', 'issue'] as const).filter((use) => one[use] === 'eligible'),
    }));
  });
}

const reasonsIn = (expected: string | ReasonCode[] | undefined): ReasonCode[] =>
  Array.isArray(expected) ? expected : [];

function provinceCasesBeside(file: string): ProvinceCase[] {
  return casesIn(file, (document, placeOf) => {
    const read = provinceCasesSchema.safeParse(document.value);
    if (!read.success) return [];
    return read.data.cases.map(({ name, of, applies }, index) => ({
      name,
      place: placeOf(index),
      about: of ?? applies,
    }));
  });
}

/** The cases beside a file of rules, each with its place: folder, file and line. */
function casesIn<Case>(file: string, read: (document: SourceDocument, placeOf: (index: number) => string) => Case[]) {
  const beside = casesBeside(file);
  if (beside === null) return [];
  const parsed = parseSource(readFileSync(beside, 'utf8'));
  if ('problem' in parsed) return [];
  const shown = `${basename(dirname(beside))}/${basename(beside)}`;
  return read(parsed.document, (index) => `${shown}:${parsed.document.lineOf(`cases[${index}]`)}`);
}

const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);
