import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InputError } from '../io/input.ts';
import { type PlanOptions, planReport, printPlan } from './plan-report.ts';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'plan-'));
function run(args: string[]) {
  return spawnSync(process.execPath, [main, 'plan', ...args], { encoding: 'utf8' });
}
function planned(options: Partial<PlanOptions>) {
  return planReport(inventory, { domains: names, at: '2026-11-21', lang: 'en', ...options });
}
function fileOf(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const inventory = fileOf(
  'inventory.yaml',
  `accounts:
  - { id: acct-a, realName: enterprise }
  - { id: acct-b, realName: individual }
resources:
  - { id: ins-1, provider: tencent, product: cvm, account: acct-a, region: ap-guangzhou, billing: prepaid, boughtAt: 2026-06-01, expiresAt: 2026-12-31, publicIps: [{ kind: instance }], bandwidthMbps: 5, used: { codes: 4, sites: 4 } }
  - { id: ins-2, provider: tencent, product: lighthouse, account: acct-b, region: ap-guangzhou, billing: prepaid, boughtAt: 2026-06-01, expiresAt: 2026-12-01 }
`,
);
const names = fileOf(
  'names.yaml',
  `- { name: a1-example.cn, account: acct-a }
- { name: a2-example.cn, account: acct-a }
- { name: b1-example.cn, account: acct-b, subject: s1 }
- { name: b2-example.cn, account: acct-b, subject: s1 }
`,
);

test('the document says who is filed on what, with which change until when, and in which round', () => {
  const { stdout, status } = run([inventory, '--domains', names, '--at', '2026-11-21', '--json']);
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    at: '2026-11-21',
    names: 4,
    placed: 4,
    cost: 1,
    lowerBound: 1,
    gap: 0,
    optimal: true,
    changes: [
      {
        id: 'change-1',
        change: 'renew',
        resource: 'ins-2',
        until: '2026-12-21',
        weight: 1,
        serves: ['b1-example.cn', 'b2-example.cn'],
      },
    ],
    codes: [{ resource: 'ins-1', count: 1, after: [] }],
    assignments: [
      {
        name: 'a1-example.cn',
        way: 'direct',
        resource: 'ins-1',
        needs: [],
        changes: [],
        startBy: '2026-12-01',
        round: 1,
      },
      { name: 'b1-example.cn', way: 'direct', resource: 'ins-2', needs: ['renew'], changes: ['change-1'], round: 1 },
      { name: 'a2-example.cn', way: 'code', resource: 'ins-1', owner: 'acct-a', round: 2 },
      { name: 'b2-example.cn', way: 'direct', resource: 'ins-2', round: 2 },
    ],
    unplaced: [],
  });
});

test('weights forbid or turn the choice, accounts narrow it, and what is left over is explained', () => {
  const dear = planned({ weights: ['renew=9', 'new=2'], buy: ['tencent/lighthouse'] });
  expect(dear).toMatchObject({ cost: 2, changes: [{ change: 'new', resource: 'new-1', account: 'acct-b' }] });
  const short = { code: 'resource.remaining_term_too_short', resources: 1 };
  expect(planned({ weights: ['renew=never', 'new=never'] })).toMatchObject({
    placed: 2,
    unplaced: [
      { name: 'b1-example.cn', code: 'plan.quota_used_up', blockers: expect.arrayContaining([short]) },
      { name: 'b2-example.cn' },
    ],
  });
  expect(planned({ weights: ['new=never'], accounts: ['acct-b'] })).toMatchObject({ placed: 2, codes: [] });
});

test('people read changes and rounds in their language; plain lines do as well', () => {
  const plain = fileOf('names.txt', '# ours\nfirst-example.cn\n\nsecond-example.cn  # new\n');
  const { stdout } = run([
    inventory,
    '--domains',
    plain,
    '--at',
    '2026-11-21',
    '--lang',
    'en',
    '--accounts',
    'acct-a,acct-b',
  ]);
  expect(stdout).toContain('2 of 2 domains placed; cost 0 (proven optimal)');
  expect(stdout).toContain('Round 2');
});

test('bad input exits 1 and names file, line and place; wrong usage exits 2', () => {
  const bad = fileOf('bad.yaml', '- { name: www.example.cn }\n- { nam: b-example.cn }\n');
  const refused = run([inventory, '--domains', bad, '--lang', 'en']);
  expect(refused).toMatchObject({ status: 1, stdout: '' });
  expect(refused.stderr).toContain(`${bad}:1: [0].name: expected the name as it is registered, example.cn`);
  expect(refused.stderr).toContain(`${bad}:2: [1]`);
  expect(run([inventory])).toMatchObject({ status: 2, stdout: '' });
  const lines = fileOf('bad.txt', 'a-example.cn\n\na-example.cn\n');
  expect(() => planned({ domains: lines })).toThrow(
    `${lines}:3: expected each domain once; ${lines}:1 is a-example.cn already`,
  );
  for (const wrong of [
    { weights: ['renew=-1'] },
    { weights: ['sell=1'] },
    { buy: ['tencent/nothing'] },
    { accounts: ['z'] },
  ]) {
    expect(() => planned(wrong)).toThrow(InputError);
  }
});

test('no list of names, however malformed, makes it throw anything but a named error', () => {
  const rows = fc.oneof(
    fc.string(),
    fc.jsonValue(),
    fc.record({ name: fc.string(), account: fc.jsonValue(), subject: fc.string() }, { requiredKeys: [] }),
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(rows).map((it) => JSON.stringify(it)),
        fc.jsonValue().map((it) => JSON.stringify(it)),
      ),
      (text) => {
        const domains = fileOf('any', text);
        try {
          const plan = planReport(inventory, { domains, at: '2026-11-21', lang: 'en' });
          expect(plan.assignments.length + plan.unplaced.length).toBe(plan.names);
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          expect((error as InputError).message).toContain(domains);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test('what is proven is said, no more and no less', () => {
  const plan = planned({});
  const said = (change: Partial<typeof plan>, lang: 'zh' | 'en') => {
    const lines: string[] = [];
    const out = { write: (text: string) => lines.push(text) } as unknown as NodeJS.WritableStream;
    printPlan({ ...plan, ...change }, lang, out);
    return lines[0];
  };
  expect(said({ cost: 9, lowerBound: 7, gap: 2, optimal: false }, 'en')).toContain('(no plan costs less than 7)');
  expect(said({ cost: 9, lowerBound: 9, gap: 0, optimal: false }, 'en')).toContain('may need fewer changes');
  expect(said({ cost: 9, lowerBound: 9, gap: 0, optimal: false }, 'zh')).toContain('代价已证明最低');
  expect(said({ optimal: true }, 'en')).toContain('(proven optimal)');
  const lines: string[] = [];
  printPlan(plan, 'en', { write: (text: string) => lines.push(text) } as unknown as NodeJS.WritableStream);
  expect(lines.join('')).toContain('weight 1; for b1-example.cn, b2-example.cn');
});

test('a suffix that no list of those that may be filed names is noted, and planned all the same', () => {
  const mixed = fileOf('suffixes.txt', 'shop-example.io\nshop-example.bond\nshop-example.cn\n');
  const { stdout, stderr, status } = run([
    inventory,
    '--domains',
    mixed,
    '--at',
    '2026-11-21',
    '--json',
    '--lang',
    'en',
  ]);
  expect([status, JSON.parse(stdout).names]).toEqual([0, 3]);
  expect(stderr).toMatch(/^note: shop-example\.io: \.io is not on the list .* check first\n$/);
});
