import { type AlertingConfig } from '@leakwatch/alerting';
import { loadPlaybooks } from '@leakwatch/alerting/desk';
import { createConsole, type ConsoleApp, type ConsoleConfig } from '@leakwatch/console';
import { loadIngestConfig } from '@leakwatch/ingest';
import { VERSION } from './build-info.ts';
import { type Host } from './host.ts';
import { findSuccessors, isMissed } from './status/find-successors.ts';
import { judgeStatus } from './status/judge-status.ts';
import { isAlive, loadStatus } from './status/load-status.ts';
import { takeAgainWith } from './take-again.ts';

/** Starts the console on the host's database. */
export async function startConsole(
  host: Host,
  { console: config, alerting }: { readonly console: ConsoleConfig; readonly alerting: AlertingConfig },
): Promise<ConsoleApp> {
  const { store, log, logger, clock } = host.context;
  const status = () => readStatus(host, alerting);
  const file = process.env['LEAKWATCH_PLAYBOOKS'] ?? '';
  const playbooks = await loadPlaybooks(file === '' ? undefined : file);
  return host.start(
    createConsole({
      takeAgain: takeAgainWith(host.context),
      store,
      log,
      logger,
      clock,
      config,
      alerting,
      polls: loadIngestConfig(process.env).polls,
      playbooks,
      status,
      version: VERSION,
    }),
  );
}

/** The state of the installation, as `leakwatch status` judges it. */
async function readStatus({ environment }: Host, alerting: AlertingConfig) {
  const at = new Date();
  const standing = await loadStatus(environment, alerting, at);
  const problems = judgeStatus(standing);
  const replaced = findSuccessors(standing.processes, at);
  return {
    healthy: problems.length === 0,
    problems: problems.map(({ part, of, what }) => (part === 'processes' ? what : `${part} ${of}: ${what}`)),
    processes: standing.processes
      .filter((one) => isAlive(one) || isMissed(one, replaced))
      .map((one) => ({
        name: one.name,
        host: one.host,
        version: one.version,
        writtenAt: new Date(at.getTime() - one.silentSeconds * 1000).toISOString(),
        ready: isAlive(one) && Object.values(one.standing.checks).every((said) => said === 'ok'),
      })),
  };
}
