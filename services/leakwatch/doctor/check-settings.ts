import { loadAlertingConfig, type AlertingConfig } from '@leakwatch/alerting';
import { loadConsoleConfig, type ConsoleConfig } from '@leakwatch/console';
import { loadIngestConfig, type IngestConfig } from '@leakwatch/ingest';
import { loadMatcherConfig } from '@leakwatch/matcher';
import { loadRescanConfig } from '@leakwatch/rescan';
import { readSettings, SettingsError } from '@leakwatch/runtime';
import { loadEnvironmentConfig, type EnvironmentConfig } from '../environment-config.ts';
import { loadProcessConfig, type ProcessConfig } from '../process-settings.ts';
import { typed } from '../typed.ts';
import { open, well, wrong, type Finding } from './finding.ts';

export interface AllSettings {
  readonly environment: EnvironmentConfig;
  readonly process: ProcessConfig;
  readonly ingest: IngestConfig;
  readonly alerting: AlertingConfig;
  readonly console: ConsoleConfig;
}

/** Reads every setting of every service. With mistakes there are findings alone. */
export function checkSettings(env: NodeJS.ProcessEnv): {
  readonly settings: AllSettings | null;
  readonly findings: readonly Finding[];
} {
  const loaders = {
    environment: loadEnvironmentConfig,
    process: loadProcessConfig,
    ingest: loadIngestConfig,
    matcher: loadMatcherConfig,
    alerting: loadAlertingConfig,
    rescan: loadRescanConfig,
    console: loadConsoleConfig,
  };
  try {
    return {
      settings: readSettings(loaders, env),
      findings: [well('settings', 'every name and value is known')],
    };
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    const findings = error.problems.map((problem) => wrong('settings', problem, 'docs/operate/settings.md'));
    return { settings: null, findings };
  }
}

/** Names the parts that are not set up: nobody is told, nothing comes by the webhook, nothing is encrypted. */
export function checkWishes({ environment, ingest, alerting }: AllSettings): Finding[] {
  const { file, value, command } = environment.masterKey;
  const isEncrypted = [file, value, command].some((place) => place !== undefined);
  const { webhook } = ingest;
  return [
    webhook.secrets.length > 0
      ? well('webhook', `${webhook.secrets.length} ${webhook.secrets.length === 1 ? 'secret' : 'secrets'}`)
      : webhook.unsigned
        ? wrong('webhook', 'anybody who reaches it may send posts', 'set LEAKWATCH_WEBHOOK_SECRETS')
        : open(
            'webhook',
            'off: posts come from polled accounts only',
            'LEAKWATCH_WEBHOOK_SECRETS turns it on',
          ),
    ...channelFindings(alerting),
    isEncrypted
      ? well('encryption', 'a master key is set')
      : open('encryption', 'off: terms and captions are readable in the database', typed('keys generate')),
  ];
}

function channelFindings({ webhook, slack, pagerDuty, email, alertmanager }: AlertingConfig): Finding[] {
  const channels = Object.entries({ webhook, slack, pagerduty: pagerDuty, email, alertmanager });
  const set = channels.filter(([, settings]) => settings !== undefined).map(([name]) => name);
  if (set.length === 0)
    return [
      open(
        'channels',
        'none: alerts show on the terminal and in the console only',
        'docs/operate/channels.md',
      ),
    ];
  return set.map((name) => well('channel', `${name} is set up; try it: ${typed('notices test')} ${name}`));
}
