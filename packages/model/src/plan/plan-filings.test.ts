import { check, type Inventory, parseInventory, type Resource } from '@openbeian/model/eligibility';
import { loadPolicies } from '@openbeian/policies';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type ChangeKind,
  type ChangeWeights,
  defaultWeights,
  type Plan,
  type PlannedName,
  planFilings,
  planSchema,
} from './index.ts';

const policies = loadPolicies();
const at = '2026-11-21';
const far = '2030-01-01';
/** Sites and codes of the products here draw on one ledger at these: a slot is either. */
const oneLedger = new Set(['alibaba', 'huawei']);
const products = [
  'tencent/cvm',
  'tencent/lighthouse',
  'alibaba/ecs',
  'alibaba/virtual_host',
  'huawei/ecs',
  'tencent/cos',
];

const resource = fc
  .record({
    id: fc.constantFrom('r1', 'r2', 'r3'),
    product: fc.constantFrom(...products),
    account: fc.constantFrom('acct-a', 'acct-b'),
    billing: fc.constantFrom('prepaid', 'pay_as_you_go'),
    boughtAt: fc.constantFrom('2026-01-01', '2026-11-01'),
    expiresAt: fc.constantFrom('2026-11-10', '2026-12-05', '2027-06-01'),
    publicIps: fc.constantFrom([], [{ kind: 'instance' }], [{ kind: 'load_balancer' }]),
    bandwidthMbps: fc.constantFrom(0, 5),
    used: fc.record({ codes: fc.integer({ min: 0, max: 5 }), sites: fc.integer({ min: 0, max: 5 }) }),
    region: fc.constantFrom('cn-mainland', 'cn-mainland', 'cn-mainland', 'hk'),
  })
  .map(({ product, ...rest }) => ({
    ...rest,
    provider: product.split('/')[0],
    product: product.split('/')[1],
    ...(rest.expiresAt < rest.boughtAt ? { expiresAt: far } : {}),
  }));

const weight = fc.oneof(fc.constant(null), fc.integer({ min: 0, max: 9 }), fc.constantFrom(0.5, 2.25));
const cases = fc.record({
  realName: fc.constantFrom('individual', 'enterprise'),
  resources: fc.uniqueArray(resource, { maxLength: 3, selector: ({ id }) => id }),
  names: fc.array(
    fc.record(
      {
        account: fc.constantFrom('acct-a', 'acct-b', 'acct-c'),
        subject: fc.constantFrom('s1', 's2'),
        provider: fc.constantFrom('tencent', 'alibaba'),
      },
      { requiredKeys: [] },
    ),
    { minLength: 1, maxLength: 4 },
  ),
  weights: fc.record({
    renew: weight,
    convert: weight,
    ip: weight,
    bandwidth: weight,
    package: weight,
    new: fc.oneof(fc.constant(null), weight),
  }),
  buyable: fc.constantFrom(undefined, [], ['tencent/lighthouse'], ['alibaba/ecs']),
});

function inventoryOf(realName: string, resources: readonly object[]): Inventory {
  return parseInventory({
    accounts: [
      { id: 'acct-a', realName: 'enterprise' },
      { id: 'acct-b', realName },
    ],
    resources,
  });
}

function namesOf(rows: readonly object[]): PlannedName[] {
  return rows.map((row, index) => ({ name: `n${index}-example.cn`, ...row }));
}

test('no plan places more names, costs less, or makes fewer changes at that cost: all were tried', () => {
  fc.assert(
    fc.property(cases, ({ realName, resources, names: rows, weights, buyable }) => {
      const inventory = inventoryOf(realName, resources);
      const names = namesOf(rows);
      const plan = planFilings({ inventory, policies, at, names, weights, buyable });
      const { placed, cost, changes } = plan;
      expect({ placed, cost, changes: changes.length }).toEqual(bestOf(inventory, names, weights, buyable));
      expect(plan).toMatchObject({ optimal: true, gap: 0, lowerBound: cost });
    }),
    { numRuns: 300 },
  );
});

