/** Parameters that say where a link was shared, not what it leads to. */
const TRACKING = /^(utm_.*|fbclid|gclid|igsh|igshid|si|ref_src|ref_url|mc_cid|mc_eid)$/;

/** The parts that all addresses of one page share. */
export interface WebAddress {
  /** Without `www.` or `m.`; the port is part of it. */
  readonly host: string;
  /** Without a trailing slash. */
  readonly path: string;
  /** With its question mark and without tracking parameters; may be empty. */
  readonly search: string;
}

/** @param link - an address that can be parsed */
export function webAddressOf(link: string): WebAddress {
  const { host, pathname, searchParams, search } = new URL(link);
  const tracking = [...searchParams.keys()].filter((name) => TRACKING.test(name));
  for (const name of tracking) searchParams.delete(name);
  const left = searchParams.size === 0 ? '' : `?${searchParams.toString()}`;
  return {
    host: host.replace(/^(www|m)\./, ''),
    path: pathname.replace(/\/+$/, ''),
    // Rewritten only if needed: URLSearchParams may encode it differently.
    search: tracking.length === 0 ? search : left,
  };
}
