import { createReadStream } from 'node:fs';
import {
  contextOf,
  type Inventory,
  type InventoryContext,
  inventorySchema,
  type PolicySet,
  type RealName,
  type Resource,
  resourceSchema,
} from '@openbeian/model/eligibility';
import { placesOf } from '@openbeian/model/fault';
import { type QuotaScope, usageTally } from '@openbeian/model/quota';
import { type CheckQuestion, decided, policiesFor } from './check-report.ts';
import { InputError } from './input.ts';
import { linesOf, printTexts } from './lines.ts';
import type { Lang } from './read-document.ts';

/*
 * A fleet as NDJSON: a line is a resource, or a fragment of an inventory with `accounts`, `viewer` or `resources`.
 * Quotas by account, package and container environment add up over the whole fleet, so the file is read twice: once to
 * refuse what is bad and to sum, once to decide. What is kept in memory grows with accounts, ledgers that add up and
 * load balancers, never with the number of resources. Two resources of one id are not noticed here.
 */

/** Prints one result a line, in the file's order; nothing before the whole file was found good. @throws InputError. */
export async function checkLines(question: Omit<CheckQuestion, 'assume'>): Promise<void> {
  const policies = policiesFor(question);
  if (question.file === '-') {
    throw new InputError(
      question.lang === 'zh'
        ? '--ndjson：清单要读两遍，应为文件，而非标准输入'
        : '--ndjson: the inventory is read twice, expected a file instead of standard input',
    );
  }
  const context = await contextOfFile(question, policies);
  await printTexts(resultsOf(question, context));
}

/** Joined to some 64 KiB: a write for each line would cost more than deciding it. */
async function* resultsOf(question: Omit<CheckQuestion, 'assume'>, context: InventoryContext): AsyncGenerator<string> {
  let text = '';
  for await (const { resources } of fragmentsOf(question)) {
    for (const resource of resources) {
      text += `${JSON.stringify(decided(resource, context, question.at, question.timeline))}\n`;
    }
    if (text.length < 65_536) continue;
    yield text;
    text = '';
  }
  yield text;
}

/** The first reading: accounts, viewer, sums, and what stands behind load balancers. */
async function contextOfFile(question: FileQuestion, policies: PolicySet): Promise<InventoryContext> {
  const realNames = new Map<string, RealName | undefined>();
  const tally = usageTally();
  const scopesOf = addingScopes(policies);
  const wanted = new Set<string>();
  const balancers = balancersOf(policies);
  let viewer: string | null = null;
  for await (const fragment of fragmentsOf(question)) {
    for (const { id, realName } of fragment.accounts) realNames.set(id, realName);
    viewer = fragment.viewer ?? viewer;
    for (const resource of fragment.resources) {
      const { provider, product, boundTo } = resource;
      tally.add(resource, scopesOf.get(`${provider}/${product}`) ?? []);
      if (boundTo !== undefined && balancers.has(`${provider}/${product}`)) wanted.add(`${provider}/${boundTo}`);
    }
  }
  // Only with load balancers a reading more: what is behind one may have passed by before it.
  const behind = new Map<string, Resource>();
  if (wanted.size > 0) {
    for await (const { resources } of fragmentsOf(question)) {
      for (const it of resources)
        if (wanted.has(`${it.provider}/${it.id}`)) behind.set(`${it.provider}/${it.product}/${it.id}`, it);
    }
  }
  return contextOf({
    policies,
    viewer,
    realNameOf: (accountId) => realNames.get(accountId),
    findResource: (provider, products, id) =>
      products.map((product) => behind.get(`${provider}/${product}/${id}`)).find((found) => found !== undefined),
    counted: tally.usageOf,
    spent: new Map(),
  });
}

/** Scopes of each product, in any of its versions, whose quota adds up over several resources. */
function addingScopes(policies: PolicySet): Map<string, Set<QuotaScope>> {
  const scopes = new Map<string, Set<QuotaScope>>();
  for (const { products } of policies.values()) {
    for (const [, versions] of products) {
      for (const { id, version } of versions) {
        for (const { scope } of version.quotas) scopes.set(id, (scopes.get(id) ?? new Set()).add(scope));
      }
    }
  }
  return scopes;
}

/** Products that file through another resource, in any of their versions. */
function balancersOf(policies: PolicySet): Set<string> {
  const all = [...policies.values()].flatMap(({ products }) => [...products.values()].flat());
  return new Set(all.filter(({ version }) => version.file.mode === 'through_bound').map(({ id }) => id));
}

type FileQuestion = Pick<CheckQuestion, 'file' | 'lang'>;

/** Reads the file line by line. @throws InputError naming the line; the first bad line ends the reading. */
async function* fragmentsOf({ file, lang }: FileQuestion): AsyncGenerator<Inventory> {
  let line = 0;
  try {
    for await (const text of linesOf(createReadStream(file))) {
      line += 1;
      if (text.trim() !== '') yield readLine(text, `${file}:${line}`, lang);
    }
  } catch (cause) {
    if (!(cause instanceof Error) || !('syscall' in cause)) throw cause;
    throw new InputError(
      lang === 'zh' ? `${file}：无法读取（${cause.message}）` : `${file}: cannot be read (${cause.message})`,
    );
  }
}

function readLine(text: string, place: string, lang: Lang): Inventory {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InputError(`${place}: ${lang === 'zh' ? '应为一个 JSON 对象' : 'expected one JSON object'}: ${reason}`);
  }
  const isResource = typeof value === 'object' && value !== null && 'provider' in value;
  if (isResource) {
    const parsed = resourceSchema.safeParse(value);
    if (parsed.success) return { accounts: [], resources: [parsed.data] };
    return refuse(parsed.error, place, lang);
  }
  // A fragment may leave out its resources: a line with the accounts, or with the viewer.
  const withResources = typeof value === 'object' && value !== null ? { resources: [], ...value } : value;
  const parsed = inventorySchema.safeParse(withResources);
  return parsed.success ? parsed.data : refuse(parsed.error, place, lang);
}

function refuse(error: Parameters<typeof placesOf>[0], place: string, lang: Lang): never {
  const lines = placesOf(error).map(
    ({ path, expected, expectedZh }) => `${place}: ${path}: ${lang === 'zh' ? (expectedZh ?? expected) : expected}`,
  );
  throw new InputError(lines.join('\n'));
}
