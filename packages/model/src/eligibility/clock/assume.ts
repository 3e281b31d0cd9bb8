import { addPeriod, type Day, isDay, isPeriod, parsePeriod } from '@openbeian/model/calendar';
import { Fault, type FaultPlace } from '@openbeian/model/fault';
import { inventoryContext } from '../decide/context.ts';
import { evaluateUse } from '../decide/evaluate.ts';
import type { PolicySet } from '../decide/policy-set.ts';
import { explain } from '../explain/explain.ts';
import type { Inventory, Resource } from '../inventory.ts';

/** One step of a what-if. Without `term` a conversion buys the shortest term that the rules ask for. */
export type Assumption =
  | { readonly kind: 'renew'; readonly resource: string; readonly term: string }
  | { readonly kind: 'convert'; readonly resource: string; readonly term: string | null };

/**
 * Reads `renew:ID:TERM` and `convert:ID[:TERM]`; TERM is an ISO 8601 period such as P3M. An id may contain colons.
 * `place` names the text in the error. @throws Fault `input.invalid`.
 */
export function parseAssumption(text: string, place: string): Assumption {
  const [kind, ...rest] = text.split(':');
  const last = rest.at(-1);
  const term = rest.length > 1 && last !== undefined && isPeriod(last) ? last : null;
  const resource = (term === null ? rest : rest.slice(0, -1)).join(':');
  if (resource !== '' && kind === 'renew' && term !== null) return { kind, resource, term };
  if (resource !== '' && kind === 'convert') return { kind, resource, term };
  return refuse(
    place,
    `renew:ID:TERM or convert:ID[:TERM] with a term such as P3M, not ${JSON.stringify(text)}`,
    `应为 renew:ID:时长 或 convert:ID[:时长]，时长如 P3M，而非 ${JSON.stringify(text)}`,
  );
}

/**
 * The inventory as it would be after `assumptions`, taken in their order; the given one stays as it is.
 * Renewing adds the term to the present expiry (also to one that has passed). Converting makes a pay-as-you-go resource
 * prepaid from `at`. A resource is named by its id, or by `provider/product/id` where several share the id.
 * @throws Fault `input.invalid`, its place `assume[n]`: no such resource or several, nothing to renew or convert, or a
 * term that does not move the expiry or leaves the calendar.
 */
export function assume(
  inventory: Inventory,
  assumptions: readonly Assumption[],
  policies: PolicySet,
  at: Day,
): Inventory {
  const resources = [...inventory.resources];
  assumptions.forEach((assumption, position) => {
    const place = `assume[${position}]`;
    const index = indexOf(resources, assumption.resource, place);
    // Found above, so it is there.
    const resource = resources[index] as Resource;
    if (resource.state === 'released') {
      refuse(place, `a resource that still exists; ${resource.id} is released`, `${resource.id} 已释放，无法再变更`);
    }
    const changed =
      assumption.kind === 'renew'
        ? renewed(resource, assumption.term, place)
        : converted(resource, assumption.term, { inventory: { ...inventory, resources }, policies, at, place });
    resources[index] = changed;
  });
  return { ...inventory, resources };
}

function indexOf(resources: readonly Resource[], id: string, place: string): number {
  const found = resources.flatMap((it, index) =>
    it.id === id || `${it.provider}/${it.product}/${it.id}` === id ? [index] : [],
  );
  const [first, second] = found;
  if (first === undefined)
    return refuse(place, `the id of a resource of the inventory, not ${id}`, `清单中没有资源 ${id}`);
  if (second !== undefined) {
    refuse(
      place,
      `provider/product/id: several resources are called ${id}`,
      `有多个资源名为 ${id}，请写 接入商/产品/id`,
    );
  }
  return first;
}

function renewed(resource: Resource, term: string, place: string): Resource {
  const { id, expiresAt } = resource;
  if (resource.billing === 'pay_as_you_go') {
    refuse(
      place,
      `a resource with a term; ${id} is pay-as-you-go, convert:${id} first`,
      `${id} 按量计费，没有期限可续，请先 convert:${id}`,
    );
  }
  if (expiresAt === undefined) {
    return refuse(place, `a resource whose expiresAt is known; ${id} has none`, `${id} 没有到期日，无法续费`);
  }
  const end = endOf(expiresAt, term, place);
  if (end <= expiresAt) refuse(place, 'a term of at least a day', '时长应至少一天');
  return { ...resource, expiresAt: end };
}

/** Among what and by which rules a resource is converted. */
interface Conversion {
  readonly inventory: Inventory;
  readonly policies: PolicySet;
  readonly at: Day;
  /** Names the assumption in errors. */
  readonly place: string;
}

function converted(resource: Resource, term: string | null, conversion: Conversion): Resource {
  const { at, place } = conversion;
  const { id, billing } = resource;
  if (billing !== 'pay_as_you_go') {
    const now = billing ?? 'unknown';
    refuse(place, `a pay-as-you-go resource; the billing of ${id} is ${now}`, `${id} 不是按量计费（${now}），无需转换`);
  }
  const expiresAt = term === null ? shortestTerm(resource, conversion) : endOf(at, term, place);
  if (expiresAt === null) {
    return refuse(
      place,
      `convert:${id}:TERM; the rules of ${resource.provider}/${resource.product} name no term`,
      `${resource.provider}/${resource.product} 的规则没有规定时长，请写 convert:${id}:时长`,
    );
  }
  return { ...resource, billing: 'prepaid', boughtAt: at, expiresAt };
}

/** The day named by the remedy of pay-as-you-go; null where the rules do not require a prepaid term. */
function shortestTerm(resource: Resource, { inventory, policies, at }: Conversion): Day | null {
  const context = inventoryContext(inventory, policies);
  for (const use of ['file', 'issue'] as const) {
    const { findings } = evaluateUse(use, resource, context, at);
    const found = findings.find(({ code }) => code === 'resource.billing_not_prepaid');
    const before = found === undefined ? null : explain(found).remedy.before;
    if (before !== null && isDay(before)) return before;
  }
  return null;
}

function endOf(from: Day, term: string, place: string): Day {
  try {
    return addPeriod(from, parsePeriod(term));
  } catch {
    return refuse(place, 'a term that ends before the year 10000', '时长过长，超出日历');
  }
}

function refuse(path: string, expected: string, expectedZh: string): never {
  const place: FaultPlace = { path, expected: `expected ${expected}`, expectedZh };
  throw new Fault('input.invalid', { places: [place] });
}
