/** The console as one app: its server, and what it follows to answer. */
import { type Playbook } from '@leakwatch/alerting/desk';
import { type AlertingConfig } from '@leakwatch/alerting';
import { type IngestConfig } from '@leakwatch/ingest';
import { type EventLog, type ReplayLetterOptions } from '@leakwatch/event-log';
import { Lifecycle, type Logger, type Service } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { Guard } from './api/access/guard.ts';
import { prepareRole } from './api/access/scoped-database.ts';
import { firstCode } from './api/accounts/open-session.ts';
import { findPages } from './api/pages.ts';
import { buildServer } from './api/server.ts';
import { type ConsoleConfig } from './config.ts';
import { type ConsoleContext } from './api/context.ts';
import { startLiveHub } from './api/live/live-hub.ts';
import { openPictureEngine } from './api/pictures/picture-engine.ts';
import { openRescanQueue } from './api/rescan-queue.ts';
import { type System } from './api/schemas/index.ts';
import { followNames } from './api/watch-names.ts';

export interface ConsoleOptions {
  readonly store: Store;
  readonly logger: Logger;
  readonly clock: () => Date;
  readonly config: ConsoleConfig;
  readonly alerting: AlertingConfig;
  readonly polls: IngestConfig['polls'];
  readonly playbooks: readonly Playbook[];
  readonly version: string;
  readonly log: EventLog;
  /** The state of the whole installation; only the command sees all of it. */
  readonly status: () => Promise<System>;
  /** Takes a dead letter in again as its source would. */
  readonly takeAgain?: ReplayLetterOptions['takeAgain'];
  /** The folder of the built pages; default: where the build puts them. */
  readonly pages?: string | null;
}

export interface ConsoleApp extends Service {
  /** Where it listens, once it has started. */
  readonly address: string;
  /** The one-time link for the first admin; null once there is an account. */
  readonly firstLink: string | null;
}

const STOP_TIMEOUT_MS = 10_000;

function isLoopback(host: string): boolean {
  return host === '127.0.0.1' || host === '::1' || host === 'localhost';
}

export function createConsole(options: ConsoleOptions): ConsoleApp {
  const { store, config, clock } = options;
  const logger = options.logger.child({ service: 'console' });
  const lifecycle = new Lifecycle(logger);
  let address = '';
  let firstLink: string | null = null;

  const start = async () => {
    await prepareRole(store);
    const onError = (error: Error) =>
      logger.warn({ error: error.message }, 'the console could not look at the database');
    const names = await followNames(store, onError);
    lifecycle.add({ name: 'watch list', stop: () => names.stop() });
    const live = await startLiveHub(store, onError);
    lifecycle.add({ name: 'live events', stop: () => live.stop() });
    const pictures = openPictureEngine();
    lifecycle.add({ name: 'picture engine', stop: () => pictures.close() });
    const rescans = openRescanQueue(store, onError);
    lifecycle.add({ name: 're-scan queue', stop: () => rescans.close() });
    const sessions = { store, sessionMs: config.sessionMs, clock };
    const secure = new URL(config.url).protocol === 'https:';
    const own = new URL(config.url).origin;
    const guard = new Guard({
      store,
      sessionMs: config.sessionMs,
      clock,
      secure,
      origins: () => new Set([own, address, address.replace('127.0.0.1', 'localhost')]),
    });
    const context: ConsoleContext = {
      ...options,
      logger,
      sessions,
      guard,
      live,
      pictures,
      rescans,
      names: () => names.current(),
      showNames: (snapshot) => names.show(snapshot),
    };
    const pages = options.pages === undefined ? findPages() : options.pages;
    const server = await buildServer(context, { pages, secure });
    lifecycle.add({
      name: 'console server',
      stop: () => {
        // Streams of events would keep it open.
        server.server.closeAllConnections();
        return server.close();
      },
    });
    address = await server.listen({ host: config.host, port: config.port });
    const code = await firstCode(sessions);
    const reachable = isLoopback(config.host) ? address : own;
    if (code !== null) firstLink = `${reachable}/welcome#${code}`;
  };

  return {
    name: 'console',
    start: () =>
      start().catch(async (error: unknown) => {
        await lifecycle.stop(STOP_TIMEOUT_MS);
        throw error;
      }),
    stop: () => lifecycle.stop(STOP_TIMEOUT_MS),
    checks: [{ name: 'console', check: () => store.ping() }],
    get address() {
      return address;
    },
    get firstLink() {
      return firstLink;
    },
  };
}