test('after its changes, what a plan uses is eligible and has the slots; every name is placed once or explained', () => {
  fc.assert(
    fc.property(cases, ({ realName, resources, names: rows, weights, buyable }) => {
      const inventory = inventoryOf(realName, resources);
      const names = namesOf(rows);
      const plan = planFilings({ inventory, policies, at, names, weights, buyable });
      expect([...plan.assignments, ...plan.unplaced].map(({ name }) => name).sort()).toEqual(
        names.map(({ name }) => name),
      );
      expect(plan.placed).toBe(plan.assignments.length);
      expect(planSchema.parse(plan)).toEqual(plan);
      for (const { name, resource, needs, changes } of plan.assignments) {
        const served = changes.map((id) => plan.changes.find((change) => change.id === id));
        expect(served.map((change) => change?.change)).toEqual(needs);
        for (const change of served) expect(change).toMatchObject({ resource, serves: expect.arrayContaining([name]) });
      }
      for (const { id, serves } of plan.changes) {
        expect(plan.assignments.filter(({ changes }) => changes.includes(id)).map(({ name }) => name)).toEqual(serves);
        expect(serves.length).toBeGreaterThan(0);
      }
      const { results } = check(changed(inventory, plan), policies, at);
      for (const result of results) {
        const here = plan.assignments.filter((it) => it.resource === result.resource);
        const direct = here.filter(({ way }) => way === 'direct').length;
        const codes = here.length - direct;
        if (direct > 0) expect(result.file.outcome).toBe('eligible');
        if (codes > 0) expect(result.issue.outcome).toBe('eligible');
        const shared = oneLedger.has(result.provider);
        expect(shared ? direct + codes : direct).toBeLessThanOrEqual(result.file.quota?.remaining ?? here.length);
        expect(shared ? direct + codes : codes).toBeLessThanOrEqual(result.issue.quota?.remaining ?? here.length);
      }
      for (const { way, owner, name } of plan.assignments) {
        const account = names.find((it) => it.name === name)?.account;
        if (way === 'direct' && account !== undefined) expect(owner).toBe(account);
      }
    }),
    { numRuns: 150 },
  );
});

test('a subject has one filing in a round, and direct filings come before those by code', () => {
  fc.assert(
    fc.property(cases, ({ realName, resources, names: rows, weights }) => {
      const plan = planFilings({
        inventory: inventoryOf(realName, resources),
        policies,
        at,
        names: namesOf(rows),
        weights,
      });
      const open = new Set<string>();
      const byCode = new Set<string>();
      for (const { subject, account, round, way } of plan.assignments) {
        const who = subject ?? `account ${account}`;
        expect(open.has(`${who} ${round}`)).toBe(false);
        open.add(`${who} ${round}`);
        if (way === 'code') byCode.add(who);
        else expect(byCode.has(who)).toBe(false);
        expect(round === 1 || open.has(`${who} ${round - 1}`)).toBe(true);
      }
    }),
    { numRuns: 100 },
  );
});

test('1,000 names on 1,000 resources: in seconds, with the gap', () => {
  for (const seed of [1, 2, 3]) {
    const { inventory, names } = fleet(seed);
    const start = performance.now();
    const plan = planFilings({ inventory, policies, at, names });
    const seconds = (performance.now() - start) / 1000;
    expect(plan.placed).toBe(1000);
    expect(plan.lowerBound).toBeLessThanOrEqual(plan.cost);
    expect(plan.gapShare).toBeLessThan(0.02);
    // 0.4 to 0.6 s where it was measured; other tests run beside this one.
    expect(seconds).toBeLessThan(4);
    if (process.env['PLAN_FIGURES'] !== undefined) {
      console.info({
        seed,
        seconds,
        cost: plan.cost,
        bound: plan.lowerBound,
        share: plan.gapShare,
        optimal: plan.optimal,
      });
    }
  }
});

test('a weight that is no weight is refused by name', () => {
  const weights = { ...defaultWeights, renew: -1, convert: Number.NaN, new: 0.001 };
  const run = () => planFilings({ inventory: inventoryOf('individual', []), policies, at, names: [], weights });
  expect(run).toThrow(/weights\.renew.*weights\.convert.*weights\.new/);
});

