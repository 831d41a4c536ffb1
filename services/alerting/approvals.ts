import { approvedTextHash, type Campaign, type Detection } from '@leakwatch/contracts';

/** What a campaign has allowed, in the forms in which posts are compared with it. */
export interface Approvals {
  readonly nativeIds: ReadonlySet<string>;
  readonly addresses: ReadonlySet<string>;
  /** {@link approvedTextHash} of each. */
  readonly textHashes: ReadonlySet<string>;
}

export function approvalsOf({ approvedPosts, approvedTexts = [] }: Campaign): Approvals {
  return {
    nativeIds: new Set(approvedPosts),
    addresses: new Set(approvedPosts.map(addressKey)),
    textHashes: new Set(approvedTexts.map(approvedTextHash)),
  };
}

export type Approval = 'post' | 'text';

/**
 * What makes a detection's post an approved one; null: nothing. A text approves what is found in that very text: an image
 * beside it is not approved by it.
 */
export function approvalOf({ post, textSha256 }: Detection, approvals: Approvals): Approval | null {
  const { nativeId, canonicalUrl } = post;
  if (approvals.nativeIds.has(nativeId)) return 'post';
  if (canonicalUrl !== null && approvals.addresses.has(addressKey(canonicalUrl))) return 'post';
  return textSha256 !== undefined && approvals.textHashes.has(textSha256) ? 'text' : null;
}

/** Parameters that say where a reader came from, and not what is read. */
const TRACKING = /^(utm_.*|fbclid|gclid|igsh|igshid|si|ref_src|ref_url)$/;

/**
 * The same for addresses of the same page: scheme, `www.` or `m.`, fragment, tracking parameters and a slash at the end make no
 * difference. What is no web address stays as it is.
 */
function addressKey(link: string): string {
  if (!/^https?:/i.test(link) || !URL.canParse(link)) return link;
  const url = new URL(link);
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  return `${url.host.replace(/^(www|m)\./, '')}${url.pathname.replace(/\/+$/, '')}${url.search}`;
}
