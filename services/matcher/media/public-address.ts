import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A host that posts may not make leakwatch talk to: a post's media address is a request written by a stranger. */
export class ForbiddenAddressError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'ForbiddenAddressError';
  }
}

/** The Azure host agent answers on a public address. */
const PLATFORM_ADDRESSES = new Set(['168.63.129.16']);

/** True for a public unicast address, seen through IPv4-mapped, NAT64 and 6to4 forms. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !PLATFORM_ADDRESSES.has(parsed.toString());
}

/** Refuses a host written as a literal address that isn't public; names are checked as they are resolved. */
export function assertPublicLiteral(hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) !== 0 && !isPublicAddress(bare)) {
    throw new ForbiddenAddressError('the host is not a public address');
  }
}

/** `dns.lookup` for sockets that fails where ANY address of the name isn't public, so that no second look differs. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  resolveName(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error !== null) {
      callback(error, []);
      return;
    }
    if (addresses.length === 0 || addresses.some((found) => !isPublicAddress(found.address))) {
      callback(new ForbiddenAddressError('the host does not resolve to public addresses only'), []);
      return;
    }
    const first = addresses[0];
    if (options.all === true || first === undefined) callback(null, addresses);
    else callback(null, first.address, first.family);
  });
};
