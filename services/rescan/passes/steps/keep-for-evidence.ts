import { keepEvidenceBlobs, keepEvidenceBytes, keepEvidenceMedia, type Queryable } from '@leakwatch/store';
import { type ReadRecord } from './describe-findings.ts';

/**
 * Keeps all that history has of posts: fingerprints as they are in the log, and those of their pictures that ingest
 * stored.
 */
export async function keepForEvidence(db: Queryable, read: readonly ReadRecord[]): Promise<void> {
  await keepEvidenceBytes(
    db,
    read.map(({ kept, record }) => ({
      sha256: kept.recordSha256,
      mime: 'application/json',
      bytes: record.value,
    })),
  );
  const media = read.flatMap(({ kept, fingerprint }) =>
    fingerprint.lane === 'text'
      ? []
      : fingerprint.images.map(({ mediaIndex, sha256 }) => ({
          recordSha256: kept.recordSha256,
          mediaIndex,
          sha256,
        })),
  );
  await keepEvidenceBlobs(
    db,
    media.map(({ sha256 }) => sha256),
  );
  await keepEvidenceMedia(db, media);
}
