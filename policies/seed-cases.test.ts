import { deriveCodeState } from '@openbeian/model/code';
import {
  check,
  codeValidity,
  type Decision,
  findPolicy,
  hostingRules,
  parseInventory,
  type UseDecision,
} from '@openbeian/model/eligibility';
import { parseRouteCase, routeFiling } from '@openbeian/model/filing';
import { decideHost, indexGateRecords, parseGateRecords } from '@openbeian/model/gate';
import { findHelp } from '@openbeian/model/help';
import { parseFilingNumbers } from '@openbeian/model/number';
import { describe, expect, test } from 'vitest';
import { loadPolicies } from './load.ts';
import { loadSeedCases, type SeedCase, type SeedFile } from './seed-cases.ts';
import { resourceOf, routeCaseOf } from './testing/case-facts.ts';

const policies = loadPolicies();
const files = loadSeedCases();

/** How many questions (headings) each document has; every one of them must have a case. */
const questions: Record<string, number> = { '000': 13, '001': 9, '002': 10, '003': 7, '004': 15 };

test('every question of every document has its cases, numbered without gaps', () => {
  expect(files.map(({ seed }) => seed)).toEqual(Object.keys(questions));
  for (const { seed, cases } of files) {
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
    const byQuestion = new Map<number, number[]>();
    for (const { id } of cases) {
      const [, document, question, statement] = /^S(\d)-Q(\d+)\.(\d+)$/.exec(id) ?? [];
      expect(`00${document}`).toBe(seed);
      byQuestion.set(Number(question), [...(byQuestion.get(Number(question)) ?? []), Number(statement)]);
    }
    for (let question = 1; question <= (questions[seed] ?? 0); question += 1) {
      expect(byQuestion.has(question), `document ${seed}, question ${question}`).toBe(true);
    }
    for (const statements of byQuestion.values()) expect(statements).toEqual(statements.map((_, index) => index + 1));
  }
});

describe.each(files)('document $seed', (file) => {
  test.each(file.cases)('$id $en', (it) => run(file, it));
});

type CaseOf<K extends SeedCase['kind']> = Extract<SeedCase, { kind: K }>;

function run(file: SeedFile, it: SeedCase): void {
  switch (it.kind) {
    case 'check':
      return runCheck(file, it);
    case 'validity': {
      const [resource] = parseInventory({ resources: [resourceOf(file, it)] }).resources;
      if (resource === undefined) throw new Error('one resource');
      const at = it.at ?? file.at;
      const found = codeValidity(resource, findPolicy(policies, resource.provider, resource.product, at), at);
      expect(found.valid).toBe(it.valid);
      expect(found.reasons.map(({ code }) => code)).toEqual(it.reasons);
      return;
    }
    case 'code': {
      const { bound, used, revoked } = it.facts;
      const codeFacts = {
        boundFilingId: bound ? 'fil_1' : null,
        usedAt: used ? '2026-11-20T00:00:00Z' : null,
        revokedAt: revoked ? '2026-11-20T00:00:00Z' : null,
      };
      expect(deriveCodeState(codeFacts, it.resourceQualifies)).toBe(it.state);
      return;
    }
    case 'policy': {
      const [provider = '', product = ''] = it.policy.split('/');
      const version = findPolicy(policies, provider, product, it.at ?? file.at)?.version;
      const value = it.path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)[key], version);
      expect(value).toEqual(it.value);
      return;
    }
    case 'help':
      expect(findHelp(it.help)?.topics.length).toBeGreaterThan(0);
      expect(findHelp(it.help)?.source).toContain(file.source);
      return;
    case 'number': {
      const reading = parseFilingNumbers(it.input, file.at);
      expect(reading).toMatchObject({ valid: true, numbers: [{ canonical: it.canonical, kind: it.numberKind }] });
      return;
    }
    case 'route': {
      const route = routeFiling(parseRouteCase(routeCaseOf(it.case)), hostingRules(policies));
      for (const key of ['need', 'filing', 'accessible'] as const) {
        if (it[key] !== undefined) expect(route[key]).toBe(it[key]);
      }
      return;
    }
    case 'gate':
      return runGate(file, it);
  }
}

function runCheck(file: SeedFile, it: CaseOf<'check'>): void {
  const inventory = parseInventory({
    accounts: [{ id: 'acct-a', realName: it.realName }],
    resources: [it, ...it.others].map((facts) => resourceOf(file, facts)),
    ...(it.viewer === undefined ? {} : { viewer: it.viewer }),
  });
  const [decision] = check(inventory, policies, it.at ?? file.at).results;
  if (decision === undefined) throw new Error('one resource, one decision');
  for (const use of ['file', 'issue'] as const) {
    const decided: UseDecision = decision[use];
    const codes = decided.reasons.map(({ code }) => code);
    if (it[use] !== undefined) expect(decided.outcome, `${use}: ${codes}`).toBe(it[use]);
    if (it.reasons[use] !== undefined) expect(codes).toEqual(it.reasons[use]);
    if (it.remaining[use] !== undefined) expect(decided.quota?.remaining).toBe(it.remaining[use]);
  }
  if (it.quota !== undefined) {
    const { use, ...quota } = it.quota;
    expect(decision[use].quota).toMatchObject(quota);
  }
  if (it.remedy !== undefined) expectRemedy(decision, it.remedy);
  if (it.goodUntil !== undefined) expect(decision.goodUntil).toBe(it.goodUntil);
}

function expectRemedy(decision: Decision, { use, code, action, before }: NonNullable<CaseOf<'check'>['remedy']>): void {
  const reason = decision[use].reasons.find((found) => found.code === code);
  expect(reason?.remedy.action).toBe(action);
  if (before !== undefined) expect(reason?.remedy.before).toBe(before);
}

function runGate(file: SeedFile, it: CaseOf<'gate'>): void {
  const { records, ...facts } = parseGateRecords({
    provider: 'tencent',
    region: 'cn-mainland',
    defaultNames: it.defaultNames,
    records: it.records,
  });
  const context = {
    provider: facts.provider,
    defaultNames: new Set(facts.defaultNames),
    outsideMainland: false,
    blockPage: '/blocked',
  };
  const decision = decideHost(it.host, indexGateRecords(records), context, file.at);
  expect(decision).toMatchObject({ outcome: it.outcome, reason: it.reason });
  if (it.redirected !== undefined) expect(decision.redirect !== null).toBe(it.redirected);
}
