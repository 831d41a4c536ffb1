import { loadAlertingConfig } from '@leakwatch/alerting';
import { type Lane } from '@leakwatch/contracts';
import { loadIngestConfig } from '@leakwatch/ingest';
import { loadMatcherConfig } from '@leakwatch/matcher';
import { loadRescanConfig } from '@leakwatch/rescan';
import { startAlertingPart } from '../parts/alerting-part.ts';
import { startCanaryPart } from '../parts/canary-part.ts';
import { startIngestPart } from '../parts/ingest-part.ts';
import { startMatcherPart } from '../parts/matcher-part.ts';
import { startRescanPart } from '../parts/rescan-part.ts';
import { startSourcePart } from '../parts/source-part.ts';
import { runService, type ServiceProcessOptions } from '../run-service.ts';
import { chooseSource, takeWatchList, type SourceOptions } from '../source-choice.ts';

/** Posts in: the webhook, a source, or both. */
export async function runIngest(
  options: ServiceProcessOptions & SourceOptions & { readonly webhookPort?: number },
): Promise<void> {
  const { source, watchList } = await chooseSource(options);
  await runService(options, {
    name: 'ingest',
    settings: [loadIngestConfig],
    start: async (host) => {
      const { environment, logger } = host.context;
      if (watchList !== null) {
        await takeWatchList(environment, watchList, {
          note: (line) => logger.info(line),
          problem: (warning) => logger.warn({ warning }, 'the watch list has a weakness'),
        });
      }
      const webhookPort = options.webhookPort ?? loadIngestConfig(process.env).webhook.port ?? 8080;
      const { ingest, webhookAddress } = host.add(await startIngestPart(host.context, webhookPort));
      host.add(startCanaryPart(ingest));
      if (source !== null) {
        host.add(
          startSourcePart(host.context, ingest, source, (summary) =>
            logger.info({ ...summary }, 'source ended'),
          ),
        );
      }
      return { webhook: webhookAddress, source: source?.name ?? null };
    },
  });
}

/** One lane of the matcher, or both without `lane`. */
export async function runMatcher(options: ServiceProcessOptions & { readonly lane?: Lane }): Promise<void> {
  const lanes: readonly Lane[] = options.lane === undefined ? ['text', 'image'] : [options.lane];
  await runService(options, {
    name: 'matcher',
    settings: [loadMatcherConfig],
    start: async (host) => {
      host.add(await startMatcherPart(host.context, lanes));
      return { lanes };
    },
  });
}

export async function runAlerting(options: ServiceProcessOptions): Promise<void> {
  await runService(options, {
    name: 'alerting',
    settings: [loadAlertingConfig],
    start: async (host) => {
      host.add(await startAlertingPart(host.context, null));
      return {};
    },
  });
}

/** Re-scans of history. */
export async function runRescan(options: ServiceProcessOptions): Promise<void> {
  await runService(options, {
    name: 'rescan',
    settings: [loadRescanConfig],
    start: async (host) => {
      host.add(await startRescanPart(host.context, null));
      return {};
    },
  });
}
