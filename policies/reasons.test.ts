import {
  type Decision,
  outcomes,
  type Reason,
  reasonCodes,
  remedyActions,
  type UseDecision,
} from '@openbeian/model/eligibility';
import { expect, test } from 'vitest';
import { loadPolicies } from './load.ts';
import { deciderOf, passing } from './testing/inventories.ts';

const decide = deciderOf(loadPolicies());
const uses = ({ file, issue }: Decision): UseDecision[] => [file, issue];

/** Between them these reach every reason, every remedy and every outcome with the bundled rules. */
const decisions: readonly Decision[] = [
  decide({}),
  decide({}, { viewer: 'acct-b' }),
  decide({ billing: 'pay_as_you_go' }),
  decide({ boughtAt: '2026-12-01', expiresAt: '2026-12-10' }),
  decide({ expiresAt: '2026-11-20' }),
  decide({ product: 'marketplace_site', provider: 'alibaba', firstTerm: 'P1M', orderAmountCny: 1 }),
  decide({ product: 'scf' }),
  decide({ product: 'scf', package: { invocations: 1, gbSeconds: 1 } }),
  decide({ publicIps: [] }),
  decide({ provider: 'alibaba', product: 'ecs', publicIps: [], bandwidthMbps: 0 }),
  decide({ publicIps: [{ kind: 'load_balancer' }] }, { realName: 'individual' }),
  decide({ region: 'overseas' }),
  decide({ provider: 'xingyun', product: 'server', trial: true, state: 'stopped' }),
  decide({ state: 'released' }),
  decide({ provider: 'xingyun', product: 'object_storage' }),
  decide({ provider: 'xingyun', product: 'site_builder' }),
  ...(['initialising', 'blocked'] as const).map((filingService) =>
    decide({ product: 'cloudbase_run', environment: { filingService } }),
  ),
  decide({ used: { codes: 5, sites: 5 } }),
  decide({ provider: 'nobody' }),
  decide({ region: 'ap-atlantis' }),
  decide({ product: 'lighthouse' }),
  decide({ product: 'clb' }),
  decide({ provider: 'alibaba', product: 'wangpu' }),
];
const reasons: readonly Reason[] = decisions.flatMap(uses).flatMap((use) => use.reasons);

test('every reason, remedy and outcome of the contract can happen', () => {
  const given = 'each is given by a policy that is shipped, to one of the decisions above';
  expect(new Set(reasons.map(({ code }) => code)), given).toEqual(new Set(reasonCodes));
  expect(new Set(reasons.map(({ remedy }) => remedy.action))).toEqual(new Set(remedyActions));
  expect(new Set(decisions.flatMap(uses).map(({ outcome }) => outcome))).toEqual(new Set(outcomes));
});

test('every reason speaks both languages, in message and remedy, and names its source', () => {
  for (const { message, remedy, source } of reasons) {
    for (const { zh, en } of [message, remedy]) {
      expect(zh).toMatch(/\p{Script=Han}/u);
      expect(zh).toMatch(/。$/);
      expect(en).toMatch(/^[A-Z].*\.$/);
      expect(en).not.toMatch(/\p{Script=Han}|undefined|null|NaN|\[object/u);
      expect(zh).not.toMatch(/undefined|null|NaN|\[object/);
    }
    expect(source).toMatch(/^[a-z0-9-]+$/);
  }
});

test('reasons come in the fixed order of the contract', () => {
  const worst = decide(
    {
      ...passing,
      boughtAt: '2026-11-01',
      expiresAt: '2026-11-10',
      publicIps: [],
      bandwidthMbps: 0,
      used: { codes: 9, sites: 9 },
    },
    { viewer: 'acct-b', realName: 'individual' },
  );
  expect(worst.issue.reasons.map(({ code }) => code)).toEqual([
    'resource.not_owner',
    'resource.purchased_term_too_short',
    'resource.remaining_term_too_short',
    'resource.expired',
    'resource.no_public_ip',
    'resource.no_public_bandwidth',
    'code.issuer_not_enterprise',
    'code.limit_reached',
  ]);
});
