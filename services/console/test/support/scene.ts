import { addOccurrence, openAlert } from '@leakwatch/alerting/incidents';
import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadPlaybooks } from '@leakwatch/alerting/desk';
import {
  alertId,
  CreatorSchema,
  detectionId,
  postId,
  postThreadId,
  RegisteredCampaignSchema,
  sha256Hex,
  TOPICS,
  type Detection,
  type Severity,
} from '@leakwatch/contracts';
import { type EventLog } from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { loadIngestConfig } from '@leakwatch/ingest';
import { silentLogger } from '@leakwatch/runtime';
import {
  keepEvidenceBytes,
  keepEvidenceMedia,
  saveBlob,
  saveWatchList,
  type Queryable,
  secretBytes,
} from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import sharp from 'sharp';
import { createConsole, loadConsoleConfig, type ConsoleApp } from '../../index.ts';
import { Browser } from './browser.ts';

const PASSWORD = 'correct horse battery';

/** A database with two campaigns, and a console on it. Close it at the end. */
export interface Scene {
  readonly store: TestStore;
  readonly log: EventLog;
  readonly console: ConsoleApp;
  /** The console's clock; tests move it. */
  readonly clock: { now: Date };
  /** Signed in as the first admin, `ada`. */
  readonly admin: Browser;
  /** Makes an account and signs it in. */
  person(name: string, role: string, campaigns?: readonly string[] | null): Promise<Browser>;
  /** Raises an alert; gives its id. */
  raise(traits?: AlertTraits): Promise<string>;
  close(): Promise<void>;
}

interface AlertTraits {
  readonly campaignId?: 'aurora' | 'borealis';
  readonly creatorId?: string;
  readonly severity?: Severity;
  readonly text?: string;
  readonly matched?: string;
  readonly openedAt?: Date;
  readonly minutesToAct?: number;
  /** Adds the asset's picture to the post, and finds it. */
  readonly picture?: boolean;
  /** How the picture was found. */
  readonly how?: readonly string[];
}

export async function openScene(
  env: NodeJS.ProcessEnv = {},
  { pages }: { readonly pages?: 'built' } = {},
): Promise<Scene> {
  const store = await openTestStore();
  const asset = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a03040' } })
    .png()
    .toBuffer();
  const assetSha256 = sha256Hex(asset);
  await saveBlob(store.pool, { mime: 'image/png', bytes: asset });
  await store.transaction((tx) => saveWatchList(tx, watchList(assetSha256)));

  const clock = { now: new Date() };
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      secret: secretBytes,
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
    partitions: 1,
    leaseMs: 3000,
  });
  const config = loadConsoleConfig({ LEAKWATCH_CONSOLE_PORT: '0', ...env });
  const console = createConsole({
    store,
    logger: silentLogger(),
    clock: () => clock.now,
    config,
    alerting: loadAlertingConfig(env),
    polls: loadIngestConfig(env).polls,
    playbooks: await loadPlaybooks(undefined),
    version: 'test',
    log,
    status: () => Promise.resolve({ healthy: true, problems: [], processes: [] }),
    ...(pages === 'built' ? {} : { pages: null }),
  });
  await console.start();
  const admin = new Browser(console.address);
  const code = (console.firstLink ?? '').split('#')[1] ?? '';
  await admin.post('/v1/session/welcome', { code, name: 'ada', password: PASSWORD });

  let alerts = 0;
  return {
    store,
    log,
    console,
    clock,
    admin,
    person: async (name, role, campaigns = null) => {
      const invited = await admin.post('/v1/accounts', { name, role, campaigns });
      const link = new URL(String(invited.body['link']));
      const browser = new Browser(console.address);
      await browser.post('/v1/session/welcome', { code: link.hash.slice(1), name, password: PASSWORD });
      return browser;
    },
    raise: async (traits = {}) => {
      alerts += 1;
      return store.transaction((tx) => raiseAlert(tx, { asset, number: alerts, now: clock.now, ...traits }));
    },
    close: async () => {
      await console.stop();
      await log.close();
      await store.drop();
    },
  };
}

export { PASSWORD };

function watchList(assetSha256: string) {
  const liftsAt = new Date(Date.now() + 3 * 86_400_000).toISOString();
  return {
    campaigns: [
      {
        id: 'aurora',
        name: 'Aurora',
        embargo: { liftsAt },
        terms: [{ id: 'ember', text: 'Quillon Ember' }],
        assets: [
          {
            id: 'hero',
            file: 'hero.png',
            name: 'Hero',
            sha256: assetSha256,
            engine: 'image/1',
            fingerprint: '',
          },
        ],
      },
      { id: 'borealis', name: 'Borealis', terms: [{ id: 'cove', text: 'Marlow Cove' }], assets: [] },
    ].map((campaign) => RegisteredCampaignSchema.parse(campaign)),
    creators: [
      CreatorSchema.parse({
        id: 'mara',
        name: 'Mara Lind',
        accounts: [{ platform: 'instagram', handle: 'mara' }],
        risk: { followers: 120_000 },
      }),
    ],
  };
}

