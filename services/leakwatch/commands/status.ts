import { setTimeout as sleep } from 'node:timers/promises';
import { loadAlertingConfig, type AlertingConfig } from '@leakwatch/alerting';
import { messageOf, readSettings, untilSignal } from '@leakwatch/runtime';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment, type Environment } from '../environment.ts';
import { formatStatus } from '../status/format-status.ts';
import { judgeStatus } from '../status/judge-status.ts';
import { loadStatus, MISSING_AFTER_S } from '../status/load-status.ts';
import { forgetProcessStatuses } from '../status/queries/process-status.ts';
import { type Screen } from '../screen/screen.ts';

export interface StatusOptions {
  readonly dataDir: string;
  readonly json: boolean;
  readonly watch: boolean;
  /** First forgets processes that have gone silent. */
  readonly forget: boolean;
}

const WATCH_MS = 2_000;
/** Moves to the upper left corner and clears the screen below. */
const CLEAR = '\u001b[H\u001b[2J\u001b[3J';

/**
 * Shows the state of all processes that share this database and log. Sets exit code 1 if something is wrong. With `watch`
 * it repeats until a signal.
 */
export async function status(options: StatusOptions, screen: Screen): Promise<void> {
  const settings = readSettings(
    { environment: loadEnvironmentConfig, alerting: loadAlertingConfig },
    process.env,
  );
  const environment = await openEnvironment({
    dataDir: options.dataDir,
    onNotice: screen.note,
    config: settings.environment,
  });
  try {
    if (options.forget) await forgetSilent(environment, screen);
    const showNow = () => show(environment, settings.alerting, options, screen);
    if (options.watch) await repeat(showNow, screen);
    else await showNow();
  } finally {
    await environment.stop();
  }
}

async function forgetSilent({ store }: Environment, screen: Screen): Promise<void> {
  const forgotten = await forgetProcessStatuses(store.pool, MISSING_AFTER_S * 1000);
  screen.note(`${forgotten} silent ${forgotten === 1 ? 'process' : 'processes'} forgotten`);
}

async function show(
  environment: Environment,
  config: AlertingConfig,
  { json, watch }: StatusOptions,
  screen: Screen,
): Promise<void> {
  const standing = await loadStatus(environment, config, new Date());
  const problems = judgeStatus(standing);
  process.exitCode = problems.length === 0 ? 0 : 1;
  if (json) {
    screen.json({ working: problems.length === 0, problems, ...standing });
    return;
  }
  const clear = watch && process.stdout.isTTY ? CLEAR : '';
  screen.result(`${clear}${formatStatus(standing, problems).join('\n')}`);
}

/** A database that goes away is one of the things to watch: it may come back. */
async function repeat(showNow: () => Promise<void>, screen: Screen): Promise<void> {
  const ended = untilSignal().then(() => 'ended' as const);
  for (;;) {
    await showNow().catch((error: unknown) => {
      process.exitCode = 1;
      screen.problem(`the status can't be read: ${messageOf(error)}; trying again`);
    });
    if ((await Promise.race([sleep(WATCH_MS, 'again' as const), ended])) === 'ended') return;
  }
}
