import { approvedTextHash, type Campaign, type Detection } from '@leakwatch/contracts';
import { webAddressOf } from './web-address.ts';

/** A campaign's approved posts and texts, in the forms that posts are compared with. */
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
 * Why a detection's post is approved; null: it is not. An approved text covers findings in that very text, not in an
 * image beside it.
 */
export function approvalOf({ post, textSha256 }: Detection, approvals: Approvals): Approval | null {
  const { nativeId, canonicalUrl } = post;
  if (approvals.nativeIds.has(nativeId)) return 'post';
  if (canonicalUrl !== null && approvals.addresses.has(addressKey(canonicalUrl))) return 'post';
  return textSha256 !== undefined && approvals.textHashes.has(textSha256) ? 'text' : null;
}

/** One key for all addresses of a page; anything else stays as it is. */
function addressKey(link: string): string {
  if (!/^https?:/i.test(link) || !URL.canParse(link)) return link;
  const { host, path, search } = webAddressOf(link);
  return `${host}${path}${search}`;
}
