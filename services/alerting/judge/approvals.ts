import { approvedTextHash, type Campaign, type Detection } from '@leakwatch/contracts';
import { webAddressOf } from './web-address.ts';

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

/** The same for all addresses of a page; what is no web address stays as it is. */
function addressKey(link: string): string {
  if (!/^https?:/i.test(link) || !URL.canParse(link)) return link;
  const { host, path, search } = webAddressOf(link);
  return `${host}${path}${search}`;
}
