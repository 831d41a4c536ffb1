/** Runs services in a separate process that tests kill, stop and cut off. start-services.ts starts it. */
import { once } from 'node:events';
import { EventLogError } from '@leakwatch/event-log';
import { createLogger, createMetrics, Lifecycle, untilSignal } from '@leakwatch/runtime';
import { openStore } from '@leakwatch/store';
import { z } from 'zod';
import { type HaltPoint, observeLog, observeStore } from './halting.ts';
import { openLogAt } from './open-log-at.ts';
import { ServiceCommandSchema, ServiceOrderSchema, type ServiceReport } from './service-messages.ts';

const STOP_TIMEOUT_MS = 40_000;

const [order] = z.tuple([ServiceOrderSchema], z.unknown()).parse(await once(process, 'message'));

/** Resolves when the parent has the message, so that a kill right after does not lose it. */
function tell(report: ServiceReport): Promise<void> {
  return new Promise((resolve) => process.send?.(report, () => resolve()));
}

/** Blocks the whole process, heartbeats included. */
function keepBusy(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

const held: (() => void)[] = [];
let halting = order.halt !== null;
let passes = 0;
async function pass(point: HaltPoint): Promise<void> {
  if (!halting || point !== order.halt?.point) return;
  passes += 1;
  if (passes <= order.halt.after) return;
  if (order.halt.busyMs !== undefined) {
    halting = false;
    await tell({ kind: 'halted', point });
    keepBusy(order.halt.busyMs);
    return;
  }
  void tell({ kind: 'halted', point });
  await new Promise<void>((goOn) => held.push(goOn));
}

const assignments = new Map<string, () => ReadonlyMap<string, readonly number[]>>();
const logger = createLogger({ level: 'warn' });
const lifecycle = new Lifecycle(logger);
const realStore = await openStore({
  databaseUrl: order.databaseUrl,
  dataDir: '',
  migrate: false,
  answerMs: order.answerMs,
});
lifecycle.add({ name: 'store', stop: () => realStore.close() });
const realLog = await openLogAt(order.log);
lifecycle.add({ name: 'log', stop: () => realLog.close() });

const shared = {
  store: observeStore(realStore, pass),
  log: observeLog(realLog, {
    pass,
    onBatch: (group, { partition, records, signal }) => {
      const first = records[0]?.offset ?? 0n;
      const next = first + BigInt(records.length);
      const offsets = { first: String(first), next: String(next) };
      void tell({ kind: 'handled', group, partition, ...offsets, aborted: signal.aborted });
    },
    onLogError: (group, error) => {
      const code = error instanceof EventLogError ? error.code : error.name;
      void tell({ kind: 'log-error', group, code, message: error.message });
    },
    onJoined: (group, assignment) => assignments.set(group, assignment),
  }),
  metrics: createMetrics(),
  logger,
  clock: () => new Date(),
};

let webhook: string | null = null;
// Load only what this process needs: fewer files start faster.
for (const service of order.services) {
  switch (service) {
    case 'alerting': {
      const { createAlerting, loadAlertingConfig } = await import('@leakwatch/alerting');
      const alerting = createAlerting({ ...shared, config: loadAlertingConfig({}), terminal: null });
      await alerting.start();
      lifecycle.add({ name: service, stop: () => alerting.stop() });
      break;
    }
    case 'matcher': {
      const { createMatcher, loadMatcherConfig } = await import('@leakwatch/matcher');
      const matcher = createMatcher({ ...shared, config: loadMatcherConfig({}), lanes: ['text'] });
      await matcher.start();
      lifecycle.add({ name: service, stop: () => matcher.stop() });
      break;
    }
    case 'ingest': {
      const { createIngest, loadIngestConfig, startWebhookServer } = await import('@leakwatch/ingest');
      const config = loadIngestConfig({ LEAKWATCH_WEBHOOK_PORT: '0', LEAKWATCH_WEBHOOK_UNSIGNED: '1' });
      const ingest = createIngest({ ...shared, config });
      await ingest.start();
      lifecycle.add(ingest);
      const server = lifecycle.add(await startWebhookServer({ app: ingest, config: config.webhook, logger }));
      webhook = server.address;
      break;
    }
  }
}

process.on('message', (command) => {
  switch (ServiceCommandSchema.parse(command)) {
    case 'go-on':
      halting = false;
      for (const goOn of held.splice(0)) goOn();
      break;
    case 'tell-state': {
      const holds = [...assignments].map(
        ([group, assignment]) => [group, [...assignment().values()].flat()] as const,
      );
      void tell({
        kind: 'state',
        holds: Object.fromEntries(holds),
        residentBytes: process.memoryUsage.rss(),
      });
      break;
    }
  }
});
// An orphan must not stay in its groups.
const endAsOrphan = () => process.exit(1);
process.once('disconnect', endAsOrphan);
const askedToEnd = untilSignal();
await tell({ kind: 'up', webhook });

await askedToEnd;
await lifecycle.stop(STOP_TIMEOUT_MS);
process.off('disconnect', endAsOrphan);
process.disconnect();
