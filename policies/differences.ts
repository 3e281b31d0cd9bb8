import type { Day } from '@openbeian/model/calendar';
import { findPolicy, type PolicySet, type PolicyVersion } from '@openbeian/model/eligibility';

/** One value of a product's rules that differs; `before` or `after` undefined: the value is not there. */
export interface PolicyDifference {
  /** `provider/product`. */
  readonly product: string;
  /** A place in the version such as `conditions.boughtTerm.atLeast`; empty: the product as a whole. */
  readonly path: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Rules as they stand on a day. */
export interface PoliciesOn {
  readonly policies: PolicySet;
  readonly at: Day;
}

/** What differs between two sets of rules, or between two days of one, product by product. Sources and notes count. */
export function policyDifferences(before: PoliciesOn, after: PoliciesOn): PolicyDifference[] {
  const ids = new Set([...idsOf(before.policies), ...idsOf(after.policies)]);
  return [...ids].sort().flatMap((product) => {
    const was = statedBy(before, product);
    const is = statedBy(after, product);
    if (was === null && is === null) return [];
    if (was === null) return [{ product, path: '', after: 'known' }];
    if (is === null) return [{ product, path: '', before: 'known' }];
    return differencesOf(was, is, '').map((difference) => ({ product, ...difference }));
  });
}

/** A version as its file states it, without what deciding makes of it; conditions keyed by rule and use. */
export function statedVersion(version: PolicyVersion) {
  const {
    validFrom,
    validTo,
    evidence,
    source,
    notes,
    regionless,
    anyNumberSuffices,
    conditions,
    file,
    issue,
    quotas,
    codes,
  } = version;
  const keyed = <T extends object>(rows: readonly T[], keyOf: (row: T) => string) =>
    Object.fromEntries(rows.map((row) => [keyOf(row), row]));
  return {
    validFrom,
    validTo,
    evidence,
    source,
    notes,
    regionless,
    anyNumberSuffices,
    conditions: keyed(conditions, (it) => (it.for === undefined ? it.rule : `${it.rule}(${it.for.join('+')})`)),
    file,
    issue,
    quotas: keyed(quotas, (it) => `${it.of.join('+')}(${it.scope})`),
    codes,
  };
}

function idsOf(policies: PolicySet): string[] {
  return [...policies.values()].flatMap(({ provider, products }) =>
    [...products.keys()].map((product) => `${provider}/${product}`),
  );
}

function statedBy({ policies, at }: PoliciesOn, id: string): object | null {
  const [provider = '', product = ''] = id.split('/');
  const found = findPolicy(policies, provider, product, at);
  return found === null ? null : statedVersion(found.version);
}

function differencesOf(
  before: unknown,
  after: unknown,
  path: string,
): { path: string; before?: unknown; after?: unknown }[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (isPlain(before) && isPlain(after)) {
    const keys = new Set([...Object.keys(before), ...Object.keys(after)]);
    return [...keys].flatMap((key) => differencesOf(before[key], after[key], path === '' ? key : `${path}.${key}`));
  }
  return [{ path, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }];
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
