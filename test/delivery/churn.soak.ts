import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { seededRandom } from '../harness/seeded-random.ts';
import { waitFor } from '../harness/wait-for.ts';
import { PARTITIONS } from './harness/arrangement.ts';
import { SOAK_LOGS } from './harness/log-kinds.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';
import { type ServiceProcess } from './harness/start-services.ts';

const SEED = 0xc4;
const TURNS = 6;
const MOST_MEMBERS = 3;

describe.each(SOAK_LOGS)('matchers that join, leave and die, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  it('own every partition once when they rest, and work off everything with one effect each', async () => {
    const scene = await openScene(kind);
    const posts = makePosts(SEED);
    const random = seededRandom(SEED);
    const members: ServiceProcess[] = [];
    await scene.start(['alerting']);
    for (let turn = 0; turn < TURNS; turn += 1) {
      await scene.publish(posts(150));
      const move = random();
      if (members.length === 0 || (move < 0.5 && members.length < MOST_MEMBERS)) {
        members.push(await scene.start(['matcher']));
      } else {
        const [member] = members.splice(Math.floor(random() * members.length), 1);
        member?.signal(move < 0.75 ? 'SIGTERM' : 'SIGKILL');
        await member?.ended;
      }
    }
    members.push(await scene.start(['matcher']));
    await waitFor('every partition to have one owner', async () => {
      const states = await Promise.all(members.map((member) => member.state()));
      const held = states.flatMap(({ holds }) => holds['matcher-text'] ?? []);
      return held.length === PARTITIONS && new Set(held).size === PARTITIONS;
    });
    expect(await scene.settle()).toEqual(ALL_WELL);
  });
});
