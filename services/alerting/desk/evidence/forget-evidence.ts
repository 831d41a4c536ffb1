import { type Store } from '@leakwatch/store';
import { forgetEvidence, forgetKeptBytes } from '../queries/evidence-forget.ts';

export interface EvidenceRetention {
  /** How long evidence is kept after its alert was resolved. */
  readonly keepMs: number;
  /** How long bytes are kept that no evidence names: those of detections that raised no alert. */
  readonly keepUnnamedMs: number;
}

/** Lets go of what has been kept long enough, in small turns; true where there is more of it. */
export async function forgetOldEvidence(
  store: Pick<Store, 'pool' | 'transaction'>,
  { keepMs, keepUnnamedMs }: EvidenceRetention,
  now: Date,
): Promise<boolean> {
  const occurrences = await store.transaction((tx) => forgetEvidence(tx, new Date(now.getTime() - keepMs)));
  const bytes = await forgetKeptBytes(store.pool, keepUnnamedMs);
  return occurrences > 0 || bytes > 0;
}
