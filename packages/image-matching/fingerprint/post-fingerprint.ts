import { type Hash256 } from '../pdq/hash256.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { POST_MARK, readHash, readHead, writeHash, writeHead } from './format.ts';

/** What is kept of one frame of a post's picture. */
export interface PostFrame {
  readonly hash: Hash256;
  /** PDQ's quality, 0 to 100. */
  readonly quality: number;
}

/** What is kept of a post's picture: enough to match it again without the picture. */
export interface PostFingerprint {
  readonly frames: readonly PostFrame[];
}

export function packPost(fingerprint: PostFingerprint): Uint8Array {
  const out = new ByteWriter();
  writeHead(out, POST_MARK);
  out.u8(fingerprint.frames.length);
  for (const frame of fingerprint.frames) {
    out.u8(frame.quality);
    writeHash(out, frame.hash);
  }
  return out.finish();
}

/** @throws ImageError `unreadable-fingerprint` */
export function unpackPost(bytes: Uint8Array): PostFingerprint {
  const input = new ByteReader(bytes);
  readHead(input, POST_MARK);
  const frames = Array.from({ length: input.u8() }, (): PostFrame => {
    const quality = input.u8();
    return { quality, hash: readHash(input) };
  });
  input.end();
  return { frames };
}
