import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { listDeliveries } from '../../desk/queries/list-deliveries.ts';
import { detection, revisionScan } from '../support/detections.ts';
import { openReceiver, SECRET, type Receiver } from '../support/receiver.ts';
import { openScene, until, type Scene, type SceneOptions } from '../support/scene.ts';
import { createWebhookChannel } from '../../tell/channels/webhook.ts';
import { DEFAULT_DELIVERY } from '../../tell/outbox/delivery-settings.ts';
import { claimDeliveries } from '../../tell/queries/claim-deliveries.ts';
import { countFailingNotices } from '../../tell/queries/count-failing-notices.ts';
import { finishDelivery } from '../../tell/queries/finish-delivery.ts';
import { listNotices } from '../../tell/queries/list-notices.ts';

let scene: Scene;
let receiver: Receiver;
beforeEach(async () => {
  [scene, receiver] = await Promise.all([openScene(), openReceiver()]);
});
afterEach(async () => {
  await scene.close();
  await receiver.close();
});

const impatient = { ...DEFAULT_DELIVERY, firstRetryMs: 20, longestRetryMs: 100, pollMs: 20 };

function withWebhook(settings: Partial<typeof impatient> = {}, timeoutMs = 500): SceneOptions {
  return {
    config: {
      webhook: { url: receiver.url, secret: SECRET, timeoutMs },
      consoleUrl: 'https://leakwatch.example/console',
      // Digests have tests of their own.
      digestEveryMs: null,
      delivery: { ...impatient, ...settings },
    },
  };
}

/** An incident of `mara` with four changes, and one of `nils` with three. */
async function liveThrough(): Promise<void> {
  await scene.detect(
    detection(),
    detection({ nativeId: 'q' }),
    detection({ nativeId: 'n', creatorId: 'nils' }),
  );
  await scene.detect(
    revisionScan({ revision: 2 }),
    revisionScan({ nativeId: 'n', creatorId: 'nils', op: 'delete' }),
  );
  const mara = (await scene.alerts()).find(({ creatorId }) => creatorId === 'mara');
  await giveVerdict(scene.store, { alertId: mara!.id, verdict: 'confirmed', reason: 'r', givenBy: 'ana' });
}
const STORY = {
  mara: ['opened', 'occurrence-added', 'content-removed', 'verdict-given'],
  nils: ['opened', 'content-removed', 'corrected'],
};
const CHANGES = 7;

/** Everything that was told of each creator's alert, in order. */
async function told(
  notices: readonly { alertId: string; change: string }[],
): Promise<Record<string, string[]>> {
  const alerts = await scene.alerts();
  return Object.fromEntries(
    alerts.map(({ id, creatorId }) => [
      creatorId,
      notices.filter(({ alertId }) => alertId === id).map(({ change }) => change),
    ]),
  );
}
const accepted = () =>
  told(
    receiver.accepted.map(({ notice }) => ({
      alertId: notice.data.alertId,
      change: notice.type.replace('alert.', ''),
    })),
  );

const failures = async () => (await listNotices(scene.store.pool, { failed: true, limit: 100 })).length;

describe('the topic `alerts`', () => {
  it('gets every change once and in order, with the alert as it stood then', async () => {
    await scene.start({ config: { delivery: impatient } });
    await liveThrough();
    await until(async () => (await scene.alertEvents()).length === CHANGES);
    const events = await scene.alertEvents();
    expect(await told(events.map(({ alert, change }) => ({ alertId: alert.id, change })))).toEqual(STORY);
    const mara = events.filter(({ alert }) => alert.creatorId === 'mara').map(({ alert }) => alert);
    expect(mara.map(({ occurrences, state }) => `${occurrences.length} ${state}`)).toEqual([
      '1 open',
      '2 open',
      '2 open',
      '2 resolved',
    ]);
  });
});

