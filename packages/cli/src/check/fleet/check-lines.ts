import {
  assume,
  contextOf,
  type InventoryContext,
  type PolicySet,
  parseAssumption,
  type RealName,
  type Resource,
} from '@openbeian/model/eligibility';
import { type QuotaScope, usageTally } from '@openbeian/model/quota';
import { InputError } from '../../io/input.ts';
import { printTexts } from '../../io/lines.ts';
import { type Lang, refusingFaults } from '../../io/read-document.ts';
import { writeFile } from '../../io/write-file.ts';
import { type CheckQuestion, policiesFor } from '../check-report.ts';
import { type FleetFile, openFleet } from './fleet-file.ts';
import { type LinePlace, visitLines } from './fleet-lines.ts';
import { resultLines } from './result-lines.ts';
import { seenIds } from './seen-ids.ts';

/*
 * A fleet as NDJSON. Quotas by account, package and container environment add up over the whole fleet, so it is read twice:
 * once to refuse what is bad and to sum, once to decide. What is kept in memory grows with accounts, ledgers that add up
 * and load balancers, not with the number of resources.
 */

/** What `openbeian check --ndjson` is asked. */
export interface LinesQuestion extends CheckQuestion {
  /** Where the results go instead of standard output. */
  readonly output: string | undefined;
}

/** Writes one result a line, in the file's order; nothing before the whole file was found good. @throws InputError. */
export async function checkLines(question: LinesQuestion): Promise<void> {
  const { file, lang, output } = question;
  const policies = policiesFor(question);
  const fleet = openFleet(file, lang);
  try {
    const results = resultsOf(fleet, question, surroundingsOf(fleet, question, policies));
    if (output === undefined) await printTexts(results);
    else writeFile(output, results, lang);
  } finally {
    fleet.close();
  }
}

interface FleetSurroundings {
  readonly context: InventoryContext;
  /** The resource as it is assumed to be. */
  assumed(resource: Resource): Resource;
}

function* resultsOf(
  fleet: FleetFile,
  { at, lang, timeline }: LinesQuestion,
  { context, assumed }: FleetSurroundings,
): Generator<Uint8Array> {
  const lines = resultLines(context, at, timeline);
  const full: Uint8Array[] = [];
  const resource = (it: Resource) => {
    lines.add(assumed(it));
    const block = lines.take();
    if (block !== null) full.push(block);
  };
  for (const _ of visitLines(fleet, lang, { resource })) yield* full.splice(0);
  const rest = lines.take('rest');
  if (rest !== null) yield rest;
}

/** The first reading, and where ids may stand twice or load balancers want a server a second one. */
function surroundingsOf(fleet: FleetFile, question: LinesQuestion, policies: PolicySet): FleetSurroundings {
  const { lang, at } = question;
  const realNames = new Map<string, RealName | undefined>();
  const tally = usageTally();
  const scopesOf = addingScopes(policies);
  const balancers = balancersOf(policies);
  const wanted = new Set<string>();
  const seen = seenIds(fleet.bytes / 16);
  const perhapsTwice = new Set<string>();
  const steps = refusingFaults(
    lang,
    (place) => `--${place}`,
    () => question.assume.map((text, position) => parseAssumption(text, `assume[${position}]`)),
  );
  const named = new Set(steps.map((step) => step.resource));
  const toChange: Resource[] = [];
  let viewer: string | null = null;
  run(
    visitLines(fleet, lang, {
      fragment: ({ accounts, viewer: looking }, place) => {
        for (const { id, realName } of accounts) {
          if (realNames.has(id)) throw twice(fleet, place, `accounts: ${id}`, lang);
          realNames.set(id, realName);
        }
        if (looking === undefined) return;
        if (viewer !== null && viewer !== looking) throw twice(fleet, place, 'viewer', lang);
        viewer = looking;
      },
      resource: (it) => {
        const product = `${it.provider}/${it.product}`;
        const key = `${product}/${it.id}`;
        if (seen.mayBeSeen(key)) perhapsTwice.add(key);
        const scopes = scopesOf.get(product);
        if (scopes !== undefined) tally.add(it, scopes);
        if (it.boundTo !== undefined && balancers.has(product)) wanted.add(`${it.provider}/${it.boundTo}`);
        if (named.size > 0 && (named.has(it.id) || named.has(key))) toChange.push(it);
      },
    }),
  );
  const found = secondReading(fleet, lang, wanted, perhapsTwice);
  const changed = refusingFaults(
    lang,
    (place) => `--${place}`,
    () => assume({ accounts: [], resources: toChange, viewer: undefined }, steps, policies, at),
  );
  const after = new Map(changed.resources.map((it) => [keyOf(it), it]));
  const assumed = (it: Resource) => (after.size === 0 ? it : (after.get(keyOf(it)) ?? it));
  const context = contextOf({
    policies,
    viewer,
    realNameOf: (accountId) => realNames.get(accountId),
    findResource: (provider, products, id) => {
      const behind = products
        .map((product) => found.get(`${provider}/${product}/${id}`))
        .find((it) => it !== undefined);
      return behind && assumed(behind);
    },
    counted: tally.usageOf,
    spent: new Map(),
  });
  return { context, assumed };
}

/**
 * What stands behind load balancers may have passed by before them, and only now is it known which ids to compare.
 * @returns the servers that are wanted. @throws InputError for an id that stands twice.
 */
function secondReading(
  fleet: FleetFile,
  lang: Lang,
  wanted: ReadonlySet<string>,
  perhapsTwice: ReadonlySet<string>,
): ReadonlyMap<string, Resource> {
  const behind = new Map<string, Resource>();
  if (wanted.size === 0 && perhapsTwice.size === 0) return behind;
  const firstLines = new Map<string, number>();
  const resource = (it: Resource, place: LinePlace) => {
    if (wanted.has(`${it.provider}/${it.id}`)) behind.set(keyOf(it), it);
    if (perhapsTwice.size === 0) return;
    const key = keyOf(it);
    if (!perhapsTwice.has(key)) return;
    const first = firstLines.get(key);
    if (first !== undefined) throw twice(fleet, place, `id: ${key}`, lang, first);
    firstLines.set(key, place.line);
  };
  run(visitLines(fleet, lang, { resource }));
  return behind;
}

function run(reading: Generator<void>): void {
  for (const _ of reading);
}

function keyOf({ provider, product, id }: Resource): string {
  return `${provider}/${product}/${id}`;
}

function twice({ name }: FleetFile, { line, row }: LinePlace, what: string, lang: Lang, first?: number): InputError {
  const place = `${name}:${line}: ${row === null ? '' : `resources[${row}].`}${what}`;
  const zh = first === undefined ? '前面已有' : `与第 ${first} 行重复`;
  const en =
    first === undefined
      ? 'expected it once, an earlier line has it already'
      : `expected an id of its own; line ${first} has it already`;
  return new InputError(`${place}: ${lang === 'zh' ? zh : en}`);
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
