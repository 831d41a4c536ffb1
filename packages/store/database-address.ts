import { readFile } from 'node:fs/promises';
import { StoreError } from './store-error.ts';

/** What a certificate must name: the server's own name, or nothing. Postgres's weaker modes count as verify-full. */
const TLS_MODES = ['verify-full', 'no-verify', 'disable'] as const;
const CHECKED_MODES = new Set(['prefer', 'require', 'verify-ca', 'verify-full']);
const WRITERS = new Set(['read-write', 'primary']);
const FILES = ['sslrootcert', 'sslcert', 'sslkey'] as const;
/** `postgres://`, then user and password up to the last @, the servers, and the rest. */
const PARTS = /^(postgres(?:ql)?:\/\/)((?:[^/?#]*@)?)([^/?#@]*)((?:[/?#].*)?)$/s;

/** At least one. */
export type Servers = readonly [URL, ...URL[]];

/**
 * Reads the address of a database: one URL for each of its servers. `postgres://user@a:5432,b:5432/leakwatch` names two, of
 * which one takes writes.
 *
 * @param setting - the name of the setting, for messages: they never repeat its value, since an address with a typo still has
 * a password in it
 */
export function parseDatabaseUrl(databaseUrl: string, setting = 'DATABASE_URL'): Servers {
  const servers = splitServers(databaseUrl);
  if (servers === null) {
    throw new StoreError(
      'bad-database-url',
      `${setting} is not the address of a Postgres database: it must look like postgres://user:password@host:5432/database. ` +
        'Without it leakwatch runs a Postgres of its own.',
    );
  }
  for (const url of servers) {
    const problem = problemOf(url, servers.length);
    if (problem !== null) throw new StoreError('bad-database-url', `${setting}: ${problem}`);
  }
  return servers;
}

/** Whether a text has the form of an address. */
export function isDatabaseUrl(text: string): boolean {
  return splitServers(text) !== null;
}

/** `host:5432`, as people write it. */
export function placeOf(url: URL): string {
  return `${url.hostname}:${url.port || '5432'}`;
}

/** The host as a socket wants it. */
export function hostOf(url: URL): string {
  return decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1');
}

/** Looks at the files of certificates, whose absence would show as an obscure error of TLS. */
export async function checkFiles(url: URL, setting = 'DATABASE_URL'): Promise<void> {
  for (const name of FILES) {
    const file = url.searchParams.get(name);
    if (file === null) continue;
    const text = await readFile(file, 'latin1').catch((error: unknown) => {
      const reason = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
      throw new StoreError(
        'bad-database-url',
        `${setting}: ${name} names ${file}, which can't be read: ${reason}`,
      );
    });
    if (!text.includes('-----BEGIN ')) {
      throw new StoreError('bad-database-url', `${setting}: ${name} names ${file}, which is not in PEM`);
    }
  }
}

function splitServers(databaseUrl: string): Servers | null {
  const [, scheme, user = '', servers, rest = ''] = PARTS.exec(databaseUrl) ?? [];
  if (scheme === undefined || servers === undefined) return null;
  const names = servers.split(',');
  // A single one may be named by a parameter: postgres:///leakwatch?host=/run/postgresql
  if (names.length > 1 && names.includes('')) return null;
  const urls = names.map((server) => `${scheme}${user}${server}${rest}`);
  if (!urls.every((url) => URL.canParse(url))) return null;
  const [first, ...others] = urls.map((url) => new URL(url));
  return first === undefined ? null : [first, ...others];
}

/** Says what is wrong; puts right what means the same. */
function problemOf(url: URL, servers: number): string | null {
  const mode = url.searchParams.get('sslmode');
  if (mode !== null && CHECKED_MODES.has(mode)) url.searchParams.set('sslmode', 'verify-full');
  else if (mode !== null && !TLS_MODES.some((known) => known === mode)) {
    return `sslmode must be one of ${TLS_MODES.join(', ')}`;
  }
  const attributes = url.searchParams.get('target_session_attrs');
  if (attributes !== null && !WRITERS.has(attributes) && (servers > 1 || attributes !== 'any')) {
    return 'target_session_attrs must be read-write: leakwatch always looks for the server that takes writes';
  }
  url.searchParams.delete('target_session_attrs');
  return null;
}
