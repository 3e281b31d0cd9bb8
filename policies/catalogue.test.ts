import { readFileSync } from 'node:fs';
import { codeModeOf, findPolicy, type Policy, type PolicyFile } from '@openbeian/model/eligibility';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { parseSource } from './document.ts';
import { loadPolicies, providersDirectory } from './load.ts';

/** One row of the research files and what it says, in our words. Only the keys a row has are compared. */
const rowSchema = z.strictObject({
  row: z.string(),
  evidence: z.enum(['stated', 'partial', 'weak', 'none']),
  policies: z.array(z.string()).optional(),
  accountsOf: z.string().optional(),
  at: z.string().default('2026-11-21'),
  bought: z.string().optional(),
  boughtMoreThan: z.string().optional(),
  remaining: z.string().optional(),
  remainingMoreThan: z.string().optional(),
  firstTerm: z.string().optional(),
  orderCny: z.number().optional(),
  quota: z.number().optional(),
  scope: z.string().optional(),
  codeMode: z.string().optional(),
  reuseAfterAbandon: z.boolean().nullable().optional(),
  reuseAfterSuccess: z.boolean().nullable().optional(),
  ownLifetime: z.string().optional(),
  batchMaximum: z.number().optional(),
  returnedOnCancel: z.boolean().optional(),
  subjectsPerAccount: z.number().optional(),
  why: z.string().optional(),
});
type Row = z.output<typeof rowSchema>;

const source = parseSource(readFileSync(new URL('./catalogue.yaml', import.meta.url), 'utf8'));
if ('problem' in source) throw new Error(source.problem.reason);
const { rows } = z.strictObject({ rows: z.array(rowSchema) }).parse(source.document.value);
const policies = loadPolicies([providersDirectory]);

function policyOf(id: string, at: string): Policy {
  const [provider = '', product = ''] = id.split('/');
  const found = findPolicy(policies, provider, product, at);
  if (found === null) throw new Error(`no policy ${id} on ${at}`);
  return found;
}

type ConditionOf = PolicyFile['products'][number]['versions'][number]['conditions'][number];

/** What a policy says, in the keys of a row. */
function sayings({ version }: Policy, row: Row): Partial<Row> {
  const of = <R extends ConditionOf['rule']>(rule: R) =>
    version.conditions.find((it): it is Extract<ConditionOf, { rule: R }> => it.rule === rule);
  const quota = version.quotas.find(({ scope }) => scope !== 'subject');
  const said: Partial<Row> = {
    bought: of('boughtTerm')?.atLeast,
    boughtMoreThan: of('boughtTerm')?.moreThan,
    remaining: of('remainingTerm')?.atLeast,
    remainingMoreThan: of('remainingTerm')?.moreThan,
    firstTerm: of('firstTerm')?.atLeast,
    orderCny: of('orderAmount')?.atLeastCny,
    quota: quota?.limit,
    scope: quota?.scope,
    codeMode: codeModeOf(version),
    reuseAfterAbandon: version.codes?.reusableAfterAbandon,
    reuseAfterSuccess: version.codes?.reusableAfterSuccess,
    ownLifetime: version.codes?.ownLifetime ?? undefined,
    batchMaximum: version.codes?.batchMaximum ?? undefined,
    returnedOnCancel: version.quotas.find(({ of }) => of.includes('issue'))?.returnedOnCancel ?? undefined,
  };
  return Object.fromEntries(Object.entries(said).filter(([key]) => row[key as keyof Row] !== undefined));
}

const compared = (row: Row) => {
  const { row: _row, evidence: _evidence, policies: _policies, at: _at, why: _why, ...rest } = row;
  return Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
};

test('every row of the research files is listed: 42 products, 7 codes, 5 accounts, 14 of Tencent’s', () => {
  const expected = [
    ...Array.from({ length: 42 }, (_, index) => `other-clouds/resource_policies/${index}`),
    ...Array.from({ length: 7 }, (_, index) => `other-clouds/code_policies/${index}`),
    ...Array.from({ length: 5 }, (_, index) => `other-clouds/account_policies/${index}`),
    ...Array.from({ length: 14 }, (_, index) => `tencent/eligibility/${index}`),
  ];
  expect(rows.map(({ row }) => row)).toEqual(expected);
  expect(rows.filter((row) => row.policies?.length === 0).map(({ why }) => why)).toEqual([
    'nothing was found about West.cn',
  ]);
});

describe.each(rows.filter(({ policies: ids = [] }) => ids.length > 0))('$row', (row) => {
  test.each(row.policies ?? [])('%s says the same', (id) => {
    const policy = policyOf(id, row.at);
    expect(sayings(policy, row)).toEqual(compared(row));
    if (row.evidence === 'weak') {
      expect(policy.version.evidence).toBe('weak');
      expect(policy.version.file.mode).toBe('unstated');
    } else expect(policy.version.evidence).not.toBe('weak');
    expect(policy.version.source.length).toBeGreaterThan(0);
  });
});

test.each(rows.filter(({ accountsOf }) => accountsOf !== undefined))('$row: accounts of $accountsOf', (row) => {
  const accounts = policies.get(row.accountsOf ?? '')?.accounts;
  expect(accounts?.source).toBeDefined();
  if (row.subjectsPerAccount !== undefined) expect(accounts?.subjectsPerAccount).toBe(row.subjectsPerAccount);
});

test('every policy of a real provider is in a row, or is where the seeds or neighbouring pages put it', () => {
  const listed = new Set(rows.flatMap((row) => row.policies ?? []));
  const others = [...policies.values()]
    .flatMap(({ provider, products }) => [...products.keys()].map((product) => `${provider}/${product}`))
    .filter((id) => !listed.has(id));
  expect(others).toEqual(['tencent/cdn']);
});
