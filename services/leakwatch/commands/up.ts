import { hostname } from 'node:os';
import { type ConsoleApp } from '@leakwatch/console';
import { type IngestSummary, type Source } from '@leakwatch/ingest';
import { messageOf, readSettings, untilSignal } from '@leakwatch/runtime';
import { APP_SETTINGS, startApp, type App } from '../app.ts';
import { loadEnvironmentConfig } from '../environment-config.ts';
import { openEnvironment, type Environment } from '../environment.ts';
import { requireFreePorts } from '../free-ports.ts';
import { waitUntilDrained } from '../flow/wait-until-drained.ts';
import { openOpsPort } from '../ops-port.ts';
import { chooseProcessSettings, loadProcessConfig, type ProcessOptions } from '../process-settings.ts';
import { isRunning } from '../port-holder.ts';
import { type Screen } from '../screen/screen.ts';
import { chooseSource, takeWatchList, type SourceOptions } from '../source-choice.ts';
import { startPolls } from '../start-polls.ts';
import { startSource } from '../start-source.ts';
import { startTelemetry } from '../telemetry.ts';
import { isAlive } from '../status/load-status.ts';
import { listProcessStatuses } from '../status/queries/process-status.ts';
import { commonPorts, consolePorts, tipsPorts, webhookPorts } from '../wanted-ports.ts';
import { StartEndedError, waitUntilReachable } from '../wait-until-reachable.ts';

export interface UpOptions extends ProcessOptions, SourceOptions {
  readonly dataDir: string;
  readonly webhookPort?: number;
  readonly details: boolean;
}

/** Runs every service in this process until a signal, or until a part fails for good. */
export async function up(options: UpOptions, screen: Screen): Promise<void> {
  const settings = readSettings(
    { environment: loadEnvironmentConfig, process: loadProcessConfig, ...APP_SETTINGS },
    process.env,
  );
  const { source, watchList } = await chooseSource(options);
  const about = chooseProcessSettings(options, settings.process, 'warn');
  const { host, opsHost, opsPort, logger } = about;
  await requireFreePorts([
    ...commonPorts(about),
    ...webhookPorts(settings.ingest.webhook, host, options.webhookPort),
    ...tipsPorts(settings.alerting.tips, host),
    ...(settings.console.enabled ? consolePorts(settings.console, null) : []),
  ]);
  const { metrics, parts, adminAddress } = await startTelemetry(about, logger);
  const ops = await openOpsPort({ host: opsHost, port: opsPort, metrics });
  const wait = (reason: string) => {
    screen.problem(`${reason}; waiting, and trying again`);
    ops.waitsFor(reason);
  };
  let environment: Environment | null = null;
  try {
    environment = await openEnvironment({
      dataDir: options.dataDir,
      creates: true,
      config: settings.environment,
      onNotice: screen.note,
      opener: waitUntilReachable(wait),
    });
    await tellOthers(environment, screen);
    if (watchList !== null) await takeWatchList(environment, watchList, screen);
  } catch (error) {
    await environment?.stop();
    await ops.stop();
    if (!(error instanceof StartEndedError)) throw error;
    screen.note('stopped');
    return;
  }
  // From here on a signal ends it in order, however early it comes.
  const signalled = untilSignal();
  const app = await startApp({
    settings,
    environment,
    metrics,
    beneath: parts,
    logger,
    address: host,
    ops,
    webhookPort: options.webhookPort,
    withConsole: true,
    terminal: { write: screen.result, details: options.details },
  });
  app.host.add(app.ingest.startCanary());
  app.host.keepStatus('up');
  describe(app, environment, { source, opsAddress: ops.address, adminAddress }, screen);

  const ending = new AbortController();
  app.host.add(startPolls(app.host.context, app.ingest));
  if (source !== null) {
    const onEnd = (summary: IngestSummary) => void tellEnd(summary, environment, screen, ending.signal);
    app.host.add(startSource(app.host.context, app.ingest, source, onEnd));
  }
  try {
    const signal = await Promise.race([signalled, app.host.failed]);
    screen.note(`${signal}: finishing what is under way …`);
  } finally {
    ending.abort();
    await app.stop();
  }
  screen.note('stopped');
}

/** Tells of another `up` on this data: a second one may be meant for another folder. */
async function tellOthers({ store }: Environment, screen: Screen): Promise<void> {
  for (const { name, host, pid, ...one } of await listProcessStatuses(store.pool)) {
    if (name !== 'up' || !isAlive(one) || (host === hostname() && !isRunning(pid))) continue;
    screen.problem(
      `\`up\` works on this data already, as pid ${pid} on ${host}: the two share its work, and each takes in its own --source`,
    );
  }
}

/** Reports that a source has ended, and later that its last post is through. */
async function tellEnd(
  { published, duplicates, olderRevisions, deadLetters }: IngestSummary,
  { log }: Environment,
  screen: Screen,
  signal: AbortSignal,
): Promise<void> {
  screen.note(
    `source ended: ${published} posts published, ${duplicates + olderRevisions} dropped, ${deadLetters} dead letters`,
  );
  try {
    await waitUntilDrained(log, { signal });
    screen.note('everything is through');
  } catch (error) {
    if (!signal.aborted) screen.problem(`can't tell whether everything is through: ${messageOf(error)}`);
  }
}

/** The one-time link is shown here only: a log keeps what it is told. */
function describeConsole(console: ConsoleApp | null): string[] {
  if (console === null) return [];
  const { address, firstLink } = console;
  if (firstLink === null) return [`  console   ${address}`];
  return [`  console   ${address} · make the first account by this link, once: ${firstLink}`];
}

function describe(
  app: App,
  environment: Environment,
  {
    source,
    opsAddress: ops,
    adminAddress,
  }: { source: Source | null; opsAddress: string; adminAddress: string | null },
  screen: Screen,
): void {
  const webhook =
    app.webhookAddress === null
      ? 'off: set LEAKWATCH_WEBHOOK_SECRETS to receive posts over HTTP'
      : `${app.webhookAddress}/v1/posts`;
  screen.note(
    [
      'leakwatch is up',
      `  database  ${environment.database}`,
      `  log       ${environment.logPlace}`,
      `  source    ${source === null ? 'the webhook, and the accounts of the watch list' : source.name}`,
      `  webhook   ${webhook}`,
      ...describeConsole(app.console),
      `  metrics   ${ops}/metrics · ${ops}/healthz · ${ops}/readyz`,
      ...(adminAddress === null
        ? []
        : [`  admin     ${adminAddress}/profile/cpu · /profile/heap · /log-level`]),
      'Alerts appear here as they come. Ctrl-C ends it.',
    ].join('\n'),
  );
}