/** A post as ingest publishes it. */
export function postFields(one: {
  readonly nativeId: string;
  readonly creatorId: string;
  readonly text: string;
  readonly at: Date;
  readonly media?: boolean;
}) {
  const { nativeId, creatorId, text, at, media = false } = one;
  const place = { platform: 'instagram', instance: 'instagram.com', nativeId };
  return {
    schemaVersion: 1,
    ...place,
    id: postId({ ...place, revision: 1, op: 'create' }),
    revision: 1,
    op: 'create',
    type: 'post',
    creatorId,
    author: { nativeId: 'n1', handle: 'mara', displayName: 'Mara', url: null },
    canonicalUrl: `https://instagram.com/p/${nativeId}`,
    inReplyTo: null,
    repostOf: null,
    text,
    contentRaw: null,
    lang: null,
    links: [],
    tags: [],
    media: media ? [MEDIUM] : [],
    publishedAt: at.toISOString(),
    editedAt: null,
    deletedAt: null,
    observedAt: at.toISOString(),
    provenance: {
      connector: 'test',
      transport: 'test',
      cursor: null,
      rawSha256: sha256Hex('raw'),
      signature: null,
    },
  };
}

interface RaiseOptions extends AlertTraits {
  readonly asset: Uint8Array;
  readonly number: number;
  readonly now: Date;
}

async function raiseAlert(tx: Queryable, options: RaiseOptions): Promise<string> {
  const { number, now, campaignId = 'aurora', creatorId = `mara-${number}`, openedAt = now } = options;
  const {
    text = 'so this is Quillon Ember, finally',
    matched = 'Quillon Ember',
    severity = 'high',
  } = options;
  const id = alertId(creatorId, campaignId, 1);
  const publishedAt = new Date(openedAt.getTime() - 2000);
  const place = { platform: 'instagram', instance: 'instagram.com', nativeId: `p${number}` };
  const post = {
    ...place,
    id: postId({ ...place, revision: 1, op: 'create' }),
    threadId: postThreadId(place),
    revision: 1,
    op: 'create' as const,
    creatorId,
    authorHandle: 'mara',
    canonicalUrl: `https://instagram.com/p/${number}`,
    publishedAt: publishedAt.toISOString(),
    observedAt: openedAt.toISOString(),
  };
  const whole = {
    ...postFields({
      nativeId: place.nativeId,
      creatorId,
      text,
      at: openedAt,
      media: options.picture === true,
    }),
    publishedAt: post.publishedAt,
  };
  const record = Buffer.from(JSON.stringify(whole));
  const recordSha256 = sha256Hex(record);
  await keepEvidenceBytes(tx, [{ sha256: recordSha256, mime: 'application/json', bytes: record }]);
  if (options.picture === true) {
    const sha256 = sha256Hex(options.asset);
    await keepEvidenceBytes(tx, [{ sha256, mime: 'image/png', bytes: options.asset }]);
    await keepEvidenceMedia(tx, [{ recordSha256, mediaIndex: 0, sha256 }]);
  }
  await openAlert(tx, {
    id,
    creatorId,
    campaignId,
    episode: 1,
    tier: 3,
    tierReasons: [],
    severity,
    severityReasons: ['60 rule level high'],
    violation: 'early-post',
    ruleId: 'early-post',
    rulesetHash: sha256Hex('rules'),
    matcher: 'text',
    openedAt,
    minutesToAct: options.minutesToAct ?? 30,
    minutesToResolve: 480,
    escalates: true,
    detectionLatencyMs: 2000,
    pipelineLatencyMs: 300,
    publishedAt,
  });
  const from = text.indexOf(matched);
  const found = (kind: 'term' | 'asset'): Detection => {
    const itemId = kind === 'asset' ? 'hero' : campaignId === 'aurora' ? 'ember' : 'cove';
    return {
      schemaVersion: 1,
      id: detectionId(post.id, campaignId, kind, itemId),
      post,
      lane: kind === 'term' ? 'text' : 'image',
      evidence: {
        campaignId,
        itemId,
        kind,
        confidence: 0.98,
        span: kind === 'term' ? [from, from + matched.length] : null,
        matched: kind === 'term' ? matched : 'media[0]',
        how: kind === 'term' ? ['confusable'] : [...(options.how ?? ['pdq'])],
        distance: 0,
        mediaIndex: kind === 'term' ? null : 0,
        region: null,
      },
      excerpt: kind === 'term' ? text : null,
      engine: kind === 'term' ? 'text/1' : 'image/1',
      watchListVersion: 1,
      rescanJobId: null,
      detectedAt: openedAt.toISOString(),
      kept: { form: 'post', recordSha256 },
    };
  };
  for (const detection of options.picture === true ? [found('term'), found('asset')] : [found('term')]) {
    await addOccurrence(tx, id, detection, null);
    await addEvidence(tx, id, detection, recordSha256);
  }
  return id;
}

const MEDIUM = {
  index: 0,
  kind: 'image',
  sourceUrl: null,
  declaredMime: 'image/png',
  altText: 'a box',
  widthPx: 64,
  heightPx: 48,
  durationMs: null,
  fetchError: null,
  claim: null,
};

async function addEvidence(
  tx: Queryable,
  id: string,
  detection: Detection,
  recordSha256: string,
): Promise<void> {
  const { post } = detection;
  await tx.query(
    `INSERT INTO evidence (detection_id, alert_id, post_id, thread_id, revision, form, record_sha256, lane, engine,
       watch_list_version, published_at, collected_at, detected_at, preserved_at)
     VALUES ($1, $2, $3, $4, 1, 'post', $5, $6, $7, 1, $8, $9, $9, $9)`,
    [
      detection.id,
      id,
      post.id,
      post.threadId,
      recordSha256,
      detection.lane,
      detection.engine,
      post.publishedAt,
      post.observedAt,
    ],
  );
}
