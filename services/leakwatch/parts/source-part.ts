import { type IngestApp, type IngestSummary, type Source } from '@leakwatch/ingest';
import { toError } from '@leakwatch/runtime';
import { type Part, type PartContext } from './part.ts';

/**
 * Takes in all that a source has. A source that ends, ends nothing else; one that fails for good ends the process.
 *
 * @param onEnd - hears what came of it, when the source has come to its end
 */
export function startSourcePart(
  { onFatal }: PartContext,
  ingest: IngestApp,
  source: Source,
  onEnd: (summary: IngestSummary) => void,
): Part {
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
    checks: [],
    fillGauges: () => Promise.resolve(),
  };
}
