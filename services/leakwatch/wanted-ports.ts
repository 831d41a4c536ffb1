/** The ports of a process, by its settings, as `requireFreePorts` looks at them. */
import { type AlertingConfig } from '@leakwatch/alerting';
import { type ConsoleConfig } from '@leakwatch/console';
import { type IngestConfig } from '@leakwatch/ingest';
import { type WantedPort } from './free-ports.ts';
import { type ProcessSettings } from './process-settings.ts';
import { webhookPortOf } from './start-webhook.ts';

export function commonPorts({ opsHost, opsPort, admin }: ProcessSettings): WantedPort[] {
  const ops = { of: 'metrics and health', host: opsHost, port: opsPort };
  return [
    { ...ops, chosenBy: '--ops-port or LEAKWATCH_OPS_PORT' },
    ...(admin.port === undefined
      ? []
      : [{ of: 'the admin server', host: admin.host, port: admin.port, chosenBy: 'LEAKWATCH_ADMIN_PORT' }]),
  ];
}

export function webhookPorts(
  config: IngestConfig['webhook'],
  host: string,
  chosen: number | undefined,
): WantedPort[] {
  const port = webhookPortOf(config, chosen);
  return port === null
    ? []
    : [
        {
          of: 'the webhook',
          host: config.host ?? host,
          port,
          chosenBy: '--webhook-port or LEAKWATCH_WEBHOOK_PORT',
        },
      ];
}

export function tipsPorts({ port, host, ...tips }: AlertingConfig['tips'], ownHost: string): WantedPort[] {
  if (port === null || tips.tokens.length === 0) return [];
  return [{ of: 'tips', host: host ?? ownHost, port, chosenBy: 'LEAKWATCH_TIPS_PORT' }];
}

/** @param option - of the command that chooses the port; null: it has none */
export function consolePorts({ host, port }: ConsoleConfig, option: string | null): WantedPort[] {
  const chosenBy = [...(option === null ? [] : [option]), 'LEAKWATCH_CONSOLE_PORT'].join(' or ');
  return [{ of: 'the console', host, port, chosenBy }];
}
