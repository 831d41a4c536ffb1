import { sha256Hex, type Detection } from '@leakwatch/contracts';
import { keepEvidenceBytes, type Queryable } from '@leakwatch/store';
import { addEvidence, findKeptPost, type NewEvidence } from './queries/add-evidence.ts';

type KeptRecord = Pick<NewEvidence, 'form' | 'recordSha256'>;

/**
 * Records the evidence of an occurrence, in the transaction that adds it: the matcher's record of the post, with its
 * media.
 *
 * If that record is less than the whole post (a re-scan has only what history kept) or is gone, another record of the
 * same revision serves. Without one, the detection itself does.
 *
 * Call it before the occurrence is added: adding it deletes the suppressed detection, whose record may be needed here.
 */
export async function preserveEvidence(
  tx: Queryable,
  alertId: string,
  detection: Detection,
  at: Date,
): Promise<void> {
  const rests = (record: KeptRecord | null | undefined) =>
    record === null || record === undefined
      ? Promise.resolve(false)
      : addEvidence(tx, { alertId, detection, preservedAt: at, ...record });
  const { kept } = detection;
  if (kept?.form === 'post' && (await rests(kept))) return;
  if (await rests(await findKeptPost(tx, detection.post.id))) return;
  if (kept?.form === 'fingerprint' && (await rests(kept))) return;
  await rests(await recordDetection(tx, detection));
}

async function recordDetection(tx: Queryable, detection: Detection): Promise<KeptRecord> {
  const bytes = Buffer.from(JSON.stringify(detection));
  const recordSha256 = sha256Hex(bytes);
  await keepEvidenceBytes(tx, [{ sha256: recordSha256, mime: 'application/json', bytes }]);
  return { form: 'detection', recordSha256 };
}
