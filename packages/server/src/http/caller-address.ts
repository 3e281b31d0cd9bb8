import { isIPv6 } from 'node:net';

/**
 * Under what a caller's address is counted: an IPv4 address whole, of an IPv6 one the first 64 bits, since whoever has
 * one has all of its network. An IPv4 address written as IPv6 is the IPv4 one.
 */
export function countedAddress(address: string): string {
  if (!isIPv6(address)) return address;
  const plain = address.split('%')[0] ?? '';
  const mapped = /^(?:0*:){0,6}:?ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1];
  if (mapped !== undefined) return mapped;
  const [head = '', tail] = plain.split('::');
  const groups = head === '' ? [] : head.split(':');
  const behind = tail === undefined || tail === '' ? [] : tail.split(':');
  // Dotted decimals at the end stand for two groups; they never reach into the first 64 bits but are counted.
  const width = (parts: readonly string[]) => parts.reduce((sum, part) => sum + (part.includes('.') ? 2 : 1), 0);
  const gap = tail === undefined ? 0 : 8 - width(groups) - width(behind);
  const all = [...groups, ...Array.from({ length: gap }, () => '0'), ...behind];
  const first = all.slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16));
  return `${first.join(':')}::/64`;
}
