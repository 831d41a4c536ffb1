import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Thrown for a host that leakwatch must not contact: a stranger wrote the post's media address. */
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

/** Resolves a name to all its addresses, as `dns.lookup` does with `all`. */
type ResolveAll = (
  hostname: string,
  options: LookupAllOptions,
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * Makes a `lookup` for sockets that fails if any address of a name is not public. The socket connects to an address of this very answer,
 * so a name that answers differently a second time gains nothing.
 */
export function createPublicLookup(resolveAll: ResolveAll = lookup): LookupFunction {
  return (hostname, options, callback) => {
    resolveAll(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) {
        callback(error, []);
        return;
      }
      const [first] = addresses;
      if (first === undefined || addresses.some((found) => !isPublicAddress(found.address))) {
        callback(new ForbiddenAddressError('the host does not resolve to public addresses only'), []);
        return;
      }
      if (options.all === true) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}
