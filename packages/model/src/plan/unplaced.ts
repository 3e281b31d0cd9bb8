import type { Bilingual, ReasonCode } from '@openbeian/model/eligibility';
import type { PlannedName } from './domain-list.ts';
import type { Blocked, Option } from './options.ts';
import type { Placement, Unplaced, UnplacedCode } from './plan.ts';

const texts: Readonly<Record<UnplacedCode, Bilingual>> = {
  'plan.quota_used_up': {
    zh: '可用资源的名额不足：已被其他域名占满。请允许新购资源，或增加账号、资源后重新规划。',
    en: 'There is not enough quota: the other domains use all of it. Allow new resources, or add accounts or resources, and plan again.',
  },
  'plan.nothing_mendable': {
    zh: '相关资源都不符合条件，且允许的调整都解决不了；原因见 blockers，逐个资源的说明见 openbeian check。',
    en: 'None of the resources is eligible, and no allowed change makes one so. See blockers for the reasons, and run openbeian check for each resource.',
  },
  'plan.no_resource': {
    zh: '清单中没有可供其备案的资源，也没有可新购的产品。请补充资源，或用 --buy 指明可购买的产品。',
    en: 'The inventory has no resource for this domain, and no product may be bought for it. Add resources, or name a product with --buy.',
  },
};

/** Why each name that was not placed was not. */
export function unplacedOf(
  names: readonly PlannedName[],
  placements: readonly Placement[],
  options: readonly Option[],
  blocked: readonly Blocked[],
): Unplaced[] {
  const placed = new Set(placements.map(({ name }) => name));
  const known = new Map<string, Pick<Unplaced, 'code' | 'message' | 'blockers'>>();
  return names
    .filter((name) => !placed.has(name))
    .map((name) => {
      const key = JSON.stringify([name.account, name.provider]);
      const reason = known.get(key) ?? reasonFor(name, options, blocked);
      known.set(key, reason);
      return { name: name.name, account: name.account ?? null, subject: name.subject ?? null, ...reason };
    });
}

function reasonFor(name: PlannedName, options: readonly Option[], blocked: readonly Blocked[]) {
  const open = options.some(
    ({ resource, file, issue }) =>
      ofProvider(name, resource.provider) && (issue !== null || (file !== null && ofAccount(name, resource.account))),
  );
  const against = blocked.filter(
    ({ resource, use }) =>
      ofProvider(name, resource.provider) && (use === 'issue' || ofAccount(name, resource.account)),
  );
  const counts = new Map<ReasonCode, Set<string>>();
  for (const { resource, codes } of against) {
    const id = `${resource.provider}/${resource.product}/${resource.id}`;
    for (const code of codes) counts.set(code, (counts.get(code) ?? new Set()).add(id));
  }
  const blockers = [...counts]
    .map(([code, ids]) => ({ code, resources: ids.size }))
    .sort((a, b) => b.resources - a.resources || (a.code < b.code ? -1 : 1));
  const code: UnplacedCode = open
    ? 'plan.quota_used_up'
    : against.length > 0
      ? 'plan.nothing_mendable'
      : 'plan.no_resource';
  return { code, message: texts[code], blockers };
}

function ofProvider(name: PlannedName, provider: string): boolean {
  return name.provider === undefined || name.provider === provider;
}

function ofAccount(name: PlannedName, account: string | undefined): boolean {
  return name.account === undefined || name.account === account;
}
