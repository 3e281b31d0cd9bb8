import { addDays, type Day } from '@openbeian/model/calendar';
import { sampleAccounts } from './people.ts';

/**
 * The servers of the sample deployment, as seen on `today`: one for every kind of answer that `check` gives. Addresses
 * are from the ranges that are reserved for documentation.
 */
export function sampleInventory(today: Day) {
  const from = (days: number) => addDays(today, days);
  const address = (last: number) => [{ address: `203.0.113.${last}`, kind: 'instance' }];
  const sound = {
    provider: 'xingyun',
    product: 'server',
    account: 'acct-xinghe',
    region: 'cn-south-1',
    billing: 'prepaid',
    boughtAt: from(-120),
    expiresAt: from(245),
    bandwidthMbps: 5,
  };
  const payAsYouGo = { ...sound, billing: 'pay_as_you_go', boughtAt: undefined, expiresAt: undefined };
  return {
    accounts: sampleAccounts.map(({ id, realName }) => ({ id, realName })),
    resources: [
      { ...sound, id: 'xy-web-1', publicIps: address(11) },
      { ...sound, id: 'xy-web-2', publicIps: address(12), region: 'cn-north-1', used: { codes: 3, sites: 2 } },
      { ...sound, id: 'xy-renew-soon', publicIps: address(13), boughtAt: from(-330), expiresAt: from(35) },
      { ...sound, id: 'xy-under-30-days', publicIps: address(14), boughtAt: from(-350), expiresAt: from(15) },
      { ...sound, id: 'xy-expired', publicIps: address(15), boughtAt: from(-400), expiresAt: from(-35) },
      { ...sound, id: 'xy-short-term', publicIps: address(16), boughtAt: from(-5), expiresAt: from(55) },
      { ...payAsYouGo, id: 'xy-pay-as-you-go', publicIps: address(17) },
      { ...sound, id: 'xy-no-ip', publicIps: [], bandwidthMbps: 0 },
      { ...sound, id: 'xy-hong-kong', region: 'hk-1', publicIps: address(18) },
      { ...sound, id: 'xy-trial', publicIps: address(19), trial: true },
      { ...sound, id: 'xy-stopped', publicIps: address(20), state: 'stopped' },
      { ...sound, id: 'xy-quota-full', publicIps: address(21), used: { codes: 5, sites: 5 } },
      {
        ...sound,
        id: 'xy-behind-balancer',
        publicIps: [{ address: '198.51.100.8', kind: 'load_balancer' }],
      },
      { ...sound, id: 'xy-light-1', product: 'light_server', publicIps: address(22) },
      { ...sound, id: 'xy-bucket', product: 'object_storage', publicIps: undefined },
      {
        ...sound,
        id: 'xy-container',
        product: 'container',
        publicIps: address(23),
        environment: { id: 'env-xinghe', filingService: 'initialising' },
      },
      { ...sound, id: 'xy-individual', account: 'acct-individual', publicIps: address(31) },
      { ...payAsYouGo, id: 'xy-individual-hourly', account: 'acct-individual', publicIps: address(32) },
      { ...sound, id: 'xy-yunfan', account: 'acct-yunfan', region: 'cn-east-1', publicIps: address(41) },
      { ...sound, id: 'xy-school', account: 'acct-school', region: 'cn-north-1', publicIps: address(51) },
      { ...sound, id: 'xy-new', account: 'acct-new', publicIps: address(61) },
      ...elsewhere(today),
    ],
  };
}

/** A few of other providers: the rules of real clouds, by the same check. */
function elsewhere(today: Day) {
  const terms = { billing: 'prepaid', boughtAt: addDays(today, -100), expiresAt: addDays(today, 265) };
  return [
    {
      ...terms,
      id: 'tencent-cvm-1',
      provider: 'tencent',
      product: 'cvm',
      account: 'acct-yunfan',
      region: 'ap-guangzhou',
      publicIps: [{ address: '192.0.2.11', kind: 'instance' }],
      bandwidthMbps: 5,
    },
    {
      ...terms,
      id: 'alibaba-ecs-1',
      provider: 'alibaba',
      product: 'ecs',
      account: 'acct-yunfan',
      region: 'cn-hangzhou',
      publicIps: [{ address: '192.0.2.21', kind: 'instance' }],
      bandwidthMbps: 5,
    },
    {
      ...terms,
      id: 'alibaba-ecs-hk',
      provider: 'alibaba',
      product: 'ecs',
      account: 'acct-yunfan',
      region: 'cn-hongkong',
      publicIps: [{ address: '192.0.2.22', kind: 'instance' }],
      bandwidthMbps: 5,
    },
  ];
}
