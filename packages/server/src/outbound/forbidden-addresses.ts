import { BlockList, isIP } from 'node:net';

/**
 * Addresses that nobody outside may make us talk to: our own network, this machine, cloud metadata, and everything that
 * is not a public unicast address. Registries: IANA IPv4 and IPv6 Special-Purpose Address Space (RFC 6890 and its
 * updates).
 */
const forbiddenIpv4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Shared space; 100.100.100.200 gives out the credentials of Alibaba's servers.
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Link-local; 169.254.169.254 gives out credentials at most clouds.
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  // Azure's platform channel, a public address that answers only inside.
  ['168.63.129.16', 32],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Within 2000::/3, the only public unicast space of IPv6. */
const forbiddenIpv6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  // 6to4 carries an IPv4 address of anybody's choice.
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3fff::', 20],
];

const forbidden = new BlockList();
for (const [network, prefix] of forbiddenIpv4) forbidden.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of forbiddenIpv6) forbidden.addSubnet(network, prefix, 'ipv6');
const publicIpv6 = new BlockList();
publicIpv6.addSubnet('2000::', 3, 'ipv6');

/**
 * Decides on addresses.
 * @param allowed addresses or networks (`10.1.0.0/16`) that are allowed nevertheless, for receivers inside
 */
export function addressGuard(allowed: readonly string[]): (address: string) => boolean {
  const exceptions = new BlockList();
  for (const entry of allowed) {
    const [address = '', prefix] = entry.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) exceptions.addAddress(address, family);
    else exceptions.addSubnet(address, Number(prefix), family);
  }
  return (address) => {
    const plain = address.split('%')[0] ?? '';
    const version = isIP(plain);
    if (version === 0) return false;
    const family = version === 6 ? 'ipv6' : 'ipv4';
    if (exceptions.check(plain, family)) return true;
    // What is not public unicast by its form (also IPv4 in disguise: ::ffff:…, 64:ff9b::…) is refused without a list.
    if (version === 6 && !publicIpv6.check(plain, 'ipv6')) return false;
    return !forbidden.check(plain, family);
  };
}
