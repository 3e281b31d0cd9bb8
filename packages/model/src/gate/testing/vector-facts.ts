import { asciiName } from '../../domain-name/index.ts';
import type { GateRecord } from '../records.ts';

/*
 * What the vectors are about: records of every state, on names of every kind, and hosts at, below, above and beside them. Every
 * implementation of the decision runs the table that `host-vectors.ts` makes of them. Fictional.
 */

export const vectorProvider = 'xingyun';
export const vectorDefaultNames = ['app.xingyun-cloud.cn', 'xingyun.example', 'shop.a.cn'];

const here = ['xingyun'];
const elsewhere = ['alibaba'];

export const vectorRecords: readonly GateRecord[] = [
  { name: 'filed.cn', number: '粤ICP备2026000201号-1', accesses: here },
  { name: 'both.com.cn', number: '粤ICP备2026000202号-1', accesses: ['alibaba', 'xingyun'] },
  { name: '例子.中国', number: '粤ICP备2026000203号-1', accesses: here },
  { name: '注销.中国', number: '粤ICP备2026000204号-1', accesses: here, state: 'cancelled' },
  { name: '星河.公司.cn', number: '粤ICP备2026000205号-1', accesses: here },
  { name: 'דוגמה.com', number: '粤ICP备2026000206号-1', accesses: here },
  { name: 'moved.cn', number: '京ICP备2026000207号-1', accesses: elsewhere },
  { name: 'nobody.cn', number: '京ICP备2026000208号-1', accesses: [] },
  { name: 'grace.cn', number: '沪ICP备2026000209号-1', accesses: elsewhere, graceUntil: '2026-11-21' },
  { name: 'late.cn', number: '沪ICP备2026000210号-1', accesses: elsewhere, graceUntil: '2026-11-20' },
  { name: 'soon.cn', number: '沪ICP备2026000211号-1', accesses: here, graceUntil: '2026-11-20' },
  { name: 'cancelled.cn', number: '浙ICP备2026000212号-1', accesses: here, state: 'cancelled' },
  { name: 'suspended.cn', number: '浙ICP备2026000213号-1', accesses: here, state: 'suspended' },
  { name: 'blacklisted.cn', number: '浙ICP备2026000214号-1', accesses: here, state: 'blacklisted' },
  { name: 'a.cn', number: '浙ICP备2026000215号-1', accesses: elsewhere },
  { name: 'hedmark.no', number: '浙ICP备2026000216号-1', accesses: here },
  { name: 'api.only.cn', number: '浙ICP备2026000217号-1A', accesses: here, serviceKind: 'app' },
  { name: 'api.cancelled.cn', number: '浙ICP备2026000218号-1A', accesses: here, serviceKind: 'app' },
  { name: 'api.suspended.cn', number: '浙ICP备2026000219号-1A', accesses: here, serviceKind: 'app' },
  { name: 'stop.filed.cn', number: '浙ICP备2026000220号-1A', accesses: here, serviceKind: 'app', state: 'suspended' },
  { name: 'moved.cn', number: '浙ICP备2026000221号-1A', accesses: here, serviceKind: 'app' },
  { name: 'mini.late.cn', number: '浙ICP备2026000222号-1X', accesses: elsewhere, serviceKind: 'mini_program' },
];

/** Who asks and when: the last day of a grace, the day behind it, outside the mainland, and where any number will do. */
export const vectorContexts = [
  { name: 'mainland, 2026-11-21', outsideMainland: false, anyNumberSuffices: false, at: '2026-11-21' },
  { name: 'mainland, 2026-11-22', outsideMainland: false, anyNumberSuffices: false, at: '2026-11-22' },
  { name: 'outside the mainland', outsideMainland: true, anyNumberSuffices: false, at: '2026-11-21' },
  { name: 'a CDN, 2026-11-21', outsideMainland: false, anyNumberSuffices: true, at: '2026-11-21' },
] as const;

/** Hosts around each name, and those that belong to none. */
export function vectorHosts(): string[] {
  const names = [...vectorRecords.map(({ name }) => name), ...vectorDefaultNames];
  const around = names.flatMap((name) => {
    const plain = asciiName(name) ?? name;
    return [
      name,
      plain,
      plain.toUpperCase(),
      `${plain}.`,
      `${plain}:8443`,
      `www.${plain}`,
      `a.b-c.${plain}`,
      `_dmarc.${plain}`,
      `1a.${plain}`,
      `evil-${plain}`,
      `${plain}.evil.cn`,
      plain.slice(plain.indexOf('.') + 1),
      `xn--fsqu00a.${plain}`,
      `xn--a.${plain}`,
      `-a.${plain}`,
      `a..${plain}`,
      `user@${plain}`,
    ];
  });
  return [...new Set([...around, ...others])];
}

const others = [
  'other.cn',
  'www.other.cn',
  'xn--fsqu00a.cn',
  '_a.other.cn',
  'exa_mple.cn',
  'com.cn',
  'cn',
  'localhost',
  'os.hedmark.no',
  'x.os.hedmark.no',
  'y.x.os.hedmark.no',
  'notos.hedmark.no',
  'no',
  '192.0.2.7',
  '192.0.2.7:80',
  '0x7f.1',
  '2130706433',
  '127.1',
  '256.0.0.1',
  '1.2.3.4.5',
  '127.0.0.1.filed.cn',
  '[2001:db8::7]',
  '[2001:db8::7]:443',
  '2001:db8::7',
  'dead:beef::',
  '::1',
  '[::1',
  '[::g]',
  '[::1%eth0]',
  '',
  '.',
  '..',
  ' ',
  ':80',
  'filed.cn:',
  'filed.cn:65535',
  'filed.cn:65536',
  'filed.cn:80:80',
  'filed.cn:8x',
  'filed.cn:80@other.cn',
  'other.cn@filed.cn',
  'filed.cn/x',
  'filed.cn?x',
  'filed.cn#x',
  'filed.cn\\x',
  '*.filed.cn',
  'filed.cn%00',
  'filed.cn\u0000',
  'fi led.cn',
  'filed。cn',
  'ｆｉｌｅｄ.cn',
  'fi\u00adled.cn',
  'filed.cn, filed.cn',
  `${'a'.repeat(63)}.filed.cn`,
  `${'a'.repeat(64)}.filed.cn`,
  `${'a.'.repeat(122)}filed.cn`,
  `${'a.'.repeat(123)}filed.cn`,
];
