import { addDays } from '@openbeian/model/calendar';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  codeValidity,
  findPolicy,
  goodUntil,
  ledgersOf,
  parseInventory,
  parsePolicyFile,
  policySet,
} from '../index.ts';
import { earliestEnd, fits, latestStart, termOf } from '../policy/term.ts';
import { testPolicy } from '../testing/test-policy.ts';

const policies = policySet([parsePolicyFile(testPolicy)]);
const at = '2026-11-21';
const policy = findPolicy(policies, 'testcloud', 'server', at);
const server = {
  id: 'ins-1',
  provider: 'testcloud',
  product: 'server',
  account: 'acct-a',
  region: 'tc-1',
  billing: 'prepaid',
  boughtAt: '2026-06-01',
  expiresAt: '2026-12-31',
  publicIps: [{ kind: 'instance' }],
};
function resourceWith(change: object) {
  const [resource] = parseInventory({ resources: [{ ...server, ...change }] }).resources;
  if (resource === undefined) throw new Error('one resource');
  return resource;
}

const term = fc
  .tuple(fc.constantFrom('atLeast', 'moreThan'), fc.constantFrom('P30D', 'P90D', 'P1M', 'P3M', 'P6M', 'P1M15D', 'P1Y'))
  .map(([key, period]) => termOf({ [key]: period }));
const day = fc.integer({ min: 0, max: 20_000 }).map((count) => addDays('1990-01-01', count));

describe('terms', () => {
  test('the quick comparison agrees with the calendar', () => {
    fc.assert(
      fc.property(day, day, term, (start, end, it) => {
        expect(fits(start, end, it)).toBe(earliestEnd(start, it) <= end);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(day, fc.integer({ min: -3, max: 3 }), term, (start, off, it) => {
        const end = addDays(earliestEnd(start, it), off);
        expect(fits(start, end, it)).toBe(off >= 0);
      }),
      { numRuns: 2000 },
    );
  });

  test('the latest start is the last day that fits, month ends included', () => {
    fc.assert(
      fc.property(day, term, (end, it) => {
        const start = latestStart(end, it);
        expect(fits(start, end, it)).toBe(true);
        for (let later = 1; later <= 5; later += 1) expect(fits(addDays(start, later), end, it)).toBe(false);
      }),
    );
    expect(latestStart('2027-02-28', termOf({ atLeast: 'P3M' }))).toBe('2026-11-30');
    expect(latestStart('2026-12-31', termOf({ atLeast: 'P30D' }))).toBe('2026-12-01');
    expect(latestStart('2026-12-31', termOf({ moreThan: 'P1D' }))).toBe('2026-12-29');
  });
});

describe('goodUntil', () => {
  const until = (change: object) => policy && goodUntil(resourceWith(change), policy);
  test('goes by the clock alone', () => {
    expect(until({})).toBe('2026-12-01');
    expect(until({ expiresAt: '2026-11-25' })).toBe('2026-10-26');
    expect(until({ used: { codes: 5, sites: 5 } })).toBe('2026-12-01');
  });
  test('is null where no clock applies', () => {
    for (const change of [
      { billing: 'pay_as_you_go' },
      { region: 'tc-hk' },
      { region: 'hk' },
      { expiresAt: undefined },
    ]) {
      expect(until(change)).toBeNull();
    }
  });
});

describe('codeValidity', () => {
  const valid = (change: object, on = at) => codeValidity(resourceWith(change), policy, on);
  const codes = (change: object, on = at) => valid(change, on).reasons.map(({ code }) => code);

  test('a code is valid on a good server, whatever its quota; nobody asks for the account', () => {
    expect(valid({ used: { codes: 5, sites: 5 }, account: undefined })).toEqual({
      valid: true,
      reasons: [],
      causes: [],
    });
  });
  test('it stops when thirty days are no longer left and is valid again after renewal', () => {
    expect(codes({}, '2026-12-01')).toEqual([]);
    expect(codes({}, '2026-12-02')).toEqual(['code.remaining_term_too_short']);
    expect(codes({ expiresAt: '2027-12-31' }, '2026-12-02')).toEqual([]);
  });
  test('after expiry both clocks say so', () => {
    expect(codes({}, '2027-01-01')).toEqual(['code.resource_expired', 'code.remaining_term_too_short']);
  });
  test('whatever else makes the resource unfit is one reason, with its causes', () => {
    const changes = [
      { billing: 'pay_as_you_go' },
      { publicIps: [] },
      { publicIps: [{ kind: 'load_balancer' }] },
      { region: 'tc-hk' },
      { region: 'tc-99' },
      { region: undefined },
      { state: 'released' },
      { boughtAt: '2026-12-30' },
    ];
    for (const change of changes) {
      expect(codes(change)).toEqual(['code.resource_ineligible']);
      expect(valid(change).causes.length).toBeGreaterThan(0);
    }
  });
  test('where no rule of the day is known, nobody can say that it is valid', () => {
    const unknown = codeValidity(resourceWith({}), null, at);
    expect(unknown.valid).toBe(false);
    expect(unknown.causes[0]?.code).toBe('resource.no_policy');
  });
});

test('ledgersOf gives the filing ledger, then the code ledger', () => {
  expect(
    policy && ledgersOf(resourceWith({}), policy).map(({ kind, ledgerKey, limit }) => [kind, ledgerKey, limit]),
  ).toEqual([
    ['file', 'testcloud/server:instance:ins-1:site', 5],
    ['issue', 'testcloud/server:instance:ins-1:code', 5],
  ]);
});
