import { describe, expect, it } from 'vitest';
import { type LookupAddress } from 'node:dns';
import {
  assertPublicLiteral,
  createPublicLookup,
  ForbiddenAddressError,
  isPublicAddress,
} from '../outbound/public-address.ts';

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

describe('the lookup of a media host', () => {
  /** Looks a name up that has these addresses; answers what a socket would get. */
  function look(addresses: readonly string[], all: boolean) {
    const found = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    const asked: boolean[] = [];
    const lookup = createPublicLookup((_name, options, callback) => {
      asked.push(options.all);
      callback(null, found);
    });
    const answer: { error: Error | null; address: string | LookupAddress[]; family: number | undefined }[] =
      [];
    lookup('media.example', { all }, (error, address, family) => answer.push({ error, address, family }));
    expect(asked).toEqual([true]);
    return answer;
  }

  it('takes a name whose addresses are all public, as a list or one of them', () => {
    const addresses = ['93.184.216.34', '2606:4700:4700::1111'];
    expect(look(addresses, false)).toEqual([{ error: null, address: '93.184.216.34', family: 4 }]);
    expect(look(addresses, true)[0]?.address).toEqual([
      { address: '93.184.216.34', family: 4 },
      { address: '2606:4700:4700::1111', family: 6 },
    ]);
  });

  it.each([
    ['one private', ['10.0.0.1']],
    ['a private one behind a public one', ['93.184.216.34', '10.0.0.1']],
    ['a private one before a public one', ['169.254.169.254', '93.184.216.34']],
    ['loopback in IPv6 clothes', ['::ffff:127.0.0.1']],
    ['carrier-grade NAT behind two public ones', ['8.8.8.8', '1.1.1.1', '100.64.0.1']],
    ['none', []],
  ])('refuses %s', (_what, addresses) => {
    for (const all of [false, true]) {
      const [answer, ...more] = look(addresses, all);
      expect(more).toEqual([]);
      expect(answer?.error).toBeInstanceOf(ForbiddenAddressError);
      expect(answer?.address).toEqual([]);
    }
  });

  it('passes on that a name is unknown', () => {
    const lookup = createPublicLookup((_name, _options, callback) => {
      callback(Object.assign(new Error('no such host'), { code: 'ENOTFOUND' }), []);
    });
    const errors: unknown[] = [];
    lookup('media.example', {}, (error) => errors.push(error));
    expect(errors).toMatchObject([{ code: 'ENOTFOUND' }]);
  });

  it('refuses a name of this machine, by the resolver of the system', async () => {
    const error = await new Promise((resolve) => {
      createPublicLookup()('localhost', {}, resolve);
    });
    expect(error).toBeInstanceOf(ForbiddenAddressError);
  });
});
