import { decodeImage } from '../decode/decode-image.ts';
import { fingerprintPost, mostDetailed } from '../fingerprint/fingerprint-image.ts';
import { leakPicture, POSTED_SIDE_PX } from './leak-picture.ts';
import { LEAK_WAYS, type LeakedCopy } from './leak-ways.ts';

/**
 * Leaks an asset in every way and fingerprints the copies, as a post with them would be.
 *
 * @throws ImageError
 */
export async function leakAsset(bytes: Uint8Array): Promise<LeakedCopy[]> {
  const { frames } = await decodeImage(bytes, POSTED_SIDE_PX, 'refuse');
  const frame = mostDetailed(frames);
  const copies: LeakedCopy[] = [];
  for (const way of LEAK_WAYS) {
    for (const file of await leakPicture(frame, way)) {
      copies.push({ way, data: (await fingerprintPost(file)).data });
    }
  }
  return copies;
}
