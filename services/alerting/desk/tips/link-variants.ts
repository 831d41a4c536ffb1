import { webAddressOf } from '../../judge/web-address.ts';

/**
 * The forms in which a source may have given the address that somebody else copied: with http or https, with `www.` or
 * without, with a slash at its end or without; each without fragment and tracking parameters, and the address as it is.
 *
 * @param link - an address that can be parsed
 */
export function linkVariants(link: string): string[] {
  const { host, path, search } = webAddressOf(link);
  const forms = ['https', 'http'].flatMap((scheme) =>
    [host, `www.${host}`, `m.${host}`].flatMap((oneHost) =>
      [path, `${path}/`].map((onePath) => `${scheme}://${oneHost}${onePath}${search}`),
    ),
  );
  return [...new Set([link, ...forms])];
}
