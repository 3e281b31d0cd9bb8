import type { Server } from 'node:http';
import { BlockList, isIP } from 'node:net';
import { countedAddress } from './caller-address.ts';

interface ConnectionLimit {
  readonly connectionsPerAddress: number;
  /** As in the configuration: these addresses and networks, all, or none. */
  readonly trustProxy: boolean | readonly string[];
}

/** Closes the newest connections of an address that holds too many; other addresses are not affected. */
export function limitConnections(
  server: Server,
  { connectionsPerAddress, trustProxy }: ConnectionLimit,
  isExempt = exemptAddresses(trustProxy),
): void {
  const open = new Map<string, number>();
  server.on('connection', (socket) => {
    const address = socket.remoteAddress ?? '';
    if (isExempt(address)) return;
    const counted = countedAddress(address);
    const count = (open.get(counted) ?? 0) + 1;
    if (count > connectionsPerAddress) {
      socket.destroy();
      return;
    }
    open.set(counted, count);
    socket.once('close', () => {
      const left = (open.get(counted) ?? 1) - 1;
      if (left === 0) open.delete(counted);
      else open.set(counted, left);
    });
  });
}

/** Addresses that speak for many visitors, or for nobody but this machine's own programs. */
export function exemptAddresses(trustProxy: boolean | readonly string[]): (address: string) => boolean {
  if (trustProxy === true) return () => true;
  const list = new BlockList();
  const proxies = trustProxy === false ? [] : trustProxy;
  for (const one of ['127.0.0.0/8', '::1', ...proxies]) {
    const [network = '', bits] = one.split('/');
    const family = isIP(network) === 6 ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(network, family);
    else list.addSubnet(network, Number(bits), family);
  }
  return (address) => {
    // An IPv4 address written as IPv6 is found among those of IPv4.
    const version = isIP(address);
    return version !== 0 && list.check(address, version === 6 ? 'ipv6' : 'ipv4');
  };
}
