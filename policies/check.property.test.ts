import { addDays } from '@openbeian/model/calendar';
import {
  assume,
  billings,
  check,
  codeValidity,
  filingServiceStates,
  findPolicy,
  inventoryContext,
  outcomeOfSet,
  parseInventory,
  realNames,
  reasonCodes,
  reasonsIn,
  resourceStates,
  survey,
  timeline,
} from '@openbeian/model/eligibility';
import { isFault } from '@openbeian/model/fault';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { loadPolicies } from './load.ts';

const policies = loadPolicies();
const products = [...policies.values()].flatMap(({ provider, products: known, regions }) =>
  [...known.keys()].map((product) => ({ provider, product, regions: [...regions.keys(), 'nowhere-1'] })),
);
const day = fc
  .date({ min: new Date('2018-01-01T00:00:00Z'), max: new Date('2028-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: undefined, freq: 6 });
const accountId = fc.constantFrom('acct-a', 'acct-b', 'acct-c');

/** A well-formed resource of any known product, with any fact missing now and then. */
const resource = fc.constantFrom(...products).chain(({ provider, product, regions }) =>
  fc
    .record({
      id: fc.uuid(),
      account: maybe(accountId),
      region: maybe(fc.constantFrom(...regions)),
      billing: maybe(fc.constantFrom(...billings)),
      days: fc.tuple(day, day).map((pair) => pair.sort()),
      hasBoughtAt: fc.boolean(),
      firstTerm: maybe(fc.constantFrom('P1M', 'P11M', 'P365D', 'P12M', 'P1Y')),
      orderAmountCny: maybe(fc.integer({ min: 0, max: 20_000 }).map((fen) => fen / 100)),
      package: maybe(fc.record({ invocations: fc.constantFrom(0, 5e7), gbSeconds: fc.constantFrom(0, 4e5) })),
      environment: maybe(fc.record({ id: accountId, filingService: fc.constantFrom(...filingServiceStates) })),
      state: fc.constantFrom(...resourceStates),
      trial: fc.boolean(),
      publicIps: maybe(
        fc.array(fc.record({ kind: fc.constantFrom('instance', 'elastic', 'load_balancer') }), { maxLength: 3 }),
      ),
      bandwidthMbps: maybe(fc.constantFrom(0, 1, 100)),
      used: fc.record({ codes: fc.nat(6), sites: fc.nat(6) }),
    })
    .map(({ days: [boughtAt, expiresAt], hasBoughtAt, ...rest }) => ({
      provider,
      product,
      ...rest,
      boughtAt: hasBoughtAt ? boughtAt : undefined,
      expiresAt,
    })),
);
const inventory = fc.record({
  accounts: fc
    .constant(['acct-a', 'acct-b'])
    .chain((ids) =>
      fc.tuple(...ids.map((id) => fc.record({ id: fc.constant(id), realName: maybe(fc.constantFrom(...realNames)) }))),
    ),
  resources: fc.uniqueArray(resource, { selector: ({ id }) => id, maxLength: 12 }),
  viewer: maybe(accountId),
});

test('whatever document comes, it is an inventory or it is refused with its places; nothing else is thrown', () => {
  const anything = fc.anything({
    withNullPrototype: true,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSparseArray: true,
  });
  const nearly = fc
    .tuple(inventory, fc.string(), fc.constantFrom('accounts', 'resources', 'viewer', '__proto__'), anything)
    .map(([good, key, part, junk]) => ({
      ...good,
      [part]: fc.sample(fc.constantFrom(junk, [junk], [{ [key]: junk }]), { numRuns: 1, seed: 1 })[0],
    }));
  fc.assert(
    fc.property(fc.oneof(anything, nearly), day, (document, at) => {
      try {
        check(parseInventory(document), policies, at);
      } catch (error) {
        if (!isFault(error, 'input.invalid')) throw error;
        expect(error.extras.places?.length).toBeGreaterThan(0);
        for (const { path, expected, expectedZh } of error.extras.places ?? []) {
          expect(path).not.toBe('');
          expect(expected).not.toBe('');
          expect(expectedZh).toMatch(/\p{Script=Han}/u);
        }
      }
    }),
    { numRuns: 400 },
  );
});

test('renewing as a remedy says clears that reason', () => {
  fc.assert(
    fc.property(inventory, day, (document, at) => {
      const before = check(parseInventory(document), policies, at);
      before.results.forEach((result, index) => {
        for (const use of ['file', 'issue'] as const) {
          for (const { code, remedy } of result[use].reasons) {
            if (remedy.action !== 'renew') continue;
            expect(remedy.before).not.toBeNull();
            const renewed = document.resources.map((it, position) =>
              position === index ? { ...it, expiresAt: remedy.before } : it,
            );
            const after = check(parseInventory({ ...document, resources: renewed }), policies, at);
            expect(after.results[index]?.[use].reasons.map((it) => it.code)).not.toContain(code);
          }
        }
      });
    }),
    { numRuns: 150 },
  );
});

test('converting as a remedy says clears that reason, and the new term is long enough for every clock', () => {
  let converted = 0;
  fc.assert(
    fc.property(resource, day, (facts, at) => {
      const payAsYouGo = { ...facts, billing: 'pay_as_you_go', boughtAt: undefined, expiresAt: undefined };
      const [before] = check(parseInventory({ resources: [payAsYouGo] }), policies, at).results;
      for (const use of ['file', 'issue'] as const) {
        for (const { remedy } of before?.[use].reasons ?? []) {
          if (remedy.action !== 'convert_to_prepaid') continue;
          converted += 1;
          const prepaid = { ...facts, billing: 'prepaid', boughtAt: at, expiresAt: remedy.before ?? at };
          const [after] = check(parseInventory({ resources: [prepaid] }), policies, at).results;
          const codes = after?.[use].reasons.map(({ code }) => code);
          expect(codes).not.toContain('resource.billing_not_prepaid');
          expect(codes).not.toContain('resource.purchased_term_too_short');
          expect(codes).not.toContain('resource.remaining_term_too_short');
        }
      }
    }),
    { numRuns: 300 },
  );
  expect(converted).toBeGreaterThan(20);
});

test('one day less than the remedy says does not clear it', () => {
  fc.assert(
    fc.property(resource, day, (facts, at) => {
      const [result] = check(parseInventory({ resources: [facts] }), policies, at).results;
      for (const { code, remedy } of result?.file.reasons ?? []) {
        if (code !== 'resource.remaining_term_too_short' || remedy.before === null) continue;
        const short = new Date(Date.parse(`${remedy.before}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
        if (facts.boughtAt !== undefined && short < facts.boughtAt) continue;
        const [again] = check(parseInventory({ resources: [{ ...facts, expiresAt: short }] }), policies, at).results;
        expect(again?.file.reasons.map((it) => it.code)).toContain(code);
      }
    }),
  );
});

test('the order of the inventory does not change what is decided', () => {
  fc.assert(
    fc.property(inventory, day, (document, at) => {
      const forwards = check(parseInventory(document), policies, at).results;
      const turned = {
        ...document,
        resources: [...document.resources].reverse(),
        accounts: [...document.accounts].reverse(),
      };
      const backwards = check(parseInventory(turned), policies, at).results;
      expect([...backwards].reverse()).toEqual(forwards);
    }),
    { numRuns: 100 },
  );
});

test('every decision is consistent: outcome as strong as its reasons, quota arithmetic, order', () => {
  const order = new Map(reasonCodes.map((code, index) => [code, index]));
  fc.assert(
    fc.property(inventory, day, (document, at) => {
      for (const { file, issue } of check(parseInventory(document), policies, at).results) {
        for (const { outcome, reasons, quota } of [file, issue]) {
          expect(outcome === 'eligible').toBe(reasons.length === 0);
          const ranks = reasons.map(({ code }) => order.get(code) ?? -1);
          expect(ranks).toEqual([...ranks].sort((a, b) => a - b));
          if (quota !== null) expect(quota.remaining).toBe(Math.max(0, quota.limit - quota.used));
          if (quota?.remaining === 0) expect(outcome).toBe('ineligible');
        }
      }
    }),
    { numRuns: 200 },
  );
});

test('a timeline says every day on which a clock or the rules change something, and no other', () => {
  fc.assert(
    fc.property(
      inventory,
      day,
      fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 3, maxLength: 3 }),
      (document, at, later) => {
        const parsed = parseInventory(document);
        const context = inventoryContext(parsed, policies);
        for (const resource of parsed.resources) {
          // Whether days make months may depend on the day where the day of purchase is not known.
          if (resource.firstTerm?.endsWith('D') && resource.boughtAt === undefined) continue;
          const { changes } = timeline(resource, context, at);
          const days = changes.map(({ on }) => on);
          expect(days).toEqual([...new Set(days)].sort());
          for (const count of later) {
            const on = addDays(at, count);
            const known = changes.findLast((change) => change.on <= on);
            const now = check({ ...parsed, resources: [...parsed.resources] }, policies, known?.on ?? at);
            const then = check(parsed, policies, on);
            const index = parsed.resources.indexOf(resource);
            for (const use of ['file', 'issue'] as const) {
              expect(then.results[index]?.[use].outcome).toBe(now.results[index]?.[use].outcome);
              expect(then.results[index]?.[use].reasons.map(({ code }) => code)).toEqual(
                now.results[index]?.[use].reasons.map(({ code }) => code),
              );
            }
          }
        }
      },
    ),
    { numRuns: 25 },
  );
});

test('renewed on the last day that the timeline names, what holds today still holds then', () => {
  fc.assert(
    fc.property(inventory, day, (document, at) => {
      const parsed = parseInventory(document);
      const before = check(parsed, policies, at).results;
      parsed.resources.forEach((resource, index) => {
        const { renewBy } = timeline(resource, inventoryContext(parsed, policies), at);
        if (renewBy === null || resource.expiresAt === undefined) return;
        const step = { kind: 'renew', resource: resource.id, term: 'P1Y' } as const;
        const renewed = assume(parsed, [step], policies, renewBy);
        const after = check(renewed, policies, addDays(renewBy, 1)).results[index];
        const sameRules =
          findPolicy(policies, resource.provider, resource.product, at)?.version ===
          findPolicy(policies, resource.provider, resource.product, addDays(renewBy, 1))?.version;
        if (!sameRules) return;
        for (const use of ['file', 'issue'] as const) {
          if (before[index]?.[use].outcome === 'eligible') expect(after?.[use].outcome).toBe('eligible');
        }
      });
    }),
    { numRuns: 60 },
  );
});

test('days at the ends of the calendar are decided like any other', () => {
  const edge = fc.constantFrom('1970-01-01', '1970-01-31', '2000-02-29', '2999-12-31', '9999-12-30', '9999-12-31');
  fc.assert(
    fc.property(resource, edge, edge, fc.constantFrom('1970-01-01', '2999-12-31'), (facts, one, other, at) => {
      const [boughtAt, expiresAt] = [one, other].sort();
      fc.pre(boughtAt !== undefined && boughtAt <= '2999-12-31');
      const parsed = parseInventory({ resources: [{ ...facts, boughtAt, expiresAt }] });
      const context = inventoryContext(parsed, policies);
      const [it] = parsed.resources;
      expect(check(parsed, policies, at).results).toHaveLength(1);
      if (it === undefined) return;
      expect(timeline(it, context, at).changes.length).toBeGreaterThanOrEqual(0);
      codeValidity(it, findPolicy(policies, it.provider, it.product, at), at);
    }),
    { numRuns: 300 },
  );
});

test('the survey of a fleet finds exactly the reasons that each decision explains', () => {
  const edges = fc.array(
    fc.tuple(fc.constantFrom(-1, 0, 1, 2, 28, 29, 30, 31, 32), fc.constantFrom(28, 30, 31, 89, 90, 91, 92, 93, 365)),
    { minLength: 3, maxLength: 8 },
  );
  const strange = resource.map((it) => ({ ...it, provider: 'nobody' }));
  const balancer = fc
    .tuple(fc.constantFrom('tencent/clb', 'alibaba/slb'), resource, fc.constantFrom('srv-1', 'srv-2', 'srv-9'))
    .map(([id, it, boundTo]) => ({ ...it, provider: id.split('/')[0], product: id.split('/')[1], boundTo }));
  const server = fc
    .tuple(fc.constantFrom('tencent/cvm', 'alibaba/ecs'), resource)
    .map(([id, it]) => ({ ...it, provider: id.split('/')[0], product: id.split('/')[1] }));
  const fleet = fc
    .tuple(inventory, fc.array(fc.oneof(strange, balancer), { maxLength: 3 }), server, server)
    .map(([document, more, one, two]) => ({
      ...document,
      resources: [...document.resources, ...more, { ...one, id: 'srv-1' }, { ...two, id: 'srv-2' }],
    }));
  fc.assert(
    fc.property(fleet, day, edges, (document, at, days) => {
      // Random days hardly ever meet on a limit; these do.
      const resources = document.resources.map((it, index) => {
        const [left, bought] = days[index % days.length] ?? [0, 0];
        const expiresAt = addDays(at, left);
        return index % 2 === 0 ? it : { ...it, expiresAt, boughtAt: addDays(expiresAt, -bought) };
      });
      const parsed = parseInventory({ ...document, resources });
      const context = inventoryContext(parsed, policies);
      const { file, issue, both, all } = survey(context, at);
      const sets = new Uint32Array(2);
      const fleets = new Uint32Array(parsed.resources.length * 2);
      all(parsed.resources, fleets);
      check(parsed, policies, at).results.forEach((decision, index) => {
        const it = parsed.resources[index];
        if (it === undefined) throw new Error('a result for each resource');
        both(it, sets, 0);
        for (const [use, set] of [
          ['file', sets[0] ?? -1],
          ['issue', sets[1] ?? -1],
        ] as const) {
          const codes = [...new Set(decision[use].reasons.map(({ code }) => code))];
          expect({ use, codes: reasonsIn(set), outcome: outcomeOfSet(set) }).toEqual({
            use,
            codes,
            outcome: decision[use].outcome,
          });
        }
        expect([file(it), issue(it)]).toEqual([...sets]);
        expect([...fleets.subarray(index * 2, index * 2 + 2)]).toEqual([...sets]);
      });
    }),
    { numRuns: 400 },
  );
});
