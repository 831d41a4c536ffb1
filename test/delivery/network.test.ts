import { EVENTS } from '@leakwatch/contracts';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { SESSION_MS } from './harness/arrangement.ts';
import { LOG_KINDS } from './harness/log-kinds.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { openNetwork } from './harness/open-network.ts';
import { openScene } from './harness/scene.ts';
import { type TcpProxy } from './harness/tcp-proxy.ts';

const SEED = 0x0e7;

/** Faults of the network between leakwatch's processes and their servers. */
const FAULTS: readonly { name: string; befall: (network: TcpProxy) => void }[] = [
  { name: 'is cut', befall: (network) => network.cut() },
  { name: 'goes silent and forgets its connections (half-open)', befall: (network) => network.silence() },
];

describe.each(LOG_KINDS)('the network to $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  for (const { name, befall } of FAULTS) {
    it(`${name}: it is heard of, and once it is back everything has its effect, without a restart`, async () => {
      const network = await openNetwork(SEED);
      const scene = await openScene(kind, { network });
      const posts = makePosts(SEED);
      const services = await scene.start(['ingest', 'matcher', 'alerting']);
      await scene.publish(posts(200));
      await services.untilSaid('handled');
      befall(network);
      const published = scene.publish(posts(100));
      await waitFor('it to be heard of', () =>
        services.said('log-error').some(({ code }) => code === 'log-unavailable'),
      );
      network.mend();
      await published;
      await scene.publish(posts(100));
      expect(await scene.settle()).toEqual(ALL_WELL);
    });
  }

  it('is slow, by up to a tenth of a second for every chunk: no member loses a partition', async () => {
    const network = await openNetwork(SEED);
    const scene = await openScene(kind, { network });
    const posts = makePosts(SEED);
    const services = await scene.start(['matcher', 'alerting']);
    network.delay(SESSION_MS / 30);
    await scene.publish(posts(100));
    expect(await scene.settle()).toEqual(ALL_WELL);
    expect(services.said('log-error').filter(({ code }) => code === 'partition-lost')).toEqual([]);
    expect(await scene.lag(EVENTS.post.topic, 'matcher-text')).toBe(0n);
  });
});
