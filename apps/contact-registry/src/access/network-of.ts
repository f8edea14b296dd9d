import { isIPv6 } from 'node:net';

/** A household has a whole /64 of IPv6 and any address in it; of IPv4 it has one address. */
const ofOneHousehold = 4;

/** The network that an address stands for when calls of one sender are counted: of IPv6 the first 64 bits. */
export function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [before = '', after] = address.toLowerCase().split('::');
  const groups = groupsOf(before);
  const end = after === undefined ? [] : groupsOf(after);
  const gap = Array.from({ length: Math.max(0, 8 - groups.length - end.length) }, () => '0');
  return [...groups, ...gap, ...end]
    .slice(0, ofOneHousehold)
    .map((group) => parseInt(group, 16).toString(16))
    .join(':');
}

const groupsOf = (text: string): string[] => text.split(':').filter((group) => group !== '');
