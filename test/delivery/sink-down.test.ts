import { EVENTS } from '@leakwatch/contracts';
import { listDeadLetters } from '@leakwatch/event-log';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { LOG_KINDS } from './harness/log-kinds.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts, recordOf } from './harness/made-posts.ts';
import { openNetwork } from './harness/open-network.ts';
import { openScene } from './harness/scene.ts';

const SEED = 0xd0;

describe.each(LOG_KINDS)('a sink that is away, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  it('the topic of dead letters: the offset stays before what has to go there, and goes on once it is back', async () => {
    const scene = await openScene(kind, { without: [EVENTS.deadLetter.topic] });
    const posts = makePosts(SEED);
    const services = await scene.start(['matcher', 'alerting']);
    const [first, ...others] = posts(10).map((post) => ({ ...post, author: 'creator-0' }));
    const bad = { ...recordOf(first!), value: Buffer.from('not JSON') };
    await scene.log.publish([bad]);
    await scene.publish([first!, ...others]);
    await waitFor('it to be heard of, again and again', () => {
      return services.said('log-error').filter(({ code }) => code === 'unknown-topic').length >= 3;
    });
    expect(await scene.log.committedOffsets('matcher-text', EVENTS.post.topic)).toEqual(new Map());

    await scene.createTopic(EVENTS.deadLetter.topic);
    expect(await scene.settle()).toEqual(ALL_WELL);
    const letters = await listDeadLetters(scene.log, scene.store.pool);
    expect(letters.map(({ error }) => error.reason)).toEqual(['bad-json']);
  });

  it('the database of the alerts: offsets stay before what is not stored, and go on once it is back', async () => {
    const database = await openNetwork(SEED);
    const scene = await openScene(kind, { databaseNetwork: database });
    const posts = makePosts(SEED);
    await scene.start(['matcher']);
    const alerting = await scene.start(['alerting'], { halt: { point: 'before-handling', after: 0 } });
    await scene.publish(posts(100));
    await alerting.untilHalted();
    database.cut();
    alerting.goOn();
    await waitFor('it to be heard of', () => alerting.said('log-error').length >= 3);
    expect(await scene.log.committedOffsets('alerting', EVENTS.detection.topic)).toEqual(new Map());

    database.mend();
    expect(await scene.settle()).toEqual(ALL_WELL);
  });
});