/** Every set of changes on every resource, every number of new ones, evaluated by `check` and matched slot by slot. */
function bestOf(inventory: Inventory, names: PlannedName[], weights: ChangeWeights, buyable?: readonly string[]) {
  const bought = buyable ?? [...new Set(inventory.resources.map((it) => `${it.provider}/${it.product}`))];
  const accounts = new Set(['acct-a', 'acct-b', ...names.flatMap(({ account }) => account ?? [])]);
  const rows: Choice[][] = inventory.resources.map((it) => choicesOf(inventory, it, weights));
  if (weights.new !== null) {
    for (const product of bought) {
      for (const account of accounts) {
        const fresh = newest(product, account);
        const [ready] = choicesOf({ ...inventory, resources: [fresh] }, fresh, never);
        if (ready === undefined || ready.file + ready.issue === 0) continue;
        // Few names: no product here needs a second one, except the virtual host, whose limit is checked below.
        const copies = Math.ceil(names.length / Math.max(ready.file, ready.issue));
        for (let copy = 0; copy < copies; copy += 1) {
          rows.push([
            { ...ready, file: 0, issue: 0 },
            { ...ready, cents: Math.round(weights.new * 100), changes: 1 },
          ]);
        }
      }
    }
  }
  let best = { placed: 0, cents: 0, changes: 0 };
  const visit = (index: number, chosen: Choice[], cents: number, changes: number): void => {
    if (best.placed === names.length && (cents > best.cents || (cents === best.cents && changes >= best.changes)))
      return;
    const row = rows[index];
    if (row !== undefined) {
      for (const choice of row) visit(index + 1, [...chosen, choice], cents + choice.cents, changes + choice.changes);
      return;
    }
    const placed = matched(names, chosen);
    const better =
      placed > best.placed ||
      (placed === best.placed && (cents < best.cents || (cents === best.cents && changes < best.changes)));
    if (better) best = { placed, cents, changes };
  };
  visit(0, [], 0, 0);
  return { placed: best.placed, cost: best.cents / 100, changes: best.changes };
}

const never: ChangeWeights = { renew: null, convert: null, ip: null, bandwidth: null, package: null, new: null };

interface Choice {
  readonly resource: Resource;
  readonly file: number;
  readonly issue: number;
  readonly cents: number;
  readonly changes: number;
}

function choicesOf(inventory: Inventory, resource: Resource, weights: ChangeWeights): Choice[] {
  const kinds = (['renew', 'convert', 'ip', 'bandwidth'] as const).filter((kind) => weights[kind] !== null);
  const choices: Choice[] = [];
  for (let subset = 0; subset < 1 << kinds.length; subset += 1) {
    const done = kinds.filter((_, index) => (subset >> index) % 2 === 1);
    const after = done.reduce<Resource>(apply, resource);
    const resources = inventory.resources.map((it) => (it === resource ? after : it));
    const decided = check({ accounts: inventory.accounts, resources }, policies, at).results[
      inventory.resources.indexOf(resource)
    ];
    if (decided === undefined) continue;
    const choice = {
      resource: after,
      file: decided.file.outcome === 'eligible' ? (decided.file.quota?.remaining ?? 9) : 0,
      issue: decided.issue.outcome === 'eligible' ? (decided.issue.quota?.remaining ?? 9) : 0,
      cents: done.reduce((sum, kind) => sum + Math.round((weights[kind] ?? 0) * 100), 0),
      changes: done.length,
    };
    const codesFirst = resource.provider === 'huawei' && resource.used.codes > 0;
    choices.push(codesFirst ? { ...choice, file: 0 } : choice);
  }
  return choices.filter(
    (choice) =>
      !choices.some(
        (other) =>
          other !== choice &&
          other.file >= choice.file &&
          other.issue >= choice.issue &&
          (other.cents < choice.cents || (other.cents === choice.cents && other.changes < choice.changes)),
      ),
  );
}

function apply(resource: Resource, kind: Exclude<ChangeKind, 'package' | 'new'>): Resource {
  switch (kind) {
    case 'renew':
      return { ...resource, expiresAt: far };
    case 'convert':
      return resource.billing === 'prepaid'
        ? resource
        : { ...resource, billing: 'prepaid', boughtAt: at, expiresAt: far };
    case 'ip':
      // At Alibaba an address is not bought by itself.
      if (resource.provider === 'alibaba') return resource;
      return { ...resource, publicIps: resource.publicIps?.length ? resource.publicIps : [{ kind: 'instance' }] };
    case 'bandwidth': {
      // At Alibaba the address comes with the bandwidth.
      const publicIps =
        resource.provider === 'alibaba' && !resource.publicIps?.length
          ? [{ kind: 'instance' as const }]
          : resource.publicIps;
      return { ...resource, bandwidthMbps: Math.max(1, resource.bandwidthMbps ?? 0), publicIps };
    }
  }
}

