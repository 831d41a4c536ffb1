import { webAddressOf } from '../../judge/web-address.ts';

/**
 * The forms in which a source may have stored an address that a person copied: http or https, with or without `www.`
 * and trailing slash, without fragment and tracking parameters; and the address itself.
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
