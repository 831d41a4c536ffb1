/** Parameters that say where a link was shared, and nothing of what it leads to. */
const TRACKING = /^(utm_.*|fbclid|gclid|igsh|igshid|si|ref_src|ref_url|mc_cid|mc_eid)$/;

/**
 * The forms in which a source may have given the address that somebody else copied: with http or https, with `www.` or
 * without, with a slash at its end or without; each without fragment and tracking parameters, and the address as it is.
 *
 * @param link - an address that can be parsed
 */
export function linkVariants(link: string): string[] {
  const url = new URL(link);
  url.hash = '';
  for (const name of [...url.searchParams.keys()]) {
    if (TRACKING.test(name)) url.searchParams.delete(name);
  }
  const host = url.host.replace(/^(www|m)\./, '');
  const path = url.pathname.replace(/\/+$/, '');
  const forms = ['https', 'http'].flatMap((scheme) =>
    [host, `www.${host}`, `m.${host}`].flatMap((oneHost) =>
      [path, `${path}/`].map((onePath) => `${scheme}://${oneHost}${onePath}${url.search}`),
    ),
  );
  return [...new Set([link, ...forms])];
}
