import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreatorSchema,
  EVENTS,
  RegisteredCampaignSchema,
  TOPICS,
  type Alert,
  type AlertEvent,
  type Detection,
  type RevisionScan,
} from '@leakwatch/contracts';
import { decodeEvent, type EventLog, type Offsets, type OutgoingRecord } from '@leakwatch/event-log';
import { createPostgresEventLog } from '@leakwatch/event-log/postgres';
import { createMetrics, silentLogger } from '@leakwatch/runtime';
import { saveWatchList, secretBytes } from '@leakwatch/store';
import { openTestStore, type TestStore } from '@leakwatch/store/testing';
import { type z } from 'zod';
import { createAlerting, type AlertingApp } from '../../app.ts';
import { loadAlertingConfig, type AlertingConfig } from '../../config.ts';
import { listAlerts } from '../../incidents/queries/list-alerts.ts';
import { detectionRecord, LIFTS_AT, scanRecord } from './detections.ts';

export const NOW = new Date('2026-11-20T09:00:42.000Z');

type CampaignInput = z.input<typeof RegisteredCampaignSchema>;
type CreatorInput = z.input<typeof CreatorSchema>;

export const CAMPAIGNS: CampaignInput[] = [
  {
    id: 'aurora',
    name: 'Aurora',
    embargo: { liftsAt: LIFTS_AT },
    assets: [],
    approvedPosts: [
      'allowed-id',
      'https://instagram.com/p/allowed',
      'https://www.youtube.com/watch?v=allowed',
    ],
    approvedTexts: ['Counting down with Quillon Ember ✨ #ad'],
  },
  { id: 'borealis', name: 'Borealis', sensitivity: 'high', embargo: { liftsAt: LIFTS_AT }, assets: [] },
  { id: 'evergreen', name: 'Evergreen', assets: [] },
];
export const CREATORS: CreatorInput[] = [
  { id: 'mara', risk: { partnerships: 4 } },
  { id: 'leaky', risk: { partnerships: 4, confirmedLeaks: 1 } },
  { id: 'nils', risk: { partnerships: 2 } },
];

/** In an order that works while a relay keeps reading them. */
const TABLES = [
  'alert_delivery',
  'digest_entry',
  'digest_rescan',
  'digest',
  'alert_outbox',
  'alert_verdict',
  'alert_transition',
  'alert_occurrence',
  'alert',
  'suppressed_detection',
  'silence',
  'scanned_revision',
  'creator_tier',
  'creator_tier_change',
  'tier_pin',
  'tier_to_decide',
  'look_back',
];

/** A separate database and log, with as many alerting processes as a test wants. */
export interface Scene {
  readonly store: TestStore;
  readonly log: EventLog;
  start(options?: SceneOptions): Promise<{ app: AlertingApp; metrics: ReturnType<typeof createMetrics> }>;
  setWatchList(campaigns: CampaignInput[], creators?: CreatorInput[]): Promise<number>;
  /** Publishes, and waits until every alerting process has committed it. */
  detect(...happenings: (Detection | RevisionScan)[]): Promise<void>;
  publish(...records: OutgoingRecord[]): Promise<void>;
  settled(): Promise<void>;
  alerts(): Promise<Alert[]>;
  /** The records of the topic `alerts`, in order. */
  alertEvents(): Promise<AlertEvent[]>;
  /** Deletes every alert, notice and count so far, for the next test on the same database. */
  clear(): Promise<void>;
  close(): Promise<void>;
}

export interface SceneOptions {
  readonly config?: Partial<AlertingConfig>;
  readonly terminal?: { write: (line: string) => void; details: boolean };
  readonly clock?: () => Date;
}

/** @param open - opens the database, if not one on the server that all tests share */
export async function openScene(open: () => Promise<TestStore> = openTestStore): Promise<Scene> {
  const store = await open();
  const log = await createPostgresEventLog({
    database: {
      query: (text, values) => store.pool.query(text, values),
      secret: secretBytes,
      listen: (channel, onNotify) => store.listen(channel, onNotify),
    },
    topics: TOPICS,
    partitions: 3,
    leaseMs: 3000,
    pollMs: 50,
    backOff: { firstMs: 5, longestMs: 50 },
  });
  const apps: AlertingApp[] = [];
  const allMetrics: ReturnType<typeof createMetrics>[] = [];
  let eventsFrom: Offsets = new Map();

  const settled = () =>
    until(async () => {
      const ends = await log.endOffsets('detections');
      const committed = await log.committedOffsets('alerting', 'detections');
      return [...ends].every(([partition, end]) => (committed.get(partition) ?? 0n) === end);
    });
  const publish = (...records: OutgoingRecord[]) => log.publish(records);
  const setWatchList = async (campaigns: CampaignInput[], creators: CreatorInput[] = CREATORS) => {
    const content = {
      campaigns: campaigns.map((campaign) => RegisteredCampaignSchema.parse(campaign)),
      creators: creators.map((creator) => CreatorSchema.parse(creator)),
    };
    const { version } = await store.transaction((tx) => saveWatchList(tx, content));
    return version;
  };
  await setWatchList(CAMPAIGNS);

  return {
    store,
    log,
    publish,
    settled,
    setWatchList,
    start: async ({ config = {}, terminal, clock = () => NOW } = {}) => {
      const metrics = createMetrics({ processMetrics: false });
      const app = createAlerting({
        store,
        log,
        metrics,
        logger: silentLogger(),
        config: { ...loadAlertingConfig({}), ...config },
        clock,
        terminal: terminal ?? null,
      });
      apps.push(app);
      allMetrics.push(metrics);
      await app.start();
      return { app, metrics };
    },
    detect: async (...happenings) => {
      await publish(...happenings.map((one) => ('evidence' in one ? detectionRecord(one) : scanRecord(one))));
      await settled();
    },
    alerts: () => listAlerts(store.pool, { limit: 100 }),
    alertEvents: async () => {
      const events: AlertEvent[] = [];
      for await (const records of log.replay({ topic: 'alerts', from: eventsFrom })) {
        events.push(...records.map((record) => decodeEvent(record, EVENTS.alert)));
      }
      return events;
    },
    clear: async () => {
      await until(async () => {
        const { rowCount } = await store.pool.query('SELECT 1 FROM alert_outbox WHERE published_at IS NULL');
        return rowCount === 0;
      });
      for (const table of TABLES) await store.pool.query(`DELETE FROM ${table}`);
      eventsFrom = await log.endOffsets('alerts');
      for (const metrics of allMetrics) metrics.registry.resetMetrics();
    },
    close: async () => {
      for (const app of apps) await app.stop();
      await log.close();
      await store.drop();
    },
  };
}

/** Waits until a condition holds; if it never does, the test's own time limit ends it. */
export async function until(isTrue: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isTrue())) await sleep(10);
}
