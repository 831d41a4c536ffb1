import { describe, expect, it } from 'vitest';
import { hostOf, isDatabaseUrl, parseDatabaseUrl, placeOf } from '../database-address.ts';

const places = (address: string) => parseDatabaseUrl(address).map(placeOf);

describe('the address of a database', () => {
  it('names one server or several, which share user, database and parameters', () => {
    expect(places('postgres://u:p@db/leakwatch')).toEqual(['db:5432']);
    expect(places('postgresql://u:p@a:1,b,[::1]:3/leakwatch?sslmode=disable')).toEqual([
      'a:1',
      'b:5432',
      '[::1]:3',
    ]);
    const [, second] = parseDatabaseUrl('postgres://u:p%40,x@a:1,b:2/leakwatch?sslmode=disable');
    expect(second?.href).toBe('postgres://u:p%40,x@b:2/leakwatch?sslmode=disable');
  });

  it('may name a socket by a parameter', () => {
    const [url] = parseDatabaseUrl('postgres:///leakwatch?host=/run/postgresql');
    expect([url.pathname, url.searchParams.get('host')]).toEqual(['/leakwatch', '/run/postgresql']);
  });

  it('gives the host as a socket wants it', () => {
    expect(hostOf(parseDatabaseUrl('postgres://u@[::1]:3/l')[0])).toBe('::1');
    expect(hostOf(parseDatabaseUrl('postgres://u@%2Frun%2Fpostgresql/l')[0])).toBe('/run/postgresql');
  });

  it.each(['prefer', 'require', 'verify-ca', 'verify-full'])(
    'checks the certificate wholly with %s',
    (mode) => {
      const [url] = parseDatabaseUrl(`postgres://u@a/l?sslmode=${mode}`);
      expect(url.searchParams.get('sslmode')).toBe('verify-full');
    },
  );

  it.each([
    ['sslmode=verify', /DATABASE_URL: sslmode must be one of verify-full/],
    ['target_session_attrs=standby', /target_session_attrs must be read-write/],
  ])('is refused with %s', (parameter, reason) => {
    expect(() => parseDatabaseUrl(`postgres://u:secret@a,b/l?${parameter}`)).toThrow(reason);
    expect(() => parseDatabaseUrl(`postgres://u:secret@a,b/l?${parameter}`)).not.toThrow(/secret/);
  });

  it.each(['', 'leakwatch', 'postgres://a:b:c/l', 'postgres://a,/l', 'mysql://a/l'])(
    'is none in %j',
    (text) => {
      expect(isDatabaseUrl(text)).toBe(false);
    },
  );
});
