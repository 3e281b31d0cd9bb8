import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Resource } from '../../inventory.ts';
import { resourceSchema } from '../../inventory.ts';
import type { ReasonCode } from '../../reason.ts';
import { foundAgainst } from '../evaluate.ts';
import { factsIn } from '../missing-facts.ts';
import { reasonsIn } from '../reason-set.ts';
import { type Condition, conditionSchema, conditions, type Rule, ruleOfReason, sheetOf } from './conditions.ts';

const at = '2026-11-21';
const rules = Object.keys(conditions) as Rule[];
const nobody = { realNameOf: (id: string) => (id === 'person' ? ('individual' as const) : undefined) };

/** For each condition, a strict statement of it, and resources that give each of its reasons and lack each of its facts. */
const samples: {
  readonly [R in Rule]: { readonly stated: object; readonly refused: object[]; readonly lacking: object[] };
} = {
  billing: { stated: { allowed: ['prepaid'] }, refused: [{ billing: 'pay_as_you_go' }], lacking: [{}] },
  boughtTerm: {
    stated: { atLeast: 'P90D' },
    refused: [{ boughtAt: '2026-11-01', expiresAt: '2027-01-29' }],
    lacking: [{}],
  },
  remainingTerm: { stated: { atLeast: 'P30D' }, refused: [{ expiresAt: '2026-12-20' }], lacking: [{}] },
  notExpired: { stated: {}, refused: [{ expiresAt: '2026-11-20' }], lacking: [{}] },
  firstTerm: { stated: { atLeast: 'P1Y' }, refused: [{ firstTerm: 'P11M' }], lacking: [{}] },
  orderAmount: { stated: { atLeastCny: 90 }, refused: [{ orderAmountCny: 89.99 }], lacking: [{}] },
  package: {
    stated: { invocations: 2, gbSeconds: 2 },
    refused: [{}, { package: { invocations: 1, gbSeconds: 2 } }],
    lacking: [{ package: {} }],
  },
  publicIp: { stated: {}, refused: [{ publicIps: [] }], lacking: [{}] },
  publicBandwidth: { stated: {}, refused: [{ bandwidthMbps: 0 }], lacking: [{}] },
  ownIp: { stated: {}, refused: [{ publicIps: [{ kind: 'load_balancer' }] }], lacking: [{ publicIps: [{}] }] },
  environment: {
    stated: {},
    refused: [{ environment: { filingService: 'blocked' } }],
    lacking: [{}, { environment: {} }],
  },
  running: { stated: { refused: ['stopped'] }, refused: [{ state: 'stopped' }], lacking: [] },
  notTrial: { stated: {}, refused: [{ trial: true }], lacking: [] },
  issuer: {
    stated: { realName: ['enterprise'] },
    refused: [{ account: 'person' }],
    lacking: [{}, { account: 'other' }],
  },
};

function found(rule: Rule, facts: object) {
  const stated = conditionSchema.parse({ rule, ...samples[rule].stated });
  const missing = { keys: 0 };
  const resource: Resource = resourceSchema.parse({ id: 'r', provider: 'p', product: 'x', ...facts });
  const set = foundAgainst(resource, sheetOf([stated], null, at), missing, nobody);
  return { codes: reasonsIn(set), missing: factsIn(missing.keys) };
}

test.each(rules)('%s is asked: it gives exactly its reasons, and misses exactly its facts', (rule) => {
  const { refused, lacking } = samples[rule];
  const codes = new Set<ReasonCode>(refused.flatMap((facts) => found(rule, facts).codes));
  expect([...codes].sort()).toEqual([...conditions[rule].reasonCodes].sort());
  const missing = lacking.flatMap((facts) => found(rule, facts).missing);
  expect([...new Set(missing)].sort()).toEqual([...conditions[rule].factKeys].sort());
  for (const facts of lacking) expect(found(rule, facts).codes).toContain('resource.fact_missing');
});

test.each(rules)('%s has one name in the schema, a record, and an explanation of each of its reasons', (rule) => {
  expect(() => conditionSchema.parse({ rule, ...samples[rule].stated })).not.toThrow();
  expect(Object.keys(conditions[rule].explain).sort()).toEqual([...conditions[rule].reasonCodes].sort());
  for (const code of conditions[rule].reasonCodes) expect(ruleOfReason.get(code)).toBe(rule);
});

test('the schema knows the conditions of the list and no other', () => {
  const known = conditionSchema.options.map((option) => option.shape.rule.value);
  expect([...known].sort()).toEqual([...rules].sort());
  expect(conditionSchema.safeParse({ rule: 'unheard' }).error).toBeInstanceOf(z.ZodError);
  expect(sheetOf([] satisfies Condition[], null, at)).toBeNull();
});

/** The facts of a resource that the explanation of a reason looks at. */
function factsLookedAt(rule: Rule, code: ReasonCode, facts: object): string[] {
  const looked = new Set<string>();
  const whole = resourceSchema.parse({ id: 'r', provider: 'p', product: 'x', ...facts });
  const resource = new Proxy(whole, {
    get: (target, key) => {
      looked.add(String(key));
      return Reflect.get(target, key);
    },
  });
  const stated = conditionSchema.parse({ rule, ...samples[rule].stated });
  const asked = { condition: stated, resource, at, source: 's', terms: { bought: null, remaining: null } };
  const explain: unknown = Reflect.get(conditions[rule].explain, code);
  if (typeof explain === 'function') explain({ ...asked, surroundings: nobody });
  return [...looked];
}

test.each(rules)('%s names in its words no fact that its record does not list', (rule) => {
  const listed = conditions[rule].namedFacts.map((key) => (key === 'realName' ? 'account' : key.split('.')[0]));
  for (const facts of samples[rule].refused) {
    for (const code of found(rule, facts).codes) {
      for (const key of factsLookedAt(rule, code, facts)) expect(listed).toContain(key);
    }
  }
});
