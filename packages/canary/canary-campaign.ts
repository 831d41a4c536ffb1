import { CANARY_CAMPAIGN_ID, sha256Hex, type RegisteredCampaign } from '@leakwatch/contracts';
import { canaryPicture } from './canary-picture.ts';
import { CANARY_PICTURE_FILE } from './canary-post.ts';
import { CANARY_TERM } from './canary-term.ts';

/**
 * The campaign that a matcher watches beside the watch list. It is added when the list is compiled, and is in no file and
 * no stored version.
 *
 * @param picture - the picture's fingerprint and the engine that made it; null in a process without an image lane
 */
export function canaryCampaign(
  picture: { readonly engine: string; readonly fingerprint: Uint8Array } | null,
): RegisteredCampaign {
  return {
    id: CANARY_CAMPAIGN_ID,
    name: 'Canary',
    sensitivity: 'low',
    terms: [{ id: 'term', text: CANARY_TERM, kind: 'sku' }],
    assets:
      picture === null
        ? []
        : [
            {
              id: 'picture',
              file: CANARY_PICTURE_FILE,
              sha256: sha256Hex(canaryPicture()),
              engine: picture.engine,
              fingerprint: Buffer.from(picture.fingerprint).toString('base64'),
            },
          ],
    approvedPosts: [],
  };
}
