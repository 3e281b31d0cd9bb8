import { expect, test } from 'vitest';
import type { Decision, Resource } from '../../api/shapes.ts';
import { commonWords } from '../../language/common-words.ts';
import { inLanguage } from '../../language/words.ts';
import { factsOf } from './facts.ts';
import { resourceWords } from './words.ts';

const zh = inLanguage({ ...commonWords, ...resourceWords }, 'zh');

const decided = (quota: Decision['quota']): Resource['check'] => ({
  resource: 'ins-1',
  provider: 'xingyun',
  product: 'server',
  policy: null,
  goodUntil: null,
  file: { outcome: 'eligible', reasons: [], quota },
  issue: { outcome: 'not_applicable', reasons: [], quota: null },
});

test('what the inventory says is used is left out where a decision shows its quota, so that one figure is shown', () => {
  const facts = { region: 'ap-guangzhou', used: { codes: 0, sites: 3 } };
  const counted = decided({ scope: 'instance', limit: 5, used: 4, remaining: 1 });
  expect(factsOf({ facts, check: counted }, zh).map(({ key }) => key)).toEqual(['region']);
  expect(factsOf({ facts, check: decided(null) }, zh).map(({ key }) => key)).toEqual(['region', 'used']);
});

test('facts come in the order of the inventory’s shape, in words, and an unknown one is not swallowed', () => {
  const facts = factsOf(
    {
      check: decided(null),
      facts: {
        soil: 'clay',
        publicIps: [
          { address: '203.0.113.7', kind: 'instance' },
          { address: '203.0.113.8', kind: 'elastic' },
        ],
        id: 'ins-1',
        region: 'ap-guangzhou',
        billing: 'prepaid',
        trial: false,
        used: { codes: 2, sites: 1 },
      },
    },
    zh,
  );
  expect(facts.map((fact) => fact.key)).toEqual(['region', 'billing', 'trial', 'publicIps', 'used', 'soil']);
  expect(facts.map((fact) => fact.value)).toEqual([
    'ap-guangzhou',
    '包年包月',
    '否',
    '203.0.113.7 · 实例 IP\n203.0.113.8 · 弹性 IP',
    '授权码 2 · 网站 1',
    'clay',
  ]);
});
