import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { detection } from '../support/detections.ts';
import { openHttpReceiver, type HttpReceiver } from '../support/http-receiver.ts';
import { SECRET } from '../support/receiver.ts';
import { openScene, until, type Scene, type SceneOptions } from '../support/scene.ts';
import { DEFAULT_DELIVERY } from '../../tell/outbox/delivery-settings.ts';
import { listNotices } from '../../tell/queries/list-notices.ts';
import { retryNotices } from '../../tell/queries/retry-notices.ts';

const MessageSchema = z.object({
  type: z.string(),
  data: z.union([
    z.object({
      alerts: z.array(z.object({ alertId: z.string(), changes: z.array(z.string()) })),
      rescans: z.array(z.record(z.string(), z.union([z.string(), z.int()]))),
    }),
    z.object({ alertId: z.string() }),
  ]),
});

let scene: Scene;
let receiver: HttpReceiver<z.infer<typeof MessageSchema>>;
beforeEach(async () => {
  [scene, receiver] = await Promise.all([openScene(), openHttpReceiver(MessageSchema)]);
});
afterEach(async () => {
  await scene.close();
  await receiver.close();
});

const impatient = { ...DEFAULT_DELIVERY, firstRetryMs: 20, longestRetryMs: 100, pollMs: 20 };
const withWebhook = (delivery = impatient): SceneOptions => ({
  config: { webhook: { url: receiver.url, secret: SECRET, timeoutMs: 2000 }, delivery },
});

/** Moves the clock: backdates every date in the outbox by this much. */
async function passHours(hours: number): Promise<void> {
  const { pool } = scene.store;
  const ago = `${hours} hours`;
  await pool.query('UPDATE digest_entry SET added_at = added_at - $1::interval', [ago]);
  await pool.query('UPDATE alert_delivery SET next_attempt_at = next_attempt_at - $1::interval', [ago]);
  await pool.query('UPDATE digest SET next_attempt_at = next_attempt_at - $1::interval', [ago]);
  await pool.query('UPDATE alert_outbox SET published_at = published_at - $1::interval', [ago]);
}
const notices = () => listNotices(scene.store.pool, { limit: 100 });
const entries = async () => {
  const { rowCount } = await scene.store.pool.query('SELECT 1 FROM digest_entry');
  return rowCount;
};

describe('what can wait', () => {
  it('is told by two processes in one digest, once, at the end of its period', async () => {
    await Promise.all([scene.start(withWebhook()), scene.start(withWebhook())]);
    await scene.detect(detection(), detection({ nativeId: 'q' }));
    await scene.detect(detection({ nativeId: 'n', creatorId: 'nils' }));
    await until(async () => (await entries()) === 3);
    expect(await notices()).toEqual([]);
    expect(receiver.accepted).toEqual([]);

    await passHours(24);
    await until(async () => (await notices())[0]?.deliveredAt instanceof Date);
    expect(await notices()).toMatchObject([
      { change: 'digest', channel: 'webhook', attempts: 1, alertId: null },
    ]);
    expect(receiver.accepted).toMatchObject([
      {
        type: 'digest',
        data: { alerts: [{ changes: ['opened', 'occurrence-added'] }, { changes: ['opened'] }], rescans: [] },
      },
    ]);
  });

  it('is kept through an hour in which its receiver is down, and told once it is back', async () => {
    receiver.refuse(true);
    // With a back-off of an hour nothing is tried again before the clock moves that far.
    await scene.start(withWebhook({ ...impatient, firstRetryMs: 7_200_000, longestRetryMs: 7_200_000 }));
    await scene.detect(detection());
    await until(async () => (await entries()) === 1);
    await passHours(24);
    await until(async () => (await notices())[0]?.lastError === 'HTTP 503');
    receiver.refuse(false);
    expect(receiver.accepted).toEqual([]);
    await passHours(2);
    await until(async () => (await notices())[0]?.deliveredAt instanceof Date);
    expect(receiver.accepted).toHaveLength(1);
    expect(await notices()).toMatchObject([{ attempts: 2 }]);
  });

  it('does not, where it is serious: that is told at once', async () => {
    await scene.start(withWebhook());
    await scene.detect(detection({ creatorId: 'leaky', campaignId: 'borealis' }));
    await until(() => receiver.accepted.length > 0);
    expect(receiver.accepted[0]?.type).toBe('alert.opened');
    expect(await entries()).toBe(0);
  });
});

describe('a notice that failed', () => {
  it('is due at once when somebody says so, given up or not, and an attempt under way is not disturbed', async () => {
    receiver.refuse(true);
    const patient = { ...impatient, firstRetryMs: 3_600_000, longestRetryMs: 3_600_000, giveUpAfterMs: 0 };
    const { config } = withWebhook(patient);
    await scene.start({ config: { ...config, digestEveryMs: null } });
    await scene.detect(detection());
    await until(async () => (await notices())[0]?.gaveUpAt instanceof Date);
    const failed = await listNotices(scene.store.pool, { failed: true, limit: 10 });
    expect(failed).toMatchObject([{ change: 'opened', lastError: 'HTTP 503', attempts: 1 }]);
    const [alert] = await scene.alerts();

    const { pool } = scene.store;
    await pool.query(
      `UPDATE alert_delivery SET leased = true, next_attempt_at = now() + interval '1 minute'`,
    );
    expect(await retryNotices(pool, null)).toBe(0);
    await pool.query('UPDATE alert_delivery SET leased = false');
    receiver.refuse(false);
    expect(await retryNotices(pool, 'f'.repeat(64))).toBe(0);
    expect(await retryNotices(pool, alert!.id)).toBe(1);
    await until(async () => (await notices())[0]?.deliveredAt instanceof Date);
    expect(receiver.accepted).toHaveLength(1);
    expect(await listNotices(pool, { failed: true, limit: 10 })).toEqual([]);
  });
});
