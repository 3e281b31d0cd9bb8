import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { operations } from '../packages/contract/src/index.ts';
import { faultsOf } from '../packages/contract/src/openapi.ts';
import { codeSuspensionReasons, reasonCodes } from '../packages/model/src/eligibility/index.ts';
import { partnerNumberOf, partnerNumberOfRefusal, partnerNumbers } from '../packages/model/src/partner/index.ts';
import { partnerApi } from './partner-api.ts';

const partner = Object.values(operations).filter((operation) => operation.path.startsWith('/api/v1/partner/'));

it('docs/partner-api.md is as generated (npm run docs writes it)', () => {
  expect(readFileSync(new URL('../docs/partner-api.md', import.meta.url), 'utf8')).toBe(partnerApi());
});

it('every fault and every reason that the partner interface can give has a number', () => {
  const reasons = ['mistyped', 'unknown', 'not_grantee', 'bound', 'used', 'revoked'].map((key) => `code.${key}`);
  const faults = partner.flatMap((operation) => faultsOf(operation));
  expect(partner.length).toBeGreaterThan(3);
  for (const code of [...faults, ...reasonCodes, ...codeSuspensionReasons, ...reasons]) {
    expect(
      partnerNumberOf(code),
      `${code} needs a number: of a reason in eligibility/reason.ts, of anything else in partner-numbers.ts`,
    ).not.toBeNull();
  }
});

it('a number means one thing: only the three words for an exhausted quota share theirs', () => {
  const byNumber = Map.groupBy(Object.entries(partnerNumbers), ([, number]) => number);
  const shared = [...byNumber].filter(([, entries]) => entries.length > 1).map(([number]) => number);
  expect(shared).toEqual([609]);
});

it('a refusal has the number of what was refused', () => {
  const invalid = (...paths: string[]) =>
    partnerNumberOfRefusal({ code: 'input.invalid', places: paths.map((path) => ({ path })) });
  expect(invalid('grants[3].granteeAccountId')).toBe(401);
  expect(invalid('body.count')).toBe(603);
  expect(invalid('body.codes')).toBe(603);
  expect(invalid('body.codes[2]')).toBe(506);
  expect(invalid('body.count', 'body.colour')).toBe(506);
  const reasons = [{ code: 'resource.trial' }, { code: 'resource.expired' }];
  expect(partnerNumberOfRefusal({ code: 'resource.not_eligible', reasons })).toBe(410);
  expect(partnerNumberOfRefusal({ code: 'code.not_usable', reasons: [] })).toBe(1200);
});

it('a clear code never travels in an address', () => {
  for (const { id, params, query } of Object.values(operations)) {
    const names = [params, query].flatMap((shape) => Object.keys(shape.shape));
    expect(
      names.filter((name) => ['code', 'codes', 'clear'].includes(name)),
      id,
    ).toEqual([]);
  }
});
