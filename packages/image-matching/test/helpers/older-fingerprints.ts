/**
 * A post's fingerprint of one frame, as an earlier version packed it: version 5 had no raster behind the thumbnail, version 4 no place
 * behind the size either.
 */
export function asVersion(version: 4 | 5, post: Uint8Array): Uint8Array {
  const withoutRaster = post.subarray(0, post.length - 4 - rasterLength(post));
  const older =
    version === 5
      ? Uint8Array.from(withoutRaster)
      : Uint8Array.from([...withoutRaster.subarray(0, 7), ...withoutRaster.subarray(15)]);
  older[1] = version;
  return older;
}

/** Finds the length that is followed by just so many bytes, of a JPEG. */
function rasterLength(post: Uint8Array): number {
  const view = new DataView(post.buffer, post.byteOffset, post.byteLength);
  for (let at = post.length - 8; at > 0; at--) {
    const length = view.getUint32(at, true);
    if (at + 4 + length === post.length && post[at + 4] === 0xff && post[at + 5] === 0xd8) return length;
  }
  throw new Error('no raster at the end');
}
