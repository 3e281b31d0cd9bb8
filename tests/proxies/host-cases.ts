import type { GateReason, GateSnapshotBody } from '@openbeian/model/gate';

/** The records that every adapter is tested with. Fictional. */
export const suiteSnapshot: GateSnapshotBody = {
  version: 1,
  builtAt: '2026-11-21T00:00:00.000Z',
  provider: 'xingyun',
  region: 'cn-mainland',
  defaultNames: ['app.xingyun-cloud.cn'],
  records: [
    { name: 'example.cn', number: '粤ICP备2026000100号-1', accesses: ['xingyun'] },
    { name: 'example.com.cn', number: '粤ICP备2026000101号-1', accesses: ['alibaba', 'xingyun'] },
    { name: '例子.中国', number: '粤ICP备2026000102号-1', accesses: ['xingyun'] },
    { name: 'moved.cn', number: '京ICP备11018762号-1', accesses: ['alibaba'] },
    { name: 'pending.cn', number: '沪ICP备2024000001号-1', accesses: ['alibaba'], graceUntil: '2026-12-01' },
    { name: 'late.cn', number: '沪ICP备2024000002号-1', accesses: ['alibaba'], graceUntil: '2026-11-20' },
    { name: 'gone.cn', number: '浙ICP备2021000002号-1', accesses: ['xingyun'], state: 'cancelled' },
    { name: 'paused.cn', number: '浙ICP备2021000003号-1', accesses: ['xingyun'], state: 'suspended' },
    { name: 'banned.cn', number: '浙ICP备2021000004号-1', accesses: ['xingyun'], state: 'blacklisted' },
    { name: 'api.only.cn', number: '浙ICP备2021000005号-1A', accesses: ['xingyun'], serviceKind: 'app' },
    { name: 'api.gone.cn', number: '浙ICP备2021000006号-1A', accesses: ['xingyun'], serviceKind: 'app' },
  ],
};
/** The day of all decisions in the suite, 2026-11-21 at noon in Shanghai. */
export const suiteNowMs = Date.UTC(2026, 10, 21, 4);

/**
 * One request. `serves` and `reason` are what the core says of the host.
 * - `mayReject`: no proper request; a proxy may refuse it by itself, with any status of 400 or more.
 * - `odd`: written in a way that a map of plain names cannot read; without a call it is refused.
 */
export interface HostCase {
  readonly name: string;
  readonly host: string;
  readonly serves: boolean;
  readonly reason: GateReason;
  readonly mayReject?: true;
  readonly odd?: true;
}

const allow = (host: string, name = host, reason: GateReason = 'filed_here') => ({ name, host, serves: true, reason });
const block = (host: string, name = host, reason: GateReason = 'unfiled') => ({ name, host, serves: false, reason });

export const hostCases: readonly HostCase[] = [
  allow('example.cn', 'a filed name'),
  allow('www.example.cn', 'a sub-domain'),
  allow('a.b-c.d_e.example.cn', 'a deep sub-domain with an underscore'),
  allow('example.com.cn', 'a filed name below a suffix of two labels'),
  allow('shop.example.com.cn', 'a sub-domain of it'),
  allow('EXAMPLE.Cn', 'upper case'),
  allow('example.cn.', 'a trailing dot'),
  allow('example.cn:8443', 'a port'),
  allow('WWW.Example.CN.:80', 'case, dot and port'),
  allow('xn--fsqu00a.xn--fiqs8s', 'a filed IDN, ASCII form'),
  allow('www.XN--FSQU00A.xn--fiqs8s', 'a sub-domain of it, upper case'),
  { ...allow('例子.中国', 'a filed IDN in UTF-8'), mayReject: true, odd: true },
  { ...allow('ｗｗｗ。例子。中国', 'a filed IDN with full-width letters and stops'), mayReject: true, odd: true },
  allow('pending.cn', 'in grace', 'grace'),
  allow('www.pending.cn', 'below a name in grace', 'grace'),
  allow('app.xingyun-cloud.cn', 'the provider’s own name', 'exempt_provider_name'),
  allow('fn-1.app.xingyun-cloud.cn', 'below it', 'exempt_provider_name'),
  allow('192.0.2.7', 'an IPv4 address', 'exempt_ip_literal'),
  allow('192.0.2.7:8080', 'an IPv4 address with port', 'exempt_ip_literal'),
  { ...allow('[2001:db8::7]', 'an IPv6 address', 'exempt_ip_literal'), mayReject: true },
  { ...allow('[2001:db8::7]:8443', 'an IPv6 address with port', 'exempt_ip_literal'), mayReject: true },
  { ...allow('0x7f.1', 'an IPv4 address in an odd form', 'exempt_ip_literal'), odd: true },
  allow('api.only.cn', 'an APP’s name'),
  allow('API.only.cn:443', 'an APP’s name, upper case, port'),
  allow('api.gone.cn', 'an APP’s name below a cancelled website'),
  block('v1.api.only.cn', 'below an APP’s name'),
  block('only.cn', 'above an APP’s name'),
  block('v1.api.gone.cn', 'below an APP’s name and a cancelled website', 'cancelled'),
  block('other.cn', 'an unfiled name'),
  block('www.other.cn', 'below it'),
  block('evil-example.cn', 'ends like a filed name'),
  block('xexample.com.cn', 'ends like another filed name'),
  block('example.cn.other.cn', 'begins like a filed name'),
  block('example.cn.cn', 'a filed name before a suffix'),
  block('com.cn', 'a public suffix'),
  block('cn', 'a top-level domain'),
  block('localhost', 'a single label'),
  block('example', 'a filed name without its suffix'),
  block('xingyun-cloud.cn', 'above the provider’s own name'),
  block('xn--fsqu00a.cn', 'an unfiled IDN'),
  { ...block('其他.中国', 'an unfiled IDN in UTF-8'), mayReject: true },
  block('moved.cn', 'filed elsewhere only', 'access_missing'),
  block('late.cn', 'its grace is over', 'access_missing'),
  block('gone.cn', 'cancelled', 'cancelled'),
  block('www.paused.cn', 'suspended', 'suspended'),
  block('banned.cn', 'blacklisted', 'blacklisted'),
  { ...block('a..example.cn', 'an empty label', 'malformed_host'), mayReject: true },
  { ...block('-a.example.cn', 'a hyphen at the beginning', 'malformed_host'), mayReject: true },
  { ...block('example.cn..', 'two trailing dots', 'malformed_host'), mayReject: true },
  { ...block('example.cn, example.cn', 'a list', 'malformed_host'), mayReject: true },
  { ...block('user@example.cn', 'with a user', 'malformed_host'), mayReject: true },
  { ...block('example.cn%2eother.cn', 'percent signs', 'malformed_host'), mayReject: true },
  { ...block('*.example.cn', 'a wildcard', 'malformed_host'), mayReject: true },
  { ...block(`${'a'.repeat(64)}.example.cn`, 'a label of 64 letters', 'malformed_host'), mayReject: true },
  { ...block(`${'a.'.repeat(130)}example.cn`, 'a name of 270 letters', 'malformed_host'), mayReject: true },
  { ...block('[2001:db8::zz]', 'no IPv6 address', 'malformed_host'), mayReject: true },
  { ...block('192.0.2.999', 'no IPv4 address', 'malformed_host'), mayReject: true },
  { ...block('', 'an empty host', 'malformed_host'), mayReject: true },
];
