import { type IngestApp } from '@leakwatch/ingest';
import { toError, type Stoppable } from '@leakwatch/runtime';
import { type ServiceContext } from './host.ts';

/** Polls the accounts of the watch list until it is stopped. An account that fails ends nothing. */
export function startPolls({ onFatal }: Pick<ServiceContext, 'onFatal'>, ingest: IngestApp): Stoppable {
  const stopping = new AbortController();
  const polling = ingest.runPolls({ signal: stopping.signal }).then(
    () => undefined,
    (error: unknown) => {
      onFatal(toError(error));
    },
  );
  return {
    name: 'polls',
    stop: () => {
      stopping.abort();
      return polling;
    },
  };
}
