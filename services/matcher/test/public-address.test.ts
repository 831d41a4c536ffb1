import { describe, expect, it } from 'vitest';
import { assertPublicLiteral, ForbiddenAddressError, isPublicAddress } from '../media/public-address.ts';

const FORBIDDEN = [
  ['loopback', '127.0.0.1'],
  ['loopback, IPv6', '::1'],
  ['private', '10.1.2.3'],
  ['private', '192.168.0.1'],
  ['private', '172.16.9.9'],
  ['link-local, where clouds keep their secrets', '169.254.169.254'],
  ["Azure's host agent", '168.63.129.16'],
  ['carrier-grade NAT', '100.64.0.1'],
  ['unspecified', '0.0.0.0'],
  ['broadcast', '255.255.255.255'],
  ['multicast', '224.0.0.1'],
  ['reserved for documentation', '192.0.2.1'],
  ['unique local', 'fd00::1'],
  ['link-local, IPv6', 'fe80::1'],
  ['loopback mapped into IPv6', '::ffff:127.0.0.1'],
  ['private through NAT64', '64:ff9b::a00:1'],
  ['private through 6to4', '2002:a00:1::'],
  ['no address at all', 'example.com'],
] as const;

describe('isPublicAddress', () => {
  it.each(FORBIDDEN)('refuses %s: %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '93.184.216.34', '2606:4700:4700::1111'])('takes %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('assertPublicLiteral', () => {
  it('refuses literals in brackets and leaves names to be checked when they are resolved', () => {
    expect(() => {
      assertPublicLiteral('[::1]');
    }).toThrow(ForbiddenAddressError);
    expect(() => {
      assertPublicLiteral('localhost');
    }).not.toThrow();
  });
});
