import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { check, inventoryContext, parseInventory, timeline as timelineOf } from '@openbeian/model/eligibility';
import { loadPolicies } from '@openbeian/policies';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkLines, type LinesQuestion } from './check-lines.ts';

const folder = mkdtempSync(join(tmpdir(), 'check-lines-'));
const at = '2026-11-21';
let files = 0;
function fileOf(text: string | Buffer): string {
  files += 1;
  const file = join(folder, `fleet-${files}.ndjson`);
  writeFileSync(file, text);
  return file;
}
async function resultsOf(text: string | Buffer, more: Partial<LinesQuestion> = {}): Promise<string> {
  const output = join(folder, 'results.ndjson');
  const question = { file: fileOf(text), at, lang: 'en', policies: undefined, timeline: false, assume: [], output };
  await checkLines({ ...question, ...more } as LinesQuestion);
  return readFileSync(more.output ?? output, 'utf8');
}
const linesOf = (values: readonly unknown[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('');

const policies = loadPolicies();
const products = [...policies.values()].flatMap(({ provider, products: known }) =>
  [...known.keys(), 'unheard'].map((product) => ({ provider, product })),
);
const facts = fc
  .record(
    {
      what: fc.nat(3),
      account: fc.constantFrom('a', 'b', 'c', '云', '\ud800', '\ud801', 'd"e'),
      region: fc.constantFrom('cn-mainland', 'hk', 'ap-guangzhou', '月球'),
      billing: fc.constantFrom('prepaid', 'pay_as_you_go', 'package'),
      boughtAt: fc.constantFrom('2026-08-31', '2026-10-01', '2026-10-09', '2026-11-30T20:00:00Z', '1970-01-01'),
      expiresAt: fc.constantFrom('2026-10-02', '2026-11-20', '2026-12-01', '2026-12-31', '2027-03-01', '9999-12-31'),
      firstTerm: fc.constantFrom('P3M', 'P12M'),
      orderAmountCny: fc.constantFrom(1.5, 99),
      package: fc.record(
        { invocations: fc.constantFrom(1, 50_000_000), gbSeconds: fc.constantFrom(1, 400_000) },
        { requiredKeys: [] },
      ),
      environment: fc.record(
        {
          id: fc.constantFrom('e', 'f', '环', '\udc00', '\udc01'),
          filingService: fc.constantFrom('fileable', 'blocked'),
        },
        { requiredKeys: [] },
      ),
      boundTo: fc.constantFrom('r0', 'r1', 'r2', 'r3', 'r4', 'r9'),
      state: fc.constantFrom('running', 'stopped', 'released'),
      trial: fc.boolean(),
      publicIps: fc.array(fc.record({ kind: fc.constantFrom('instance', 'load_balancer') }, { requiredKeys: [] }), {
        maxLength: 2,
      }),
      bandwidthMbps: fc.constantFrom(0, 5),
      used: fc.record({ codes: fc.nat(3), sites: fc.nat(3) }),
    },
    { requiredKeys: ['what'] },
  )
  .map(({ expiresAt, ...row }) =>
    expiresAt === undefined || (row.boughtAt ?? '') > expiresAt ? row : { ...row, expiresAt },
  );

/** Few products at a time, so that several rows have the same reasons with other values. */
const fleets = fc.tuple(
  fc.subarray([...products, { provider: 'nobody', product: 'x' }], { minLength: 1, maxLength: 4 }),
  fc.array(facts, { maxLength: 25 }),
);

/** In one piece, and in pieces of a few lines. */
const spans = fc.constantFrom(1 << 20, 500);

/** The same line as other programs write it: the quick reader takes some of these, and leaves the others to the schema. */
const writers: readonly ((value: object) => string)[] = [
  (value) => JSON.stringify(value),
  (value) => JSON.stringify(value, null, ' ').replaceAll('\n', ''),
  (value) => `\t${JSON.stringify(Object.fromEntries(Object.entries(value).reverse()))} \r`,
  (value) => JSON.stringify(value).replace('"id":"r', '"id":"\\u0072'),
  (value) => JSON.stringify(value).replace('"id":', '"\\u0069d" : '),
  (value) => JSON.stringify({ resources: [value] }),
  (value) => JSON.stringify(value).replace('{', '{"id":"first","provider":"nobody","product":"x",'),
  (value) => ` \t {${JSON.stringify(value).slice(1, -1).replaceAll('","', '"\t , "').replaceAll('":', '"  :\t')}\t } `,
];

/** How ids read: plainly, with letters that JSON escapes, beyond ASCII, and as long as may be. */
const idWriters: readonly ((id: string) => string)[] = [
  (id) => id,
  (id) => `${id} "\\\u007f`,
  (id) => `${id}云`,
  (id) => id.padEnd(200, 'x'),
  (id) => `${id}😀`,
  (id) => `${id}\ud83d`,
];

/** How lines end, beyond what `JSON.stringify` writes; a file may begin with a byte order mark, and its last line may have no end. */
const endings = fc.constantFrom('\n', '\r\n', '\n\n', '\n \t\r\n');
const forms = fc.record({ spanBytes: spans, ending: endings, mark: fc.boolean(), ended: fc.boolean() });

test('any fleet gives line by line, byte for byte, what the whole inventory gives', async () => {
  const accounts = [
    { id: 'a', realName: 'enterprise' },
    { id: 'b', realName: 'individual' },
    { id: 'c' },
    { id: '云', realName: 'enterprise' },
    { id: '\ud800', realName: 'none' },
  ];
  await fc.assert(
    fc.asyncProperty(
      fleets,
      fc.boolean(),
      fc.boolean(),
      forms,
      async ([some, rows], looking, timeline, { spanBytes, ending, mark, ended }) => {
        const idOf = (index: number) => idWriters[index % 9]?.(`r${index}`) ?? `r${index}`;
        const resources = rows.map(({ what, boundTo, ...row }, index) => ({
          id: idOf(index),
          ...some[what % some.length],
          ...row,
          ...(boundTo === undefined ? {} : { boundTo: idOf(Number(boundTo.slice(1))) }),
        }));
        const viewer = looking ? { viewer: 'a' } : {};
        const inventory = parseInventory({ accounts, resources, ...viewer });
        const context = inventoryContext(inventory, policies);
        const expected = check(inventory, policies, at).results.map((result, index) => {
          const resource = inventory.resources[index];
          return timeline && resource ? { ...result, timeline: timelineOf(resource, context, at) } : result;
        });
        const lines = resources.map((it, index) => writers[(index + rows.length) % writers.length]?.(it));
        const all = [...lines, JSON.stringify({ accounts, ...viewer })].join(ending);
        const text = `${mark ? '\ufeff' : ''}${all}${ended ? ending : ''}`;
        // A file of its own: a run that the test's limit ends goes on writing for a while.
        const output = join(folder, `fleet-${files}-results.ndjson`);
        expect(await resultsOf(text, { timeline, spanBytes, output })).toBe(linesOf(expected));
      },
    ),
    { numRuns: Number(process.env['FLEET_RUNS'] ?? 100) },
  );
  // A hundred runs of the command's threads; on a busy machine more than the usual limit.
}, 60_000);

const server = { id: 'ins-1', provider: 'tencent', product: 'cvm', region: 'ap-guangzhou', billing: 'prepaid' };
const balancer = {
  id: 'lb-1',
  provider: 'tencent',
  product: 'clb',
  account: 'a',
  region: 'ap-guangzhou',
  boundTo: 'ins-1',
};

test('blocks: lines longer than a block, a last line without end, a byte order mark, CR LF, blank lines', async () => {
  const many = Array.from({ length: 3000 }, (_, index) => ({ ...server, id: `ins-${index}` }));
  const plain = await resultsOf(linesOf(many));
  const fragment = `${JSON.stringify({ resources: many })}${' '.repeat(10 << 20)}`;
  expect(await resultsOf(fragment)).toBe(plain);
  expect(await resultsOf(`\ufeff${linesOf(many).replaceAll('\n', '\r\n\r\n').trimEnd()}`)).toBe(plain);
  expect(plain.split('\n')).toHaveLength(3001);
  // Behind a load balancer: read again at the end, by its place.
  const long = linesOf([balancer]) + JSON.stringify(server).replace(',', `${' '.repeat(10 << 20)},`);
  expect(await resultsOf(long)).toBe(await resultsOf(linesOf([balancer, server])));
  expect(await resultsOf('')).toBe('');
});

test('several threads give what one gives: sums, servers behind load balancers, order, the first bad line', async () => {
  const policy = policies.get('alibaba');
  expect(policy?.products.size).toBeGreaterThan(3);
  const many = Array.from({ length: 4000 }, (_, index) => ({
    id: `r${index}`,
    ...products[index % products.length],
    account: `a${index % 7}`,
    region: 'cn-mainland',
    billing: 'prepaid',
    boughtAt: '2026-06-01',
    expiresAt: `2026-${String((index % 3) + 10)}-20`,
    environment: { id: `e${index % 11}`, filingService: 'fileable' },
    boundTo: `r${(index * 13) % 4000}`,
    used: { codes: index % 2, sites: index % 3 },
  }));
  const accounts = Array.from({ length: 7 }, (_, index) => ({ id: `a${index}`, realName: 'enterprise' }));
  const lines = [...many, { accounts, viewer: 'a1' }];
  const more = { threads: 3, spanBytes: 20_000 };
  expect(await resultsOf(linesOf(lines), more)).toBe(await resultsOf(linesOf(lines)));
  const bad = lines.map((line, index) => (index === 3000 || index === 3900 ? { ...line, billing: 'monthly' } : line));
  await expect(resultsOf(linesOf(bad), more)).rejects.toThrow(/:3001: billing: expected one of/);
  await expect(resultsOf(linesOf([...lines, many[17], many[5]]), more)).rejects.toThrow(
    /:4002: id: .*\/r17: expected an id of its own; line 18 has it already$/,
  );
  await expect(resultsOf(linesOf([...lines, { viewer: 'a2' }]), more)).rejects.toThrow(
    /:4002: viewer: expected it once/,
  );
});

test('a repeated id, account or other viewer is refused with both lines; the results that were there stay', async () => {
  const kept = await resultsOf(linesOf([server]));
  const other = { ...server, id: 'ins-2' };
  const refused = async (values: readonly unknown[], message: RegExp) => {
    await expect(resultsOf(linesOf(values))).rejects.toThrow(message);
  };
  await refused(
    [server, other, { ...server, product: 'lighthouse' }, server],
    /:4: id: tencent\/cvm\/ins-1: expected an id of its own; line 1 has it already$/,
  );
  await refused([server, { resources: [other, { ...server, trial: true }] }], /:2: resources\[1\]\.id: .*line 1/);
  await refused([{ resources: [other, server] }, server], /:2: id: tencent\/cvm\/ins-1: .*line 1 has it already$/);
  await refused([{ resources: [server] }, other, { resources: [server] }], /:3: resources\[0\]\.id: .*line 1/);
  const escaped = JSON.stringify(server).replace('ins', '\\u0069ns');
  await expect(resultsOf(`${linesOf([other])}\n${escaped}\n${linesOf([server])}`)).rejects.toThrow(/:4: id: .*line 3/);
  await refused([{ accounts: [{ id: 'a' }] }, { accounts: [{ id: 'a' }] }], /:2: accounts: a: expected it once/);
  await refused([{ viewer: 'a' }, { viewer: 'b' }], /:2: viewer: expected it once/);
  await refused([server, { ...other, billing: 'monthly' }], /:2: billing: expected one of/);
  await expect(resultsOf(Buffer.from([0x7b, 0x22, 0xc4, 0xe3, 0x22, 0x7d]))).rejects.toThrow(/:1: expected UTF-8/);
  expect(readFileSync(join(folder, 'results.ndjson'), 'utf8')).toBe(kept);
  expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test('a line that lacks something a resource needs is told what, not taken for an inventory', async () => {
  const { provider: _, ...without } = server;
  await expect(resultsOf(linesOf([server, without]))).rejects.toThrow(/:2: provider: expected /);
  await expect(resultsOf(linesOf([server, { id: 'x' }]))).rejects.toThrow(/:2: provider: .*\n.*:2: product: /s);
  await expect(resultsOf(linesOf([{}]))).rejects.toThrow(/:1: id: expected /);
  await expect(resultsOf(linesOf([{ resources: [without] }]))).rejects.toThrow(/:1: resources\[0\]\.provider: /);
  await expect(resultsOf(linesOf([{ viewer: 'a', id: 'x' }]))).rejects.toThrow(/:1: id: .*unknown|:1: id: /);
});

test('--assume changes the resource and the load balancer before it, and refuses as with a whole inventory', async () => {
  const dates = { boughtAt: '2026-06-01', expiresAt: '2026-12-01', publicIps: [{ kind: 'instance' }] };
  const text = linesOf([balancer, { ...server, ...dates }]);
  const goodUntil = (results: string) =>
    results
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).goodUntil);
  expect(goodUntil(await resultsOf(text))).toEqual(['2026-11-01', '2026-11-01']);
  expect(goodUntil(await resultsOf(text, { assume: ['renew:ins-1:P3M'] }))).toEqual(['2027-01-30', '2027-01-30']);
  const twice = ['renew:ins-1:P1M', 'renew:tencent/cvm/ins-1:P2M'];
  expect(goodUntil(await resultsOf(text, { assume: twice }))).toEqual(['2027-01-30', '2027-01-30']);
  await expect(resultsOf(text, { assume: ['renew:none:P3M'] })).rejects.toThrow(/^--assume\[0\]: expected the id of/);
  await expect(resultsOf(text, { assume: ['renew:ins-1'] })).rejects.toThrow(/^--assume\[0\]: expected renew:ID:TERM/);
});

test('what cannot be read or written is refused; a link keeps pointing, a device is no place for results', async () => {
  const text = linesOf([server]);
  await expect(resultsOf(text, { file: join(folder, 'none') })).rejects.toThrow(/cannot be read/);
  await expect(resultsOf(text, { file: folder })).rejects.toThrow(/cannot be read/);
  await expect(resultsOf(text, { output: join(folder, 'none', 'x') })).rejects.toThrow(/cannot be written/);
  await expect(resultsOf(text, { output: folder })).rejects.toThrow(/expected a regular file/);
  await expect(resultsOf(text, { output: '/dev/null' })).rejects.toThrow(/expected a regular file/);
  const link = join(folder, 'link');
  symlinkSync(join(folder, 'results.ndjson'), link);
  await resultsOf(text, { output: link });
  expect(readFileSync(link, 'utf8')).toContain('"resource":"ins-1"');
});

test('standard input and standard output do as well', () => {
  const main = fileURLToPath(new URL('../../main.ts', import.meta.url));
  const many = linesOf(Array.from({ length: 2000 }, (_, index) => ({ ...server, id: `ins-${index}` })));
  const args = [main, 'check', '-', '--ndjson', '--at', at];
  const { stdout, status } = spawnSync(process.execPath, args, { input: many, encoding: 'utf8', maxBuffer: 1 << 26 });
  expect(status).toBe(0);
  expect(
    stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).resource),
  ).toEqual(Array.from({ length: 2000 }, (_, index) => `ins-${index}`));
  expect(spawnSync(process.execPath, [main, 'check', 'x', '--output', join(folder, 'y')]).status).toBe(2);
  expect(existsSync(join(folder, 'y'))).toBe(false);
});
