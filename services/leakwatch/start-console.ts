import { type AlertingConfig } from '@leakwatch/alerting';
import { loadPlaybooks } from '@leakwatch/alerting/desk';
import { createConsole, type ConsoleApp, type ConsoleConfig } from '@leakwatch/console';
import { VERSION } from './build-info.ts';
import { type Host } from './host.ts';

/** Starts the console on the host's database. */
export async function startConsole(
  host: Host,
  { console: config, alerting }: { readonly console: ConsoleConfig; readonly alerting: AlertingConfig },
): Promise<ConsoleApp> {
  const { store, logger, clock } = host.context;
  const file = process.env['LEAKWATCH_PLAYBOOKS'] ?? '';
  const playbooks = await loadPlaybooks(file === '' ? undefined : file);
  return host.start(createConsole({ store, logger, clock, config, alerting, playbooks, version: VERSION }));
}
