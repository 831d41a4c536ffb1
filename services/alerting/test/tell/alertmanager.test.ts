import { itNeeds } from '@leakwatch/runtime/testing';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { giveVerdict } from '../../desk/moves/give-verdict.ts';
import { alertEvent } from '../support/alert-event.ts';
import { hasAlertmanager, openAlertmanager } from '../support/alertmanager.ts';
import { detection } from '../support/detections.ts';
import { openHttpReceiver } from '../support/http-receiver.ts';
import { openScene, until, type SceneOptions } from '../support/scene.ts';
import { createAlertmanagerChannel } from '../../tell/channels/alertmanager.ts';
import { DEFAULT_DELIVERY } from '../../tell/outbox/delivery-settings.ts';
import { listNotices } from '../../tell/queries/list-notices.ts';
import { repeatDeliveries } from '../../tell/queries/repeat-deliveries.ts';

const itNeedsAlertmanager = itNeeds("Debian's package prometheus-alertmanager", hasAlertmanager());

itNeedsAlertmanager('an Alertmanager has each alert once, as severe as it is, until it is over', async () => {
  const alertmanager = await openAlertmanager();
  try {
    const settings = { url: alertmanager.url, timeoutMs: 5000, repeatEveryMs: 60_000 };
    const about = { consoleUrl: 'https://leakwatch.example', details: [] };
    const channel = createAlertmanagerChannel(settings, about);
    const told = async () =>
      (await alertmanager.alerts()).map(
        ({ labels, annotations }) => `${labels.severity} ${annotations.state}`,
      );

    await channel.deliver(alertEvent());
    await channel.deliver(alertEvent());
    expect(await told()).toEqual(['medium open']);
    const [alert] = await alertmanager.alerts();
    expect(alert?.labels).toEqual({
      alertname: 'LeakwatchAlert',
      alert_id: 'a'.repeat(64),
      severity: 'medium',
    });
    expect(alert?.generatorURL).toBe(`https://leakwatch.example/alerts/${'a'.repeat(64)}`);
    expect(JSON.stringify(alert)).not.toMatch(/mara|aurora|secret/);

    await channel.deliver(alertEvent({ severity: 'critical' }, 'severity-changed'));
    expect(await told()).toEqual(['critical open']);
    const over = { severity: 'critical', state: 'resolved', resolution: 'confirmed' } as const;
    await channel.deliver(alertEvent(over, 'verdict-given'));
    expect(await told()).toEqual([]);

    const named = createAlertmanagerChannel(settings, {
      ...about,
      details: ['campaign', 'creator', 'match'],
    });
    await named.deliver(alertEvent());
    const [detailed] = await alertmanager.alerts();
    expect(detailed?.labels).toEqual(alert?.labels);
    expect(detailed?.annotations).toMatchObject({
      creator: 'mara',
      campaign: 'aurora',
      match: 'term “secret”',
    });
    // Whatever changed in between, the end is that of the same alert.
    await channel.deliver(alertEvent({ state: 'resolved', resolution: 'confirmed' }, 'verdict-given'));
    expect(await told()).toEqual([]);
  } finally {
    await alertmanager.close();
  }
});

const repeating = (url: string, repeatEveryMs: number): SceneOptions => ({
  config: {
    alertmanager: { url, timeoutMs: 5000, repeatEveryMs },
    digestEveryMs: null,
    delivery: { ...DEFAULT_DELIVERY, firstRetryMs: 20, longestRetryMs: 100, pollMs: 20 },
  },
});

