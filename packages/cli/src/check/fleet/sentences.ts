import { explain, type Finding, type Policy, type ReasonCode } from '@openbeian/model/eligibility';
import type { QuotaUse } from '@openbeian/model/quota';

/** How many are kept, of some hundred bytes each; then all are cleared, so that memory does not grow with the fleet. */
const limit = 30_000;

type ByCode = Map<ReasonCode, Map<string, Buffer>>;

/** Reasons as JSON in bytes: a fleet gives the same few thousand over and over, each is worded and encoded once. */
export class Sentences {
  /** By policy and use, which fix the terms, the source and the remedy that go with a reason's values. */
  readonly #ofPolicy = { file: new Map<Policy, ByCode>(), issue: new Map<Policy, ByCode>() };
  readonly #others = new Map<string, Buffer>();
  #kept = 0;

  /** `explain(found)` as JSON; `policy` decided the use. */
  of(policy: Policy | null, use: QuotaUse, found: Finding): Buffer {
    // Without a policy, and behind a load balancer, the rules of other products speak as well: everything makes the key.
    if (policy === null || policy.version.file.mode === 'through_bound') {
      const { code, remedy, source, until, detail } = found;
      return this.#remember(this.#others, `${code} ${remedy} ${source} ${valuesOf(until)}${valuesOf(detail)}`, found);
    }
    let byCode = this.#ofPolicy[use].get(policy);
    if (byCode === undefined) this.#ofPolicy[use].set(policy, (byCode = new Map()));
    let known = byCode.get(found.code);
    if (known === undefined) byCode.set(found.code, (known = new Map()));
    return this.#remember(known, keyOf(found), found);
  }

  #remember(known: Map<string, Buffer>, key: string, found: Finding): Buffer {
    const kept = known.get(key);
    if (kept !== undefined) return kept;
    const bytes = Buffer.from(JSON.stringify(explain(found)));
    if ((this.#kept += 1) > limit) {
      this.#others.clear();
      this.#ofPolicy.file.clear();
      this.#ofPolicy.issue.clear();
      this.#kept = 0;
    } else known.set(key, bytes);
    return bytes;
  }
}

/** What of a finding differs between resources that one policy decides for one use. */
function keyOf({ code, detail }: Finding): string {
  switch (code) {
    case 'resource.billing_not_prepaid':
      return detail.billing;
    case 'resource.purchased_term_too_short':
      return detail.boughtAt + detail.expiresAt;
    case 'resource.remaining_term_too_short':
    case 'resource.expired':
      return detail.expiresAt;
    case 'resource.product_not_fileable':
    case 'code.product_cannot_issue':
    case 'code.not_needed':
      return '';
    default:
      return detail === null ? '' : valuesOf(detail);
  }
}

type Values = Finding['detail'] | Finding['until'] | string | number | boolean;

/** Values one after the other, texts with their length, so that no two read the same. */
function valuesOf(value: Values): string {
  if (typeof value === 'string') return `${value.length}:${value}`;
  if (typeof value !== 'object' || value === null) return `${value} `;
  let values = '';
  const record = value as unknown as Readonly<Record<string, Values>>;
  for (const key in record) values += valuesOf(record[key] ?? null);
  return values;
}
