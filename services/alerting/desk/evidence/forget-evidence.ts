import { type Store } from '@leakwatch/store';
import { forgetEvidence, forgetKeptBytes } from '../queries/evidence-forget.ts';

export interface EvidenceRetention {
  /** How long evidence is kept after its alert was resolved. */
  readonly keepMs: number;
  /** How long bytes without evidence are kept: those of detections that raised no alert. */
  readonly keepUnnamedMs: number;
}

/** Deletes evidence past its retention, in small turns. True if there is more. */
export async function forgetOldEvidence(
  store: Pick<Store, 'pool' | 'transaction'>,
  { keepMs, keepUnnamedMs }: EvidenceRetention,
  now: Date,
): Promise<boolean> {
  const occurrences = await store.transaction((tx) => forgetEvidence(tx, new Date(now.getTime() - keepMs)));
  const bytes = await forgetKeptBytes(store.pool, keepUnnamedMs);
  return occurrences > 0 || bytes > 0;
}
