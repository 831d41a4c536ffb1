import { sha256Hex, type Detection, type KeptPost } from '@leakwatch/contracts';
import {
  addEvidence,
  findKeptPost,
  keepEvidenceBytes,
  lockKeptBytes,
  type NewEvidence,
  type Queryable,
} from '@leakwatch/store';

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
  const found = (await locked(tx, detection.kept)) ?? (await recordDetection(tx, detection));
  const whole =
    found.form === 'post' ? null : await locked(tx, (await findKeptPost(tx, detection.post.id)) ?? undefined);
  await addEvidence(tx, { alertId, detection, preservedAt: at, ...(whole ?? found) });
}

type Record = Pick<NewEvidence, 'form' | 'recordSha256'>;

/** The record, if it is still there: then it stays. */
async function locked(tx: Queryable, kept: KeptPost | undefined): Promise<Record | null> {
  return kept !== undefined && (await lockKeptBytes(tx, kept.recordSha256)) ? kept : null;
}

async function recordDetection(tx: Queryable, detection: Detection): Promise<Record> {
  const bytes = Buffer.from(JSON.stringify(detection));
  const recordSha256 = sha256Hex(bytes);
  await keepEvidenceBytes(tx, [{ sha256: recordSha256, mime: 'application/json', bytes }]);
  return { form: 'detection', recordSha256 };
}
