import { z } from 'zod';
import { isPublicAddress } from '../../eligibility/public-address.ts';
import { breach, type FormRule } from './check-context.ts';

const ipv4 = z.ipv4();
const ipv6 = z.ipv6();
const version = (text: string): 4 | 6 | null =>
  ipv4.safeParse(text).success ? 4 : ipv6.safeParse(text).success ? 6 : null;

/** The groups of an IPv6 address, or the parts of an IPv4 one. */
function partsOf(address: string): readonly number[] {
  if (!address.includes(':')) return address.split('.').map(Number);
  const canonical = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [head = '', tail] = canonical.split('::');
  const groups = (text: string) => (text === '' ? [] : text.split(':').map((group) => Number.parseInt(group, 16)));
  const [first, last] = [groups(head), groups(tail ?? '')];
  return [...first, ...Array.from({ length: 8 - first.length - last.length }, () => 0), ...last];
}

/** Negative where `one` is before `other`, both of one version. */
export function compareAddresses(one: string, other: string): number {
  const [left, right] = [partsOf(one), partsOf(other)];
  const at = left.findIndex((part, index) => part !== right[index]);
  return at < 0 ? 0 : (left[at] ?? 0) - (right[at] ?? 0);
}

/** Where the service is reached. */
export const accessRules = {
  'ip.public': (value) =>
    version(value) !== null && isPublicAddress(value)
      ? null
      : breach(
          'ip.public',
          'NORM-2009',
          { zh: '应为公网 IPv4 或 IPv6 地址', en: 'A public IPv4 or IPv6 address is expected' },
          {
            zh: '填写云资源的公网 IP，不能是 0.0.0.0 或内网地址。',
            en: 'Enter the public address of the resource, not 0.0.0.0 or a private one.',
          },
        ),

  'ip.order': (value, _field, values) => {
    const first = values['first'];
    if (typeof first !== 'string' || version(first.trim()) === null || version(value) === null) return null;
    const isInOrder = version(first.trim()) === version(value) && compareAddresses(first.trim(), value) <= 0;
    return isInOrder
      ? null
      : breach(
          'ip.order',
          'ISP-V3',
          {
            zh: '终止 IP 应与起始 IP 同类且不小于它',
            en: 'The last address must follow the first, of the same version',
          },
          { zh: '只有一个地址时，两处填写相同。', en: 'For one address, enter it twice.' },
        );
  },
} satisfies Record<string, FormRule>;
