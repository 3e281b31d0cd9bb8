import { addDays } from '@openbeian/model/calendar';
import { fictionalPerson } from '@openbeian/model/fictional';
import type { World } from './world.ts';

/** The people and servers of the story; all fictional. */
export const applicant = fictionalPerson(42);
export const domainName = 'story-xinghe.cn';
const provinceCode = '440000';

const server = (world: World, today: string) => ({
  provider: 'xingyun',
  product: 'server',
  account: world.accountOf('company'),
  region: 'cn-south-1',
  billing: 'prepaid',
  boughtAt: addDays(today, -100),
  expiresAt: addDays(today, 300),
  publicIps: [{ address: '203.0.113.7', kind: 'instance' }],
  bandwidthMbps: 5,
});

export const serverId = 'story-server';

/** The inventory that the operator loads: one server that passes, and one for each way to fail. */
export function inventory(world: World, today: string, changes: Record<string, unknown> = {}) {
  const base = server(world, today);
  return {
    accounts: [
      { id: world.accountOf('company'), realName: 'enterprise' },
      { id: world.accountOf('individual'), realName: 'individual' },
    ],
    resources: [
      { id: serverId, ...base, ...changes },
      { id: 'story-payg', ...base, billing: 'pay_as_you_go', boughtAt: undefined, expiresAt: undefined },
      { id: 'story-short', ...base, boughtAt: addDays(today, -10), expiresAt: addDays(today, 20) },
      { id: 'story-no-ip', ...base, publicIps: [], bandwidthMbps: 0 },
      { id: 'story-hong-kong', ...base, region: 'hk-1' },
      { id: 'story-trial-stopped', ...base, trial: true, state: 'stopped' },
      { id: 'story-own', ...base, account: world.accountOf('individual') },
    ],
  };
}

/** What `check` must say of each: outcome and every reason, for filing and for issuing. */
export const expected: Record<string, { file: [string, string[]]; issue: [string, string[]] }> = {
  [serverId]: { file: ['eligible', []], issue: ['eligible', []] },
  'story-payg': {
    file: ['ineligible', ['resource.billing_not_prepaid']],
    issue: ['ineligible', ['resource.billing_not_prepaid']],
  },
  'story-short': {
    file: ['ineligible', ['resource.purchased_term_too_short', 'resource.remaining_term_too_short']],
    issue: ['ineligible', ['resource.purchased_term_too_short', 'resource.remaining_term_too_short']],
  },
  'story-no-ip': {
    file: ['ineligible', ['resource.no_public_ip', 'resource.no_public_bandwidth']],
    issue: ['ineligible', ['resource.no_public_ip', 'resource.no_public_bandwidth']],
  },
  'story-hong-kong': {
    file: ['not_required', ['resource.region_not_mainland']],
    issue: ['not_required', ['resource.region_not_mainland']],
  },
  'story-trial-stopped': {
    file: ['ineligible', ['resource.trial', 'resource.not_running']],
    issue: ['ineligible', ['resource.trial', 'resource.not_running']],
  },
  'story-own': { file: ['eligible', []], issue: ['ineligible', ['code.issuer_not_enterprise']] },
};

/** The form of the individual's blog; `name` is the site's. */
export const formValues = (name: string) => ({
  'subject.name': applicant.name,
  'subject.certificateValidFrom': '2016-03-01',
  'subject.certificateValidTo': 'long_term',
  'subject.region': '440305',
  'subject.certificateAddress': applicant.address,
  'subject.contactAddress': applicant.address,
  'subject.residenceProof': 'residence_permit',
  'subject.principal.mobile': applicant.mobile,
  'subject.principal.emergencyMobile': applicant.emergencyMobile,
  'subject.principal.email': applicant.email,
  'service.name': name,
  'service.homeUrl': `https://www.${domainName}/`,
  'service.content': 'blog',
  'service.languages': ['zh_hans'],
  'service.preApproval': 'none',
  'service.remark': '个人技术笔记，用于展示本人的文章。',
  'service.access.methods': ['cloud'],
  'service.access.places': [provinceCode],
});

export const startBody = (name = domainName) => ({
  domainName: name,
  subjectKind: 'individual' as const,
  provinceCode,
  certificateType: 'resident_id',
  certificateNumber: applicant.residentId,
});
