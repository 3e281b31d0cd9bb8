import type { Day } from '@openbeian/model/calendar';
import { fileableSuffixes, nameKindOf } from '@openbeian/model/domain-name';
import { parseInventory } from '@openbeian/model/eligibility';
import { Fault, isFault } from '@openbeian/model/fault';
import {
  type ChangeKind,
  type ChangeWeights,
  changeKinds,
  defaultWeights,
  largestWeight,
  type Plan,
  parseDomainList,
  planFilings,
} from '@openbeian/model/plan';
import { loadPolicies } from '@openbeian/policies';
import { InputError } from '../io/input.ts';
import { type Lang, readDocument, readText, refuseDayBeyond, refusingFaults } from '../io/read-document.ts';
import { planWords } from './words.ts';

export interface PlanOptions {
  readonly domains: string;
  readonly at: Day;
  readonly lang: Lang;
  readonly accounts?: readonly string[] | undefined;
  readonly weights?: readonly string[] | undefined;
  readonly buy?: readonly string[] | undefined;
  readonly policies?: readonly string[] | undefined;
}

/**
 * Plans the filings of the names in one file on the inventory in another.
 * @throws InputError for bad files, an account, weight or product that makes no sense, and a day beyond the calendar.
 */
export function planReport(file: string, options: PlanOptions): Plan {
  const { at, lang, accounts, buy: buyable } = options;
  refuseDayBeyond(at, lang);
  if (file === '-' && options.domains === '-') throw new InputError(planWords.oneStandardInput[lang]);
  const weights = readWeights(options.weights ?? [], lang);
  const policies = refusingFaults(
    lang,
    (path) => path,
    () => loadPolicies(options.policies),
  );
  for (const product of buyable ?? []) {
    const [provider = '', id = ''] = product.split('/');
    if (policies.get(provider)?.products.has(id) !== true) {
      throw new InputError(planWords.unknownProduct(product)[lang]);
    }
  }
  const inventory = readDocument(file, lang, parseInventory);
  const known = new Set([...inventory.accounts.map(({ id }) => id), ...inventory.resources.map((it) => it.account)]);
  for (const account of accounts ?? []) {
    if (!known.has(account)) throw new InputError(planWords.unknownAccount(account)[lang]);
  }
  const names = readNames(options.domains, lang);
  return refusingFaults(
    lang,
    (path) => path,
    () => planFilings({ inventory, policies, at, names, weights, accounts, buyable }),
  );
}

/** A line for each name whose suffix is on no list of those that may be filed: that is a warning, never a refusal (ADR 10). */
export function suffixNotes({ assignments, unplaced }: Plan, lang: Lang): string[] {
  return [...assignments, ...unplaced].flatMap(({ name }) => {
    const kind = nameKindOf(name);
    if (kind === null || kind.suffixListed) return [];
    return [planWords.suffixNotListed(name, kind.suffix, fileableSuffixes.asOf)[lang]];
  });
}

/** Plain lines hold one name each; anything else is YAML or JSON. */
function readNames(file: string, lang: Lang) {
  const text = readText(file, lang);
  const lines = text.split('\n').map((line) => line.replace(/#.*/, '').trim());
  const plain = lines.every((line) => line === '' || /^[^\s[\]{}"',:-][^\s[\]{}"',:]*$/u.test(line));
  if (!plain || lines.every((line) => line === '')) return readDocument(file, lang, parseDomainList, text);
  const numbered = lines.map((line, index) => ({ line, number: index + 1 })).filter(({ line }) => line !== '');
  return refusingFaults(
    lang,
    (path) => path,
    () => {
      try {
        return parseDomainList(numbered.map(({ line }) => line));
      } catch (error) {
        if (!isFault(error, 'input.invalid')) throw error;
        const lineOf = (index: string) => `${file}:${numbered[Number(index)]?.number ?? 1}`;
        const places = (error.extras.places ?? []).map((place) => ({
          ...place,
          path: place.path.replace(/^\[(\d+)\]/, (_, index: string) => lineOf(index)),
          expected: place.expected.replace(/\[(\d+)\]/g, (_, index: string) => lineOf(index)),
          ...(place.expectedZh === undefined
            ? {}
            : { expectedZh: place.expectedZh.replace(/\[(\d+)\]/g, (_, index: string) => lineOf(index)) }),
        }));
        throw new Fault('input.invalid', { places });
      }
    },
  );
}

function readWeights(given: readonly string[], lang: Lang): ChangeWeights {
  const weights: Record<ChangeKind, number | null> = { ...defaultWeights };
  for (const text of given) {
    const [, name = '', value = ''] = /^([a-z]+)=(never|\d+(?:\.\d{1,2})?)$/.exec(text) ?? [];
    const kind = changeKinds.find((it) => it === name);
    if (kind === undefined || (value !== 'never' && Number(value) > largestWeight)) {
      throw new InputError(planWords.badWeight(text, changeKinds.join('|'), largestWeight)[lang]);
    }
    weights[kind] = value === 'never' ? null : Number(value);
  }
  return weights;
}

/** Prints the plan for people: what to change, which codes to issue, the filings by round, what is left over. */
export function printPlan(plan: Plan, lang: Lang, out: NodeJS.WritableStream): void {
  const { optimal, gap, lowerBound } = plan;
  const proven = optimal ? planWords.optimal : gap === 0 ? planWords.leastCost : planWords.bounded(lowerBound);
  out.write(`${planWords.summary(plan)[lang]}${proven[lang]}\n`);
  if (plan.changes.length > 0) out.write(`\n${planWords.changes[lang]}\n`);
  for (const change of plan.changes) out.write(`  - ${planWords.change(change)[lang]}\n`);
  if (plan.codes.length > 0) out.write(`\n${planWords.codes[lang]}\n`);
  for (const { resource, count, after } of plan.codes) {
    out.write(
      `  - ${resource}  ${planWords.count(count)[lang]}${after.length === 0 ? '' : `  ${planWords.after(after)[lang]}`}\n`,
    );
  }
  let round = 0;
  for (const each of plan.assignments) {
    if (each.round !== round) out.write(`\n${planWords.round(each.round)[lang]}\n`);
    round = each.round;
    out.write(`  ${each.name}  ${planWords.assigned(each)[lang]}\n`);
  }
  if (plan.unplaced.length > 0) out.write(`\n${planWords.unplaced(plan.unplaced.length)[lang]}\n`);
  for (const { name, code, message, blockers } of plan.unplaced) {
    const against = blockers.map((blocker) => `${blocker.code} ×${blocker.resources}`).join(', ');
    out.write(`  ${name}  ${message[lang]}  [${code}${against === '' ? '' : `; ${against}`}]\n`);
  }
}
