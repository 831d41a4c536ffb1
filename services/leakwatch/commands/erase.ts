import {
  erase,
  findPostByAddress,
  planErasure,
  type ErasureResult,
  type ErasureWish,
} from '@leakwatch/alerting/desk';
import { appendAudit } from '@leakwatch/console/audit';
import { hashId, NameIdSchema, postThreadId } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { loadCurrentWatchList, type Store } from '@leakwatch/store';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment } from '../environment.ts';
import { databaseOf } from '../open-log.ts';
import { formatTable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';

export interface EraseOptions {
  readonly dataDir: string;
  readonly creator?: string;
  readonly post?: string;
  readonly reason?: string;
  readonly dryRun: boolean;
  readonly open: boolean;
  readonly json: boolean;
  readonly by: string;
}

const EXIT_HELD = 1;

/** Erases, with a line in the audit log before and after. Returns the exit code. */
export async function eraseData(options: EraseOptions, screen: Screen): Promise<number> {
  const { creator, post, dryRun, by } = options;
  const reason = options.reason?.trim() ?? '';
  if ((creator === undefined) === (post === undefined)) throw new UsageError('give --creator or --post');
  if (!dryRun && reason === '') throw new UsageError('an erasure needs a --reason, for the audit log');
  const config = loadEnvironmentConfig(process.env);
  const environment = await openEnvironment({ dataDir: options.dataDir, config });
  try {
    const { store } = environment;
    const wish = creator === undefined ? await findPost(store, post ?? '') : creatorOf(creator);
    const plan = await planErasure(store, databaseOf(store), wish);
    if (plan.open.length > 0 && !options.open && !dryRun) {
      throw new UsageError(
        `${plan.open.length} of its alerts are not resolved: resolve or hold them first, or erase them, too, with --open`,
      );
    }
    let result = plan;
    if (!dryRun) {
      // The audit log must not name the person either.
      const subject =
        wish.kind === 'creator'
          ? `creator ${hashId('erased-creator', wish.creatorId).slice(0, SUBJECT_DIGITS)}`
          : `post ${postThreadId(wish.place).slice(0, SUBJECT_DIGITS)}`;
      await appendAudit(store.pool, { actor: by, action: 'erasure-begun', subject, detail: { reason } });
      result = await erase(store, databaseOf(store), { wish, by, reason });
      const detail = { ...Object.fromEntries(result.counts), held: result.held.length };
      await appendAudit(store.pool, { actor: by, action: 'erased', subject, detail });
    }
    show(result, options, screen);
    await warn(wish, store, config.kafka !== null, screen);
    return result.held.length > 0 ? EXIT_HELD : 0;
  } finally {
    await environment.stop();
  }
}

const SUBJECT_DIGITS = 16;

function creatorOf(id: string): ErasureWish {
  const creatorId = NameIdSchema.safeParse(id);
  if (!creatorId.success) throw new UsageError('--creator must be an id without white space at its ends');
  return { kind: 'creator', creatorId: creatorId.data };
}

async function findPost(store: Store, post: string): Promise<ErasureWish> {
  if (/^https?:\/\//.test(post)) {
    const place = await findPostByAddress(store.pool, databaseOf(store), post);
    if (place !== null) return { kind: 'post', place, link: post };
    throw new UsageError('no alert, no drawn post and no record has this address: give PLATFORM/INSTANCE/ID');
  }
  const [, platform, instance, nativeId] = /^([^/]+)\/([^/]+)\/(.+)$/.exec(post) ?? [];
  if (platform === undefined || instance === undefined || nativeId === undefined) {
    throw new UsageError('--post must be an http(s) address or PLATFORM/INSTANCE/ID');
  }
  return { kind: 'post', place: { platform, instance, nativeId }, link: null };
}

function show(result: ErasureResult, { dryRun, json }: EraseOptions, screen: Screen): void {
  if (json) {
    screen.json({
      dryRun,
      counts: Object.fromEntries(result.counts),
      heldAlerts: result.held,
      openAlerts: result.open,
    });
    return;
  }
  if (result.counts.size === 0) screen.note('nothing of it is kept');
  else {
    const head = ['what', dryRun ? 'would be erased' : 'erased'];
    screen.result(
      formatTable(
        head,
        [...result.counts].map(([kind, n]) => [kind, String(n)]),
      ),
    );
  }
  for (const id of result.held) screen.problem(`alert ${id.slice(0, 8)} is held and stays as it is`);
  if (dryRun && result.open.length > 0) {
    screen.note(`${result.open.length} of its alerts are not resolved: only --open erases them`);
  }
}

async function warn(wish: ErasureWish, store: Store, isKafka: boolean, screen: Screen): Promise<void> {
  if (isKafka) {
    screen.note(
      "the log is in Kafka: its records stay until their topics' retention is over; leakwatch makes no alert of them",
    );
  }
  const list = await loadCurrentWatchList(store.pool);
  if (wish.kind === 'creator' && list?.creators.some(({ id }) => id === wish.creatorId) === true) {
    screen.note(
      'the current watch list names the creator: import one without them, or new posts are taken in',
    );
  }
}
