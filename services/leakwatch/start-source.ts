import { type IngestApp, type IngestSummary, type Source } from '@leakwatch/ingest';
import { toError, type Stoppable } from '@leakwatch/runtime';
import { type ServiceContext } from './host.ts';

/**
 * Takes in all that a source has. A source that ends, ends nothing else; one that fails for good ends the process.
 *
 * @param onEnd - hears the summary when the source has come to its end
 */
export function startSource(
  { onFatal }: Pick<ServiceContext, 'onFatal'>,
  ingest: IngestApp,
  source: Source,
  onEnd: (summary: IngestSummary) => void,
): Stoppable {
  const stopping = new AbortController();
  const pulling = ingest.run(source, { signal: stopping.signal }).then(
    (summary) => {
      if (summary.ended) onEnd(summary);
    },
    (error: unknown) => {
      onFatal(toError(error));
    },
  );
  return {
    name: 'source',
    stop: () => {
      stopping.abort();
      return pulling;
    },
  };
}
