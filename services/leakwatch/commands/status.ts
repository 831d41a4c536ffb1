import { setTimeout as sleep } from 'node:timers/promises';
import { loadAlertingConfig } from '@leakwatch/alerting';
import { untilSignal } from '@leakwatch/runtime';
import { openEnvironment, type Environment } from '../environment.ts';
import { formatStatus } from '../status/format-status.ts';
import { judgeStatus } from '../status/judge-status.ts';
import { loadStatus } from '../status/load-status.ts';
import { type Screen } from '../screen/screen.ts';

export interface StatusOptions {
  readonly dataDir: string;
  readonly json: boolean;
  readonly watch: boolean;
}

const WATCH_MS = 2_000;
/** To the upper left corner, and nothing is left below. */
const CLEAR = '\u001b[H\u001b[2J\u001b[3J';

/**
 * Shows how leakwatch is, of all processes that share this database and log; sets exit code 1 where something is wrong.
 * With `watch` again and again, until a signal.
 */
export async function status(options: StatusOptions, screen: Screen): Promise<void> {
  const environment = await openEnvironment({
    dataDir: options.dataDir,
    onNotice: screen.note,
    settings: [loadAlertingConfig],
  });
  try {
    if (options.watch) await watch(environment, options, screen);
    else await show(environment, options, screen);
  } finally {
    await environment.stop();
  }
}

async function show(environment: Environment, { json, watch }: StatusOptions, screen: Screen): Promise<void> {
  const standing = await loadStatus(environment, new Date());
  const problems = judgeStatus(standing);
  process.exitCode = problems.length === 0 ? 0 : 1;
  if (json) {
    screen.result(JSON.stringify({ working: problems.length === 0, problems, ...standing }));
    return;
  }
  const clear = watch && process.stdout.isTTY ? CLEAR : '';
  screen.result(`${clear}${formatStatus(standing, problems).join('\n')}`);
}

async function watch(environment: Environment, options: StatusOptions, screen: Screen): Promise<void> {
  const ended = untilSignal().then(() => 'ended' as const);
  for (;;) {
    await show(environment, options, screen);
    if ((await Promise.race([sleep(WATCH_MS, 'again' as const), ended])) === 'ended') return;
  }
}