itNeedsAlertmanager(
  'an Alertmanager that was restarted hears again what stands, and not what is over',
  async () => {
    const [scene, alertmanager] = await Promise.all([openScene(), openAlertmanager()]);
    try {
      await scene.start(repeating(alertmanager.url, 200));
      await scene.detect(detection(), detection({ nativeId: 'n', creatorId: 'nils' }));
      const standing = async () => (await alertmanager.alerts()).map(({ labels }) => labels.alert_id).sort();
      const alerts = await scene.alerts();
      const ids = alerts.map(({ id }) => id).sort();
      await until(async () => (await standing()).length === 2);
      const mara = alerts.find(({ creatorId }) => creatorId === 'mara')!;
      const verdict = { alertId: mara.id, verdict: 'confirmed', reason: 'r', givenBy: 'ana' } as const;

      await alertmanager.restart();
      await until(async () => (await standing()).length === 2);
      expect(await standing()).toEqual(ids);

      await giveVerdict(scene.store, verdict);
      await until(async () => (await standing()).length === 1);
      await alertmanager.restart();
      await until(async () => (await standing()).length === 1);
      expect(await standing()).toEqual(ids.filter((id) => id !== mara.id));
    } finally {
      await scene.close();
      await alertmanager.close();
    }
  },
);

/** After Alertmanager's own api/v2/openapi.yaml. */
const PostableAlertsSchema = z.array(
  z.strictObject({
    labels: z.record(z.string(), z.string()),
    annotations: z.record(z.string(), z.string()),
    startsAt: z.iso.datetime(),
    endsAt: z.iso.datetime(),
    generatorURL: z.url(),
  }),
);

it('what stands is told again by one of two processes, with the same labels, ahead of what follows', async () => {
  const [scene, receiver] = await Promise.all([openScene(), openHttpReceiver(PostableAlertsSchema)]);
  try {
    const hourly = repeating(receiver.url, 3_600_000);
    await Promise.all([scene.start(hourly), scene.start(hourly)]);
    await scene.detect(detection());
    const notices = () => listNotices(scene.store.pool, { limit: 10 });
    const isTold = async (changes: number) => {
      const all = await notices();
      return all.length === changes && all.every(({ deliveredAt }) => deliveredAt !== null);
    };
    await until(() => isTold(1));
    expect(receiver.accepted).toHaveLength(1);

    // An hour later both look, and one tells.
    const { pool } = scene.store;
    await pool.query(`UPDATE alert_delivery SET delivered_at = delivered_at - interval '1 hour'`);
    const due = await Promise.all(
      [1, 2].map(() => repeatDeliveries(pool, { channel: 'alertmanager', everyMs: 3_600_000 })),
    );
    expect(due.sort()).toEqual([0, 1]);
    await until(async () => receiver.accepted.length === 2 && (await isTold(1)));
    expect(receiver.accepted[1]?.[0]?.labels).toEqual(receiver.accepted[0]?.[0]?.labels);
    expect(Date.parse(receiver.accepted[1]?.[0]?.endsAt ?? '')).toBeGreaterThan(Date.now() + 3_600_000);
    expect(await notices()).toMatchObject([{ repeats: 1, attempts: 1, gaveUpAt: null }]);

    // The receiver is away when the repetition is due: the alert's end waits behind it.
    receiver.refuse(true);
    await pool.query(`UPDATE alert_delivery SET delivered_at = delivered_at - interval '1 hour'`);
    await repeatDeliveries(pool, { channel: 'alertmanager', everyMs: 3_600_000 });
    const [alert] = await scene.alerts();
    await giveVerdict(scene.store, { alertId: alert!.id, verdict: 'confirmed', reason: 'r', givenBy: 'ana' });
    await until(async () => (await notices()).some(({ lastError }) => lastError === 'HTTP 503'));
    receiver.refuse(false);
    await until(() => isTold(2));
    expect(receiver.accepted.map(([first]) => first?.annotations.state)).toEqual([
      'open',
      'open',
      'open',
      'resolved',
    ]);
    await pool.query(`UPDATE alert_delivery SET delivered_at = delivered_at - interval '1 hour'`);
    expect(await repeatDeliveries(pool, { channel: 'alertmanager', everyMs: 3_600_000 })).toBe(0);
  } finally {
    await scene.close();
    await receiver.close();
  }
});
