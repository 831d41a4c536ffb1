import { sha256Hex, type Detection } from '@leakwatch/contracts';
import { keepEvidenceBytes, type Queryable } from '@leakwatch/store';
import { addEvidence, findKeptPosts, type KeptRecord } from './queries/add-evidence.ts';

/** A detection that is about to be an occurrence of an alert. */
interface Finding {
  readonly alertId: string;
  readonly detection: Detection;
}

/**
 * Records the evidence of occurrences, in the transaction that adds them: the matcher's record of each post, with its
 * media.
 *
 * If that record is less than the whole post (a re-scan has only what history kept) or is gone, another record of the
 * same revision serves. Without one, the detection itself does.
 *
 * Call it before the occurrences are added: adding one deletes the suppressed detection, whose record may be needed here.
 */
export async function preserveEvidence(tx: Queryable, findings: readonly Finding[], at: Date): Promise<void> {
  let rest = findings;
  for (const recordsFor of SOURCES) {
    if (rest.length === 0) return;
    const records = await recordsFor(
      tx,
      rest.map(({ detection }) => detection),
    );
    const evidence = rest.flatMap((finding) => {
      const record = records(finding.detection);
      return record === undefined ? [] : [{ ...finding, ...record }];
    });
    const written = await addEvidence(tx, evidence, at);
    rest = rest.filter(({ detection }) => !written.has(detection.id));
  }
}

/** Finds or makes the records that evidence may rest on. */
type Source = (
  tx: Queryable,
  detections: readonly Detection[],
) => Promise<(detection: Detection) => KeptRecord | undefined>;

/** The record that a detection came with, in one form. */
const ownRecord =
  (form: KeptRecord['form']): Source =>
  () =>
    Promise.resolve(({ kept }) => (kept?.form === form ? kept : undefined));

const anotherRecord: Source = async (tx, detections) => {
  const posts = await findKeptPosts(
    tx,
    detections.map(({ post }) => post.id),
  );
  return ({ post }) => posts.get(post.id);
};

const recordItself: Source = async (tx, detections) => {
  const kept = new Map(
    detections.map((detection) => {
      const bytes = Buffer.from(JSON.stringify(detection));
      return [detection.id, { sha256: sha256Hex(bytes), mime: 'application/json', bytes }];
    }),
  );
  await keepEvidenceBytes(tx, [...kept.values()]);
  return ({ id }) => {
    const record = kept.get(id);
    return record === undefined ? undefined : { form: 'detection', recordSha256: record.sha256 };
  };
};

/** The best first. */
const SOURCES: readonly Source[] = [ownRecord('post'), anotherRecord, ownRecord('fingerprint'), recordItself];
