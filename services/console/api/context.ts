import { type Playbook } from '@leakwatch/alerting/desk';
import { type AlertingConfig } from '@leakwatch/alerting';
import { type EventLog, type ReplayLetterOptions } from '@leakwatch/event-log';
import { type IngestConfig } from '@leakwatch/ingest';
import { type ImageEngine } from '@leakwatch/image-matching';
import { type JobQueue } from '@leakwatch/rescan';
import { type Logger } from '@leakwatch/runtime';
import { type Database, type Store } from '@leakwatch/store';
import { type FastifyRequest } from 'fastify';
import { scopedTo } from './access/scoped-database.ts';
import { type Guard } from './access/guard.ts';
import { type Viewer } from './access/viewer.ts';
import { type SessionOptions } from './accounts/open-session.ts';
import { wasRevealed } from './audit/queries/was-revealed.ts';
import { type ConsoleConfig } from '../config.ts';
import { type Presentation } from './incidents/present-item.ts';
import { type LiveHub } from './live/live-hub.ts';
import { type OnDemand } from './on-demand.ts';
import { ProblemError } from './problems.ts';
import { type QueueFilter, type System } from './schemas/index.ts';
import { type NamesFollower, type WatchNames } from './watch-names.ts';

/** The common ground of all routes. */
export interface ConsoleContext {
  readonly store: Store;
  readonly config: ConsoleConfig;
  /** For the figures: the reviewers, the quiet times and the rules that the reports go by. */
  readonly alerting: AlertingConfig;
  /** For a poll of one account, to see whether it is heard. */
  readonly polls: IngestConfig['polls'];
  readonly sessions: SessionOptions;
  readonly guard: Guard;
  readonly names: () => WatchNames;
  /** Shows a version of the watch list that was just saved here. */
  readonly showNames: NamesFollower['show'];
  readonly playbooks: readonly Playbook[];
  readonly live: LiveHub;
  readonly pictures: OnDemand<ImageEngine>;
  readonly rescans: OnDemand<JobQueue>;
  /** Takes a dead letter's payload in again as its source would; undefined: this process has no ingest. */
  readonly takeAgain?: ReplayLetterOptions['takeAgain'];
  readonly log: EventLog;
  /** The state of the whole installation, as `leakwatch status` shows it. */
  readonly status: () => Promise<System>;
  readonly version: string;
  readonly clock: () => Date;
  readonly logger: Logger;
}

/** A request's viewer, and the database as that viewer may see it. */
export interface Scope {
  readonly viewer: Viewer;
  readonly database: Database;
  readonly presentation: Presentation;
}

export function scopeOf(context: ConsoleContext, request: FastifyRequest): Scope {
  const viewer = context.guard.viewerOf(request);
  return {
    viewer,
    database: scopedTo(context.store, viewer),
    presentation: { names: context.names(), at: context.clock(), redacted: isRedacted(context, viewer) },
  };
}

/** True if terms and pictures are hidden from the viewer until they reveal them. */
export function isRedacted(
  { config }: Pick<ConsoleContext, 'config'>,
  { role }: Pick<Viewer, 'role'>,
): boolean {
  return config.redact === 'all' || role === 'viewer';
}

/**
 * Refuses a search that tells which hidden names stand in captions: each answer would be a guess that no audit line shows.
 *
 * @throws ProblemError `forbidden`
 */
export function refuseGuesses(
  context: Pick<ConsoleContext, 'config'>,
  viewer: Viewer,
  { q, item }: QueueFilter,
): void {
  if (q === undefined && item === undefined) return;
  if (viewer.may.work || !isRedacted(context, viewer)) return;
  throw new ProblemError('forbidden', {
    detail: 'names are hidden from viewers: they cannot search for them',
  });
}

/** How long a person sees what they have revealed. */
const REVEALED_MS = 10 * 60_000;

/** Whether an incident is hidden from the viewer, who may have revealed it a moment ago. */
export async function isHidden(context: ConsoleContext, viewer: Viewer, alertId: string): Promise<boolean> {
  if (!isRedacted(context, viewer)) return false;
  const since = new Date(context.clock().getTime() - REVEALED_MS);
  return !(await wasRevealed(context.store.pool, { actor: viewer.name, alertId, since }));
}
