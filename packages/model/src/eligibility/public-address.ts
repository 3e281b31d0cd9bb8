/** What an IP address is for. Only `public` ones are reached from the internet; `documentation` ones are for examples. */
export type AddressUse = 'public' | 'documentation' | 'private' | 'shared' | 'loopback' | 'link_local' | 'reserved';

/** Prefixes of IPv4 by what they are for: IANA's registry of special-purpose addresses, RFC 6890, 1918, 6598 and 5737. */
const ipv4Blocks: readonly (readonly [prefix: string, bits: number, use: AddressUse])[] = [
  ['0.0.0.0', 8, 'reserved'],
  ['10.0.0.0', 8, 'private'],
  ['100.64.0.0', 10, 'shared'],
  ['127.0.0.0', 8, 'loopback'],
  ['169.254.0.0', 16, 'link_local'],
  ['172.16.0.0', 12, 'private'],
  ['192.0.0.0', 24, 'reserved'],
  ['192.0.2.0', 24, 'documentation'],
  ['192.168.0.0', 16, 'private'],
  ['198.18.0.0', 15, 'reserved'],
  ['198.51.100.0', 24, 'documentation'],
  ['203.0.113.0', 24, 'documentation'],
  ['224.0.0.0', 4, 'reserved'],
  ['240.0.0.0', 4, 'reserved'],
];

const blocks = ipv4Blocks.map(([prefix, bits, use]) => ({ prefix: numberOf(prefix) >>> (32 - bits), bits, use }));

/** The use of an address that is known to be IPv4 or IPv6. */
export function addressUse(address: string): AddressUse {
  return address.includes(':') ? ipv6Use(address) : ipv4Use(address);
}

function ipv4Use(address: string): AddressUse {
  const value = numberOf(address);
  return blocks.find(({ prefix, bits }) => value >>> (32 - bits) === prefix)?.use ?? 'public';
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** RFC 4291, 4193, 3849 and 9637. */
function ipv6Use(address: string): AddressUse {
  const url = `http://[${address}]/`;
  const host = URL.canParse(url) ? new URL(url).hostname.slice(1, -1) : '::';
  if (host === '::1') return 'loopback';
  if (host === '::') return 'reserved';
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped !== null) {
    const [high, low] = [Number.parseInt(mapped[1] ?? '', 16), Number.parseInt(mapped[2] ?? '', 16)];
    return ipv4Use([high >> 8, high & 255, low >> 8, low & 255].join('.'));
  }
  if (host.startsWith('2001:db8:') || /^3fff:0?[0-9a-f]{0,3}:/.test(host)) return 'documentation';
  if (/^f[cd]/.test(host)) return 'private';
  if (/^fe[89ab]/.test(host)) return 'link_local';
  return host.startsWith('ff') ? 'reserved' : 'public';
}

/** True where the internet reaches it, or where it stands for such an address in an example. */
export function isPublicAddress(address: string): boolean {
  const use = addressUse(address);
  return use === 'public' || use === 'documentation';
}