describe('the webhook', () => {
  it('is told every change, signed, in order, and nothing of the watch list', async () => {
    await scene.start(withWebhook());
    await liveThrough();
    await until(() => receiver.accepted.length === CHANGES);
    expect(await accepted()).toEqual(STORY);
    const [first] = receiver.accepted;
    expect(first?.notice.data).toMatchObject({ severity: 'medium', tier: 1, state: 'open' });
    expect(first?.notice.data.url).toBe(
      `https://leakwatch.example/console/alerts/${first?.notice.data.alertId}`,
    );
    const everything = receiver.accepted.map(({ body }) => body).join('\n');
    for (const secret of ['mara', 'nils', 'aurora', 'codename', 'secret', 'handle', 'instagram']) {
      expect(everything).not.toContain(secret);
    }
  });

  it('gets all of it exactly once, in order, when it comes back', async () => {
    receiver.behave('refuse');
    const { metrics } = await scene.start(withWebhook());
    await liveThrough();
    await until(() => receiver.requests.length >= 12);
    expect(receiver.accepted).toEqual([]);
    const [mara] = (await scene.alerts()).filter(({ creatorId }) => creatorId === 'mara');
    const [waiting] = await listDeliveries(scene.store.pool, mara!.id);
    expect(waiting).toMatchObject({ channel: 'webhook', deliveredAt: null, lastError: 'HTTP 503' });
    expect(waiting?.attempts).toBeGreaterThan(1);

    receiver.behave('accept');
    await until(() => receiver.accepted.length === CHANGES);
    expect(await accepted()).toEqual(STORY);
    expect(new Set(receiver.accepted.map(({ id }) => id)).size).toBe(CHANGES);
    await expect
      .poll(async () => {
        const { values } = await metrics.notifications.get();
        return values.find(({ labels }) => labels.outcome === 'delivered')?.value;
      })
      .toBe(CHANGES);
  });

  it('that is down keeps the terminal from nothing', async () => {
    receiver.behave('hang');
    const lines: string[] = [];
    const terminal = { write: (line: string) => void lines.push(line), details: false };
    await scene.start({ ...withWebhook(), terminal });
    await liveThrough();
    await until(() => lines.length === CHANGES);
    expect(receiver.accepted).toEqual([]);
  });

  it('is not followed to another address', async () => {
    receiver.behave('redirect');
    await scene.start(withWebhook());
    await scene.detect(detection());
    await until(() => receiver.requests.length >= 3);
    expect(new Set(receiver.requests)).toEqual(new Set(['POST /hook']));
    const [alert] = await scene.alerts();
    expect(await listDeliveries(scene.store.pool, alert!.id)).toMatchObject([
      { lastError: 'HTTP 307: redirects are not followed', deliveredAt: null },
    ]);
  });

  it('that is never repaired is given up in the end, and logged', async () => {
    receiver.behave('refuse');
    const { metrics } = await scene.start(withWebhook({ giveUpAfterMs: 150 }));
    await scene.detect(detection());
    const [alert] = await scene.alerts();
    await until(async () => (await listDeliveries(scene.store.pool, alert!.id))[0]?.gaveUpAt instanceof Date);
    const { values } = await metrics.notifications.get();
    expect(values.find(({ labels }) => labels.outcome === 'gave-up')?.value).toBe(1);
  });

  it('is told again with the same id where its answer was lost', async () => {
    receiver.behave('forget');
    await scene.start(withWebhook());
    await scene.detect(detection());
    await until(() => receiver.accepted.length >= 2);
    receiver.behave('accept');
    const [alert] = await scene.alerts();
    await until(
      async () => (await listDeliveries(scene.store.pool, alert!.id))[0]?.deliveredAt instanceof Date,
    );
    expect(new Set(receiver.accepted.map(({ id }) => id)).size).toBe(1);
  });

  it('is told again with the same id after a crash between the telling and its note', async () => {
    const { app } = await scene.start({ ...withWebhook(), config: { delivery: impatient } });
    await scene.detect(detection());
    await app.stop();
    // Acts like a process that dies: it claims and tells, and never records it.
    const { pool } = scene.store;
    await pool.query(
      `INSERT INTO alert_delivery (seq, channel, alert_id, next_attempt_at)
       SELECT seq, 'webhook', alert_id, clock_timestamp() FROM alert_outbox`,
    );
    const [claimed] = await claimDeliveries(pool, { channel: 'webhook', limit: 1, leaseMs: 100 });
    const { webhook, consoleUrl } = withWebhook().config!;
    await createWebhookChannel(webhook!, { consoleUrl: consoleUrl!, details: [] }).deliver(claimed!.event);

    await scene.start(withWebhook());
    await until(() => receiver.accepted.length === 2);
    expect(new Set(receiver.accepted.map(({ id }) => id))).toEqual(new Set([claimed!.event.id]));
  });

  it('is left to a later attempt by an earlier one that comes to say that it failed', async () => {
    const { app } = await scene.start({ ...withWebhook(), config: { delivery: impatient } });
    await scene.detect(detection());
    await app.stop();
    const { pool } = scene.store;
    await pool.query(
      `INSERT INTO alert_delivery (seq, channel, alert_id, next_attempt_at)
       SELECT seq, 'webhook', alert_id, clock_timestamp() FROM alert_outbox`,
    );
    const claim = (leaseMs: number) => claimDeliveries(pool, { channel: 'webhook', limit: 1, leaseMs });
    const standing = async (): Promise<unknown> => {
      const columns =
        'attempts, leased, delivered_at IS NOT NULL AS delivered, gave_up_at IS NOT NULL AS given_up';
      return (await pool.query(`SELECT ${columns} FROM alert_delivery`)).rows[0];
    };
    const [early] = await claim(0);
    const [late] = await claim(600_000);
    const of = ({ seq, attempts }: { seq: string; attempts: number }) => ({
      seq,
      attempts,
      channel: 'webhook',
    });
    const failed = { kind: 'failed', error: 'no answer', retryInMs: 0 } as const;
    await finishDelivery(pool, of(early!), failed);
    expect(await standing()).toEqual({ attempts: 2, leased: true, delivered: false, given_up: false });
    await finishDelivery(pool, of(late!), { kind: 'gave-up', error: 'gone' });
    await finishDelivery(pool, of(early!), failed);
    expect(await standing()).toEqual({ attempts: 2, leased: false, delivered: false, given_up: true });
    await finishDelivery(pool, of(early!), { kind: 'delivered' });
    expect(await standing()).toEqual({ attempts: 2, leased: false, delivered: true, given_up: false });
  });

  it('that is down for an hour gets all of it exactly once, in order, from two processes', async () => {
    receiver.behave('refuse');
    const hourly = withWebhook({ firstRetryMs: 7_200_000, longestRetryMs: 7_200_000 });
    await Promise.all([scene.start(hourly), scene.start(hourly)]);
    await liveThrough();
    // The first change of each alert has failed and waits; later ones wait behind it.
    await until(async () => (await failures()) === 2);
    expect(await countFailingNotices(scene.store.pool)).toEqual(new Map([['webhook', 2]]));
    receiver.behave('accept');
    expect(receiver.accepted).toEqual([]);
    await scene.store.pool.query(
      `UPDATE alert_delivery SET next_attempt_at = next_attempt_at - interval '2 hours'`,
    );
    await until(() => receiver.accepted.length >= CHANGES);
    await until(async () => {
      const notices = await listNotices(scene.store.pool, { limit: 100 });
      return notices.every(({ deliveredAt }) => deliveredAt !== null);
    });
    expect(await countFailingNotices(scene.store.pool)).toEqual(new Map());
    expect(receiver.accepted).toHaveLength(CHANGES);
    expect(await accepted()).toEqual(STORY);
    expect(new Set(receiver.accepted.map(({ id }) => id)).size).toBe(CHANGES);
  });

  it('is told once by two processes', async () => {
    await Promise.all([scene.start(withWebhook()), scene.start(withWebhook())]);
    await liveThrough();
    await until(() => receiver.accepted.length >= CHANGES);
    const alerts = await scene.alerts();
    await until(async () => {
      const deliveries = await Promise.all(alerts.map(({ id }) => listDeliveries(scene.store.pool, id)));
      return deliveries.flat().every(({ deliveredAt }) => deliveredAt !== null);
    });
    expect(receiver.accepted).toHaveLength(CHANGES);
    expect(await accepted()).toEqual(STORY);
  });
});

