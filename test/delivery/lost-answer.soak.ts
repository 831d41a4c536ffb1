import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { SINGLE_LOGS } from './harness/log-kinds.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { openNetwork } from './harness/open-network.ts';
import { openScene } from './harness/scene.ts';
import { send } from './harness/send-posts.ts';

const SEED = 0xad;

describe.each(SINGLE_LOGS)('an append whose answer is lost, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  it('of ingest: its sender tries again, and no post has a second effect', async () => {
    const network = await openNetwork(SEED);
    const scene = await openScene(kind, { network });
    const posts = makePosts(SEED);
    const [ingest] = await Promise.all([scene.start(['ingest']), scene.start(['matcher', 'alerting'])]);
    await send(ingest.webhook, 'before', posts(40), scene.ledger);
    const lost = network.loseAnswerTo((request) => kind.isAppend(request));
    const delivery = posts(40);
    await send(ingest.webhook, 'during', delivery, scene.ledger).catch(() => undefined);
    await lost;
    await send(ingest.webhook, 'during', delivery, scene.ledger);
    expect(await scene.settle()).toEqual(ALL_WELL);
  });

  it('of a matcher: its detections stand in the log twice, and no post has a second effect', async () => {
    const network = await openNetwork(SEED);
    const scene = await openScene(kind, { network });
    const posts = makePosts(SEED);
    await scene.start(['matcher'], { halt: { point: 'before-publish', after: 0 } }).then(async (matcher) => {
      await scene.publish(posts(60));
      await matcher.untilHalted();
      const lost = network.loseAnswerTo((request) => kind.isAppend(request));
      matcher.goOn();
      await lost;
    });
    await scene.start(['alerting']);
    expect(await scene.settle()).toEqual(ALL_WELL);
  });
});
