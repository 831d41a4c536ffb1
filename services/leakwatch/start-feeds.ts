import { type IngestApp } from '@leakwatch/ingest';
import { toError, type Stoppable } from '@leakwatch/runtime';
import { type ServiceContext } from './host.ts';

/** Polls the feeds of the watch list until it is stopped. A feed that fails, ends nothing. */
export function startFeeds({ onFatal }: Pick<ServiceContext, 'onFatal'>, ingest: IngestApp): Stoppable {
  const stopping = new AbortController();
  const polling = ingest.runFeeds({ signal: stopping.signal }).then(
    () => undefined,
    (error: unknown) => {
      onFatal(toError(error));
    },
  );
  return {
    name: 'feeds',
    stop: () => {
      stopping.abort();
      return polling;
    },
  };
}
