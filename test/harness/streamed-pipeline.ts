import { setTimeout as sleep } from 'node:timers/promises';
import { CreatorSchema } from '@leakwatch/contracts';
import { startJetstream, type Jetstream } from '../../services/ingest/test/support/jetstream.ts';
import { startPds, type Pds, type PdsUser } from '../../services/ingest/test/support/pds.ts';
import { openWholePipeline, type WholePipeline } from './whole-pipeline.ts';

/** All services, with an account on a real Bluesky server that is polled once an hour and streamed beside. */
export interface StreamedPipeline {
  readonly pipeline: WholePipeline;
  readonly pds: Pds;
  readonly jetstream: Jetstream;
  /** The creator `ana`, whom the campaign `aurora` with the term `Quillon Ember` has briefed. */
  readonly ana: PdsUser;
  /** Stops listening and polling, as the end of the process would, until `startPolls`. */
  stopPolls(): Promise<void>;
  startPolls(): void;
  close(): Promise<void>;
}

/** @param pollSeconds - polls by this interval alone, without the stream */
export async function openStreamedPipeline({
  pollSeconds,
}: { pollSeconds?: number } = {}): Promise<StreamedPipeline> {
  const jetstream = await startJetstream();
  const pds = await startPds();
  pds.onEvent = (event) => {
    jetstream.emit(event);
  };
  const ana = await pds.addUser('ana.test');
  const pipeline = await openWholePipeline({
    env: {
      LEAKWATCH_POLL_PLATFORMS: 'bluesky',
      LEAKWATCH_POLL_ALLOW_PRIVATE: '1',
      LEAKWATCH_ACCOUNT_SECONDS: String(pollSeconds ?? 3600),
      LEAKWATCH_BLUESKY_RESOLVER: pds.url,
      LEAKWATCH_BLUESKY_PLC: pds.plc,
      LEAKWATCH_BLUESKY_JETSTREAM: pollSeconds === undefined ? jetstream.url : 'none',
    },
    watchList: {
      campaigns: [
        {
          id: 'aurora',
          name: 'Aurora',
          sensitivity: 'high',
          terms: [{ id: 'name', text: 'Quillon Ember' }],
          assets: [],
          approvedPosts: [],
        },
      ],
      creators: [CreatorSchema.parse({ id: 'ana', accounts: [{ platform: 'bluesky', handle: 'ana.test' }] })],
    },
  });
  let stopPolls: () => Promise<void>;
  const startPolls = () => {
    const stopping = new AbortController();
    const polling = pipeline.ingest.runPolls({ signal: stopping.signal });
    stopPolls = async () => {
      stopping.abort();
      await polling;
    };
  };
  startPolls();
  // The first poll finds the account, then the stream is asked for it.
  const isAsked = () => jetstream.wanted.some((dids) => dids.includes(ana.did));
  while (pollSeconds === undefined && !isAsked()) await sleep(50);
  return {
    pipeline,
    pds,
    jetstream,
    ana,
    startPolls,
    stopPolls: () => stopPolls(),
    close: async () => {
      await stopPolls();
      await pipeline.close();
      await jetstream.close();
      await pds.close();
    },
  };
}
