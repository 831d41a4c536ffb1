import { itNeeds } from '@leakwatch/runtime/testing';
import { expect } from 'vitest';
import { createAlertmanagerChannel } from '../channels/alertmanager.ts';
import { alertEvent } from './support/alert-event.ts';
import { hasAlertmanager, openAlertmanager } from './support/alertmanager.ts';

const itNeedsAlertmanager = itNeeds("Debian's package prometheus-alertmanager", hasAlertmanager());

itNeedsAlertmanager('an Alertmanager has each alert once, as severe as it is, until it is over', async () => {
  const alertmanager = await openAlertmanager();
  try {
    const settings = { url: alertmanager.url, timeoutMs: 5000 };
    const about = { consoleUrl: 'https://leakwatch.example', details: false };
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

    const named = createAlertmanagerChannel(settings, { ...about, details: true });
    await named.deliver(alertEvent());
    expect((await alertmanager.alerts())[0]?.labels).toMatchObject({ creator: 'mara', campaign: 'aurora' });
  } finally {
    await alertmanager.close();
  }
});
