import { createHash } from 'node:crypto';
import type { PolicySet } from '@openbeian/model/eligibility';

/**
 * What tells one state of the rules from another: the policy files' texts, and the last day on or before the given one
 * on which a dated version began or ended.
 */
export function fingerprintOf(policies: PolicySet, texts: readonly string[]): (day: string) => string {
  const hash = createHash('sha256');
  for (const text of texts) hash.update(text).update('\0');
  const digest = hash.digest('hex').slice(0, 32);
  const turns = new Set<string>();
  for (const { products } of policies.values()) {
    for (const { version } of [...products.values()].flat()) {
      if (version.validFrom !== null) turns.add(version.validFrom);
      // Over on the day after; one that nothing follows is no rule any more from then on.
      if (version.validTo !== null) turns.add(`${version.validTo}+`);
    }
  }
  const days = [...turns].sort();
  return (day) => `${digest}@${days.findLast((turn) => turn < `${day}+`) ?? ''}`;
}
