import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { webAddressOf } from '../../judge/web-address.ts';

const key = (link: string) => Object.values(webAddressOf(link)).join('');

describe('one page has one address', () => {
  it.each([
    ['a trailing slash', 'https://instagram.com/p/abc/', 'instagram.com/p/abc'],
    ['several trailing slashes', 'https://instagram.com/p/abc///', 'instagram.com/p/abc'],
    ['www', 'http://www.instagram.com/p/abc', 'instagram.com/p/abc'],
    ['the mobile site', 'https://m.youtube.com/watch?v=1', 'youtube.com/watch?v=1'],
    ['capitals in the host', 'https://WWW.Instagram.com/p/aBc', 'instagram.com/p/aBc'],
    ['a fragment', 'https://x.com/a#reply', 'x.com/a'],
    ['a user', 'https://ana:secret@x.com/a', 'x.com/a'],
    ['a home page', 'https://x.com', 'x.com'],
    ['an empty query', 'https://x.com/a?', 'x.com/a'],
  ])('without %s', (_name, link, address) => {
    expect(key(link)).toBe(address);
  });

  it.each(
    'utm_source utm_ utm_anything fbclid gclid igsh igshid si ref_src ref_url mc_cid mc_eid'.split(' '),
  )('without the tracking parameter %s', (name) => {
    expect(key(`https://x.com/a?v=1&${name}=zzz&w=2`)).toBe('x.com/a?v=1&w=2');
    expect(key(`https://x.com/a?${name}=zzz&${name}=yyy`)).toBe('x.com/a');
  });
});

describe('another page has another address', () => {
  it.each([
    ['a subdomain', 'https://shop.x.com/a', 'shop.x.com/a'],
    ['www within the host', 'https://a.www.x.com/', 'a.www.x.com'],
    ['a host that begins with m', 'https://mx.com/', 'mx.com'],
    ['a port', 'https://x.com:8443/a', 'x.com:8443/a'],
    ['a path that goes on', 'https://x.com/a//b', 'x.com/a//b'],
    ['a parameter that ends like a tracking one', 'https://x.com/?xsi=1', 'x.com?xsi=1'],
    ['a parameter that begins like a tracking one', 'https://x.com/?side=1', 'x.com?side=1'],
    ['a name that holds utm_', 'https://x.com/?my_utm_source=1', 'x.com?my_utm_source=1'],
  ])('with %s', (_name, link, address) => {
    expect(key(link)).toBe(address);
  });

  it('and a query without tracking stays as it was written', () => {
    expect(webAddressOf('https://x.com/a?q=%7E+b%20c').search).toBe('?q=%7E+b%20c');
  });
});

it('tracking parameters change nothing, wherever they stand', () => {
  const names = fc.constantFrom('utm_source', 'si', 'fbclid');
  const ids = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  fc.assert(
    fc.property(ids, names, ids, fc.boolean(), (id, name, value, first) => {
      const pairs = [`v=${id}`, `${name}=${value}`];
      const query = (first ? pairs.toReversed() : pairs).join('&');
      expect(key(`https://www.youtube.com/watch?${query}`)).toBe(`youtube.com/watch?v=${id}`);
    }),
  );
});
