/** Checks that a post on a real Bluesky server is an alert at once, though its account is polled only once an hour. */
import { listAlerts } from '@leakwatch/alerting/incidents';
import { loadAlertingConfig } from '@leakwatch/alerting';
import { loadCoverage, readStanding } from '@leakwatch/alerting/measure';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { HAS_PDS, itNeedsPds } from '../../services/ingest/test/support/pds.ts';
import { eventually } from '../harness/eventually.ts';
import { openStreamedPipeline, type StreamedPipeline } from '../harness/streamed-pipeline.ts';

let streamed: StreamedPipeline;
beforeAll(async () => {
  if (HAS_PDS) streamed = await openStreamedPipeline();
});
afterAll(async () => {
  if (HAS_PDS) await streamed.close();
});

const alertFor = (uri: string) =>
  eventually(async () => {
    const alerts = await listAlerts(streamed.pipeline.store.pool, { limit: 10 });
    const found = alerts.find(({ occurrences }) =>
      occurrences.some(({ detection }) => detection.post.nativeId === uri),
    );
    return found;
  });

describe('an account whose platform streams', () => {
  itNeedsPds('raises an alert for a leak between two polls', async () => {
    const { uri } = await streamed.ana.post('here it is: the Quillon Ember');
    expect(await alertFor(uri)).toMatchObject({ creatorId: 'ana', campaignId: 'aurora' });
  });

  itNeedsPds('raises one for a leak that was posted while the stream was down', async () => {
    streamed.jetstream.refuses = true;
    streamed.jetstream.drop();
    const { uri } = await streamed.ana.post('again, the Quillon Ember');
    streamed.jetstream.refuses = false;
    await alertFor(uri);
  });

  itNeedsPds(
    'raises one for a leak that was posted while nobody listened, from the place that was saved',
    async () => {
      await streamed.stopPolls();
      const { uri } = await streamed.ana.post('once more, the Quillon Ember');
      streamed.startPolls();
      await alertFor(uri);
      expect(streamed.jetstream.cursors.at(-1)).not.toBeNull();
    },
  );

  itNeedsPds('counts as not heard once its server has suspended it', async () => {
    await streamed.pds.takeDown(streamed.ana.did);
    const { pool } = streamed.pipeline.store;
    const lines = await eventually(async () => {
      const standing = await readStanding(pool, loadAlertingConfig({}));
      const found = await loadCoverage(pool, { ...standing, at: new Date() });
      return found.some(({ why }) => why.includes('gone since')) ? found : undefined;
    });
    expect(lines).toMatchObject([{ creatorId: 'ana' }]);
  });
});
