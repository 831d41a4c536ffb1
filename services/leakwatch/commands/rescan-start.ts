import { type ItemReference } from '@leakwatch/contracts';
import { checkRequest, estimateRescan, openJobQueue, requestRescan, RescanError } from '@leakwatch/rescan';
import { UsageError } from '@leakwatch/runtime';
import { openEnvironment } from '../environment.ts';
import { RescanStartedSchema } from '../outcomes.ts';
import { formatDuration } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { followRescan } from './rescan-show.ts';

export interface RescanStartOptions {
  readonly dataDir: string;
  readonly since?: string;
  readonly until?: string;
  readonly campaign?: readonly string[];
  readonly item?: readonly string[];
  readonly creator?: readonly string[];
  readonly platform?: readonly string[];
  readonly lane?: readonly ('text' | 'image')[];
  readonly minConfidence?: number;
  readonly sinceVersion?: string;
  readonly dryRun: boolean;
  readonly estimate: boolean;
  readonly wait: boolean;
  readonly by: string;
}

/** Requests a re-scan: prints an estimate, queues it for the workers, and prints its id. */
export async function startRescan(options: RescanStartOptions, screen: Screen): Promise<void> {
  const input = requestOf(options);
  const environment = await openEnvironment(options);
  const { store, log } = environment;
  const queue = await openJobQueue(store, { onError: (error) => screen.problem(error.message) });
  try {
    const request = await checkRequest(store, input, new Date()).catch(asUsageError);
    const { fingerprints, seconds } = await estimateRescan(store, log, request);
    const time =
      seconds === null
        ? 'no estimate of the time before a first re-scan has ended'
        : `about ${formatDuration(seconds * 1000)}`;
    screen.note(`${fingerprints.toLocaleString('en')} fingerprints to read, ${time}`);
    const estimate = { fingerprints, seconds };
    if (options.estimate) {
      screen.outcome(RescanStartedSchema, { id: null, ...estimate }, null);
      return;
    }
    const id = await requestRescan(store, queue, {
      cause: 'request',
      request,
      requestedBy: options.by,
      at: new Date(),
    });
    screen.outcome(RescanStartedSchema, { id, ...estimate }, id);
    if (options.wait) await followRescan(store, id, screen);
  } finally {
    await queue.stop();
    await environment.stop();
  }
}

function requestOf(options: RescanStartOptions) {
  return {
    ...(options.since === undefined ? {} : { since: instant('--since', options.since) }),
    ...(options.until === undefined ? {} : { until: instant('--until', options.until) }),
    ...(options.campaign === undefined ? {} : { campaigns: [...options.campaign] }),
    ...(options.item === undefined ? {} : { items: options.item.map(itemOf) }),
    ...(options.creator === undefined ? {} : { creators: [...options.creator] }),
    ...(options.platform === undefined ? {} : { platforms: [...options.platform] }),
    ...(options.lane === undefined ? {} : { lanes: [...options.lane] }),
    ...(options.minConfidence === undefined ? {} : { minConfidence: options.minConfidence }),
    ...(options.sinceVersion === undefined ? {} : { sinceVersion: options.sinceVersion }),
    dryRun: options.dryRun,
  };
}

const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** Reads an instant; a day means its beginning in UTC. */
function instant(option: string, text: string): string {
  const at = new Date(text);
  if (!DATE.test(text) || Number.isNaN(at.getTime())) {
    throw new UsageError(
      `${option} \`${text}\` must be a day or an instant with a zone, like 2026-11-01 or 2026-11-01T09:00:00Z`,
    );
  }
  return at.toISOString();
}

/** CAMPAIGN/term/ID. Campaign and item may contain slashes, so the kind between them is the separator. */
function itemOf(text: string): ItemReference {
  const [, campaignId, kind, itemId] = /^(.+)\/(term|asset)\/(.+)$/.exec(text) ?? [];
  if (campaignId === undefined || itemId === undefined) {
    throw new UsageError(`--item \`${text}\` must be CAMPAIGN/term/ID or CAMPAIGN/asset/ID`);
  }
  return { campaignId, kind: kind === 'asset' ? 'asset' : 'term', itemId };
}

function asUsageError(error: unknown): never {
  throw error instanceof RescanError ? new UsageError(error.message) : error;
}
