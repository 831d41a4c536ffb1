import { EVENTS } from '@leakwatch/contracts';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { LOG_KINDS } from './harness/log-kinds.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts, recordOf } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';

describe.each(LOG_KINDS)('retention that passes the place of a group, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  it('is a loud alarm that names what is gone, and the group goes on behind it', async () => {
    const scene = await openScene(kind);
    const posts = makePosts(0x4e);
    await scene.start(['alerting']);
    const former = await scene.start(['matcher']);
    await scene.publish(posts(200));
    await scene.settle();
    former.signal('SIGTERM');
    await former.ended;

    // These expire before a reader comes.
    const unread = posts(200).map(recordOf);
    await scene.log.publish(unread);
    await scene.trim(EVENTS.post.topic);
    await scene.publish(posts(60));
    const matcher = await scene.start(['matcher']);
    expect(await scene.settle()).toEqual(ALL_WELL);

    const told = matcher.said('log-error').filter(({ code }) => code === 'offset-trimmed');
    const partitions = [...(await scene.log.endOffsets(EVENTS.post.topic)).keys()];
    expect(told).toHaveLength(partitions.length);
    for (const { message } of told)
      expect(message).toMatch(/posts\/\d+: offsets \d+ to \d+ were trimmed unread/);
    await waitFor('its operator to read of it', () =>
      /"level":[45]0.*trimmed unread/.test(matcher.logLines()),
    );
  });
});