describe('stopping', () => {
  it('flushes the outbox first', async () => {
    const { app } = await scene.start(withWebhook({ pollMs: 60_000 }));
    await scene.detect(...Array.from({ length: 12 }, (_, index) => detection({ nativeId: `p${index}` })));
    await app.stop();
    // One for each post, and one for the severity at ten posts.
    expect(receiver.accepted).toHaveLength(13);
    await expect(app.ready()).rejects.toThrow('stopped');
  });

  it('leaves what a burst has not told yet to the next process, which tells it once', async () => {
    const burst = 300;
    receiver.behave('dawdle');
    const { app } = await scene.start(withWebhook({}, 10_000));
    await scene.detect(
      ...Array.from({ length: burst }, (_, index) =>
        detection({ creatorId: `c${index}`, nativeId: `p${index}` }),
      ),
    );
    await app.stop();
    expect(receiver.accepted.length).toBeGreaterThan(0);
    expect(receiver.accepted.length).toBeLessThan(burst);
    receiver.behave('accept');
    await scene.start(withWebhook());
    await until(() => receiver.accepted.length >= burst);
    expect(new Set(receiver.accepted.map(({ id }) => id)).size).toBe(burst);
    expect(receiver.accepted).toHaveLength(burst);
  }, 30_000);
});
