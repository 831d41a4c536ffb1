/** Checks that a watch list with accounts is all it takes: from a server's answer to an alert, without a webhook. */
import { listAlerts } from '@leakwatch/alerting/incidents';
import { loadCoverage, readStanding } from '@leakwatch/alerting/measure';
import { loadAlertingConfig } from '@leakwatch/alerting';
import { CreatorSchema } from '@leakwatch/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startMastodonServer,
  status,
  statusUri,
  type MastodonServer,
} from '../../services/ingest/test/support/mastodon-server.ts';
import { eventually } from '../harness/eventually.ts';
import { openWholePipeline, type WholePipeline } from '../harness/whole-pipeline.ts';

let instance: MastodonServer;
let pipeline: WholePipeline;
let polling: Promise<unknown>;
const stopping = new AbortController();

beforeAll(async () => {
  instance = await startMastodonServer();
  const account = { platform: 'mastodon', instance: instance.url, handle: '@ana' };
  const missing = { platform: 'mastodon', instance: instance.url.replace('127.0.0.1', 'localhost') };
  pipeline = await openWholePipeline({
    env: {
      LEAKWATCH_POLL_PLATFORMS: 'mastodon',
      LEAKWATCH_POLL_ALLOW_PRIVATE: '1',
      LEAKWATCH_ACCOUNT_SECONDS: '1',
    },
    watchList: {
      campaigns: [
        {
          id: 'aurora',
          name: 'Aurora',
          sensitivity: 'high',
          terms: [{ id: 'name', text: 'Quillon Ember' }],
          assets: [],
          approvedPosts: [],
        },
      ],
      creators: [
        CreatorSchema.parse({ id: 'ana', accounts: [account] }),
        CreatorSchema.parse({ id: 'ben', accounts: [{ ...missing, nativeId: '404' }] }),
      ],
    },
  });
  instance.statuses = [status('1', 'good morning')];
  polling = pipeline.ingest.runPolls({ signal: stopping.signal });
});
afterAll(async () => {
  stopping.abort();
  await polling;
  await pipeline.close();
  await instance.close();
});

describe('an account that leakwatch polls', () => {
  it('raises an alert of its creator for a leak that a boost, an entity and a warning hide', async () => {
    const other = status('900', 'here it is: the <b>Quillon</b>&nbsp;Ember', { spoiler_text: 'new box' });
    instance.statuses = [status('2', '', { reblog: other }), ...instance.statuses];
    const alerts = await eventually(async () => {
      const found = await listAlerts(pipeline.store.pool, { limit: 10 });
      return found.length > 0 ? found : undefined;
    });
    expect(alerts).toMatchObject([
      {
        creatorId: 'ana',
        campaignId: 'aurora',
        occurrences: [{ detection: { post: { nativeId: statusUri('2') } } }],
      },
    ]);
  });

  it('counts as heard; one that is gone is named with its reason', async () => {
    const { pool } = pipeline.store;
    const coverage = await eventually(async () => {
      const standing = await readStanding(pool, loadAlertingConfig({}));
      const lines = await loadCoverage(pool, { ...standing, at: new Date() });
      return lines.some(({ why }) => why.includes('gone since')) ? lines : undefined;
    });
    expect(coverage.map(({ creatorId, state }) => [creatorId, state])).toEqual([
      ['ana', 'fresh'],
      ['ben', 'stale'],
    ]);
  });
});
