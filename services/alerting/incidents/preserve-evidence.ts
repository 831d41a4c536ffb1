import { sha256Hex, type Detection } from '@leakwatch/contracts';
import { keepEvidenceBytes, type Queryable } from '@leakwatch/store';
import { addEvidence, findKeptPost, type NewEvidence } from './queries/add-evidence.ts';

type KeptRecord = Pick<NewEvidence, 'form' | 'recordSha256'>;

/**
 * Notes what an occurrence rests on, in the transaction that makes it one: the record that the matcher kept, with its media,
 * before it said anything. Where it kept less than the whole post (a re-scan has only what history has), or what it kept is gone,
 * the post is taken from what else was kept of the same revision; without that there is what the detection itself says.
 *
 * To be called before the occurrence is added: what was suppressed until now is forgotten with that.
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