function newest(product: string, account: string): Resource {
  const [provider = '', id = ''] = product.split('/');
  const used = { codes: 0, sites: 0 };
  const term = { billing: 'prepaid' as const, boughtAt: at, expiresAt: far };
  const rest = {
    region: 'cn-mainland',
    publicIps: [{ kind: 'instance' as const }],
    bandwidthMbps: 1,
    trial: false,
    state: 'running' as const,
    used,
  };
  return { id: `new ${product} ${account}`, provider, product: id, account, ...term, ...rest };
}

/** The most names that can sit in slots, by augmenting paths (Kuhn 1955). */
function matched(names: PlannedName[], chosen: readonly Choice[]): number {
  const slots = chosen.flatMap((choice) => {
    const { file, issue } = choice;
    const some = (count: number, direct: boolean, code: boolean) =>
      Array.from({ length: Math.min(count, names.length) }, () => ({ choice, direct, code }));
    if (oneLedger.has(choice.resource.provider)) return some(Math.max(file, issue), file > 0, issue > 0);
    return [...some(file, true, false), ...some(issue, false, true)];
  });
  const holder = slots.map(() => -1);
  const fits = (name: PlannedName, { choice, direct, code }: (typeof slots)[number]) =>
    (name.provider === undefined || name.provider === choice.resource.provider) &&
    (code || (direct && (name.account === undefined || name.account === choice.resource.account)));
  const place = (name: number, seen: Set<number>): boolean =>
    slots.some((slot, index) => {
      if (seen.has(index) || !fits(names[name] as PlannedName, slot)) return false;
      seen.add(index);
      if ((holder[index] as number) >= 0 && !place(holder[index] as number, seen)) return false;
      holder[index] = name;
      return true;
    });
  return names.filter((_, name) => place(name, new Set())).length;
}

/** The inventory after what the plan says was done, and nothing else. */
function changed(inventory: Inventory, plan: Plan): Inventory {
  const resources = inventory.resources.map((resource) =>
    plan.changes
      .filter((change) => change.resource === resource.id)
      .reduce<Resource>((it, { change, until }) => {
        if (change === 'renew') return { ...it, expiresAt: until ?? it.expiresAt };
        if (change === 'convert') return { ...it, billing: 'prepaid', boughtAt: at, expiresAt: until ?? at };
        return change === 'ip' || change === 'bandwidth' ? apply(it, change) : it;
      }, resource),
  );
  const bought = plan.changes
    .filter(({ change }) => change === 'new')
    .map((it) => ({
      ...newest(`${it.provider}/${it.product}`, it.account ?? ''),
      id: it.resource,
      expiresAt: it.until ?? far,
    }));
  return { accounts: inventory.accounts, resources: [...resources, ...bought] };
}

/** 1,000 resources of 40 accounts in every state, 1,000 names. */
function fleet(seed: number): { inventory: Inventory; names: PlannedName[] } {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  const resources = Array.from({ length: 1000 }, (_, index) => {
    const [provider, product] = (products[below(5)] as string).split('/');
    return {
      id: `r${index}`,
      provider,
      product,
      account: `acct-${below(40)}`,
      region: 'cn-mainland',
      billing: below(3) === 0 ? 'pay_as_you_go' : 'prepaid',
      boughtAt: '2026-01-01',
      expiresAt: ['2026-11-10', '2026-12-05', '2027-06-01'][below(10) === 0 ? 2 : below(2)],
      publicIps: below(4) === 0 ? [] : [{ kind: 'instance' }],
      bandwidthMbps: below(5) === 0 ? 0 : 5,
      used: { codes: below(6), sites: below(6) },
    };
  });
  const accounts = Array.from({ length: 40 }, (_, index) => ({
    id: `acct-${index}`,
    realName: index % 4 === 0 ? 'enterprise' : 'individual',
  }));
  const names = Array.from({ length: 1000 }, (_, index) => ({
    name: `n${index}-example.cn`,
    account: `acct-${below(40)}`,
    subject: `s${below(300)}`,
  }));
  return { inventory: parseInventory({ accounts, resources }), names };
}
