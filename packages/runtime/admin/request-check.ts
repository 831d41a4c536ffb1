import { type IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

/**
 * Makes a check that keeps browsers out of a server without a password. A page may send requests to loopback: those carry
 * `Origin` or `Sec-Fetch-Site`. A page may also give its own name the address of loopback: then `Host` has that name.
 *
 * @param ownHost - the address or name that the server listens on
 * @returns a function that tells what is wrong with a request, or null
 */
export function createRequestCheck(ownHost: string): (headers: IncomingHttpHeaders) => string | null {
  return ({ origin, host, ...others }) => {
    if (origin !== undefined || others['sec-fetch-site'] !== undefined) {
      return 'pages in a browser may not ask this port';
    }
    const name = hostNameOf(host);
    if (name !== null && (name === 'localhost' || name === ownHost || isIP(name) !== 0)) return null;
    return 'the header Host must have an IP address, localhost or the value of LEAKWATCH_ADMIN_HOST';
  };
}

/** The host of `name:port` or `[::1]:port`, without the port. */
function hostNameOf(host: string | undefined): string | null {
  const address = `http://${host ?? ''}`;
  if (host === undefined || !URL.canParse(address)) return null;
  const { hostname, pathname, username } = new URL(address);
  return pathname === '/' && username === '' ? hostname.replace(/^\[|\]$/g, '') : null;
}
