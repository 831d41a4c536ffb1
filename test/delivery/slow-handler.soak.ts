import { setTimeout as sleep } from 'node:timers/promises';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { waitFor } from '../harness/wait-for.ts';
import { SESSION_MS } from './harness/arrangement.ts';
import { SOAK_LOGS } from './harness/log-kinds.ts';
import { handledOnce } from './harness/handled.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';

const LONGER_THAN_SESSION_MS = 2.5 * SESSION_MS;

describe.each(SOAK_LOGS)('a handler that takes longer than the session, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  it('and waits: keeps its partitions, and nothing is handled twice', async () => {
    const scene = await openScene(kind);
    const posts = makePosts(0x51);
    await scene.start(['alerting']);
    const slow = await scene.start(['matcher'], { halt: { point: 'before-commit', after: 0 } });
    const other = await scene.start(['matcher']);
    await scene.publish(posts(150));
    await slow.untilHalted();
    await sleep(LONGER_THAN_SESSION_MS);
    slow.goOn();

    expect(await scene.settle()).toEqual(ALL_WELL);
    expect(slow.said('log-error')).toEqual([]);
    expect(handledOnce([slow, other], 'matcher-text')).toBe(true);
  });

  it('and blocks its whole process: is heard of, and what it held goes on with another', async () => {
    const scene = await openScene(kind);
    const posts = makePosts(0x52);
    await scene.start(['alerting']);
    const busy = await scene.start(['matcher'], {
      halt: { point: 'before-commit', after: 0, busyMs: LONGER_THAN_SESSION_MS },
    });
    await scene.start(['matcher']);
    await scene.publish(posts(150));
    await busy.untilHalted();

    expect(await scene.settle()).toEqual(ALL_WELL);
    await waitFor('it to be heard of', () =>
      busy.said('log-error').some(({ code }) => code === 'partition-lost'),
    );
    await waitFor('its operator to read of it', () => busy.logLines().includes('"level":40'));
  });
});
