import {
  findAlert,
  holdEvidence,
  listEvidence,
  loadEvidenceHold,
  releaseEvidence,
  type StoredEvidence,
} from '@leakwatch/alerting/desk';
import { type Store } from '@leakwatch/store';
import { openEnvironment, type Environment } from '../environment.ts';
import { HeldSchema } from '../outcomes.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatTable, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';

interface EvidenceOptions {
  readonly dataDir: string;
}

/**
 * Shows an alert's evidence by hashes, sizes and times, without any content of the posts.
 *
 * @returns the exit code: 1 if bytes no longer have their hash
 */
export function listKept(
  id: string,
  options: EvidenceOptions & { readonly verify: boolean; readonly json: boolean },
  screen: Screen,
): Promise<number> {
  return withAlert(id, options, async (alertId, store, environment) => {
    tellDataPlace(environment, screen);
    const evidence = await listEvidence(store.pool, alertId, options);
    const hold = await loadEvidenceHold(store.pool, alertId);
    if (options.json) for (const one of evidence) screen.json(one);
    else if (evidence.length === 0) screen.note('no evidence is kept of it');
    else screen.result(formatTable(HEAD, rowsOf(evidence)));
    if (hold !== null) {
      screen.note(`\nheld since ${hold.at.toISOString()} by ${printable(`${hold.by}: ${hold.reason}`, 200)}`);
    }
    const changed = filesOf(evidence).filter(({ intact }) => intact === false);
    for (const { sha256 } of changed) screen.problem(`${sha256}: its bytes no longer have this hash`);
    if (options.verify && evidence.length > 0 && changed.length === 0)
      screen.note(`\nall ${filesOf(evidence).length} have the hashes they were kept under`);
    return changed.length === 0 ? 0 : 1;
  });
}

export function hold(
  id: string,
  options: EvidenceOptions & { readonly reason: string; readonly by: string },
  screen: Screen,
): Promise<void> {
  return withAlert(id, options, async (alertId, store) => {
    await holdEvidence(store, alertId, options);
    const { by, reason } = options;
    screen.outcome(HeldSchema, { alertId, held: true, by, reason }, 'its evidence is held');
  });
}

export function release(
  id: string,
  options: EvidenceOptions & { readonly by: string },
  screen: Screen,
): Promise<void> {
  return withAlert(id, options, async (alertId, store) => {
    await releaseEvidence(store, alertId, options);
    const line = 'its evidence will be deleted when its time is up';
    screen.outcome(HeldSchema, { alertId, held: false, by: options.by, reason: null }, line);
  });
}

export async function withAlert<T>(
  id: string,
  { dataDir }: EvidenceOptions,
  work: (alertId: string, store: Store, environment: Environment) => Promise<T>,
): Promise<T> {
  const environment = await openEnvironment({ dataDir });
  try {
    const { id: whole } = await findAlert(environment.store, id);
    return await work(whole, environment.store, environment);
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

const HEAD = ['post', 'revision', 'found by', 'what is kept', 'bytes', 'SHA-256', 'preserved'];
const ID_DIGITS = 8;
const HASH_DIGITS = 16;

const FORMS = {
  post: 'the post',
  fingerprint: 'what history had of it',
  detection: 'only what was found',
} as const;

/** One row for each file of each revision, by its first find. */
function rowsOf(evidence: readonly StoredEvidence[]): string[][] {
  const rows = new Map<string, string[]>();
  for (const one of evidence) {
    const put = (what: string, { bytes, sha256 }: StoredEvidence['record']) => {
      const key = `${one.postId} ${what} ${sha256}`;
      if (rows.has(key)) return;
      rows.set(key, [
        one.postId.slice(0, ID_DIGITS),
        String(one.revision),
        one.engine,
        what,
        String(bytes),
        sha256.slice(0, HASH_DIGITS),
        one.preservedAt.toISOString(),
      ]);
    };
    put(FORMS[one.form], one.record);
    for (const medium of one.media) put(`media[${medium.mediaIndex}], ${printable(medium.mime, 40)}`, medium);
  }
  return [...rows.values()];
}

/** Each file once, even if several occurrences share it. */
function filesOf(evidence: readonly StoredEvidence[]): StoredEvidence['record'][] {
  const files = evidence.flatMap(({ record, media }) => [record, ...media]);
  return [...new Map(files.map((file) => [file.sha256, file])).values()];
}
