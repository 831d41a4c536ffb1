import { sha256Hex, type ImageFingerprint, type Media, type Post } from '@leakwatch/contracts';
import { IMAGE_ENGINE, ImageError, type ImageEngine, type PictureNote } from '@leakwatch/image-matching';
import { matchFingerprint, textOfPost, type CompiledWatchList } from '@leakwatch/matching';
import { type ByteAccount } from '@leakwatch/runtime';
import { hostOf, type Patience } from '../media/ask-hosts.ts';
import { MediaFetchError, type FetchOptions } from '../media/fetch-media.ts';
import { findingRecords, fingerprintRecord } from './describe-findings.ts';
import { keepPost, type LoadedMedia } from './keep-post.ts';
import { type Circumstances, type Scan, type ScanFailure } from './scan.ts';

export interface ImageScanner {
  readonly engine: ImageEngine;
  /** Counts images that were scanned in part. */
  readonly observeNote: (kind: PictureNote['kind']) => void;
  readonly loadMedia: (
    media: Media,
    options: FetchOptions & { readonly patience: Patience },
  ) => Promise<{ readonly bytes: Uint8Array; readonly mime: string }>;
}

/** The means of one post. */
export interface ImageWork {
  /** Holds the bytes of the post's pictures; closed when they have been kept or are not needed. */
  readonly account: Pick<ByteAccount, 'take'>;
  readonly signal: AbortSignal;
  /** How long to wait for a picture: little in the lane, long in the queue of what was put off. */
  readonly patience: Patience;
}

/**
 * Fetches, fingerprints and matches a post's images. One that fails is reported, and the others are scanned all the same.
 */
export async function scanImages(
  post: Post,
  list: CompiledWatchList,
  scanner: ImageScanner,
  { value, ...context }: Circumstances,
  work: ImageWork,
): Promise<Scan> {
  const scan = {
    post,
    text: null,
    lane: 'image',
    engine: IMAGE_ENGINE,
    watchListVersion: list.version,
    disclosures: list.disclosures,
    ...context,
  } as const;
  const images = post.op === 'delete' ? [] : post.media.filter(isWithinReach);
  const results = await Promise.all(images.map((media) => fingerprintImage(media, scanner, work)));
  const packed = results.flatMap((result) => (result.ok ? [result.packed] : []));
  const found = await matchFingerprint(list, { lane: 'image', images: packed });
  const fingerprints = results.flatMap((result) => (result.ok ? [result.fingerprint] : []));
  const failures = results.flatMap((result) => (result.ok ? [] : [result.failure]));
  const loaded = results.flatMap((result) => (result.ok ? [result.loaded] : []));
  const keeps = value !== null && (found.length > 0 || (await isFoundInText(post, list, loaded)));
  const keeping = keeps ? keepPost(post, value, loaded) : null;
  const findings = findingRecords(scan, found, keeping?.kept ?? null);
  return {
    records:
      fingerprints.length === 0
        ? findings
        : [fingerprintRecord(scan, { lane: 'image', images: fingerprints }), ...findings],
    failures,
    keeping,
  };
}

/**
 * True if the text lane finds the post. That lane fetches nothing, so this one must keep the pictures that have an address.
 */
async function isFoundInText(
  post: Post,
  list: CompiledWatchList,
  loaded: readonly LoadedMedia[],
): Promise<boolean> {
  const isFetched = ({ mediaIndex }: LoadedMedia) =>
    post.media.some(({ index, claim }) => index === mediaIndex && claim === null);
  if (!loaded.some(isFetched)) return false;
  const found = await matchFingerprint(list, { lane: 'text', post: textOfPost(post) });
  return found.length > 0;
}

/** Media that ingest could not get are already in the dead letters, and come again from there. */
function isWithinReach(media: Media): boolean {
  return media.kind === 'image' && (media.claim !== null || media.sourceUrl !== null);
}

type FingerprintedMedia =
  | {
      ok: true;
      fingerprint: ImageFingerprint;
      packed: { mediaIndex: number; data: Uint8Array };
      loaded: LoadedMedia;
    }
  | { ok: false; failure: ScanFailure };

async function fingerprintImage(
  media: Media,
  scanner: ImageScanner,
  work: ImageWork,
): Promise<FingerprintedMedia> {
  try {
    const { bytes, mime } = await scanner.loadMedia(media, work);
    const fingerprint = await scanner.engine.fingerprint(bytes, { signal: work.signal });
    const sha256 = sha256Hex(bytes);
    for (const { kind } of fingerprint.notes) scanner.observeNote(kind);
    return {
      ok: true,
      loaded: { mediaIndex: media.index, sha256, mime, bytes },
      packed: { mediaIndex: media.index, data: fingerprint.data },
      fingerprint: {
        mediaIndex: media.index,
        sha256,
        widthPx: fingerprint.widthPx,
        heightPx: fingerprint.heightPx,
        data: Buffer.from(fingerprint.data).toString('base64'),
        ...(fingerprint.notes.length === 0 ? {} : { notes: [...fingerprint.notes] }),
      },
    };
  } catch (error) {
    const place = `media[${media.index}]`;
    if (error instanceof MediaFetchError) {
      return {
        ok: false,
        failure: {
          reason: error.reason,
          message: `${place}: ${error.message}`,
          canRetry: error.canRetry,
          waitsFor: error.canRetry && media.sourceUrl !== null ? hostOf(media.sourceUrl) : null,
        },
      };
    }
    if (error instanceof ImageError) {
      return {
        ok: false,
        failure: {
          ...{ reason: error.reason, message: `${place}: ${error.message}` },
          ...{ canRetry: false, waitsFor: null },
        },
      };
    }
    // The image is not at fault (the database may be away): the batch is tried again.
    throw error;
  }
}
