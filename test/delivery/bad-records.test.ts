import { EVENTS } from '@leakwatch/contracts';
import { listDeadLetters, MAX_RECORD_BYTES, type OutgoingRecord } from '@leakwatch/event-log';
import { itNeeds } from '@leakwatch/runtime/testing';
import { describe, expect } from 'vitest';
import { LOG_KINDS } from './harness/log-kinds.ts';
import { ALL_WELL } from './harness/ledger.ts';
import { makePosts, recordOf } from './harness/made-posts.ts';
import { openScene } from './harness/scene.ts';

const posts = makePosts(0xbad);
const good = recordOf(posts(1)[0]!);

/** Unreadable records, by the reason in their dead letters. */
const BAD: Readonly<Record<string, OutgoingRecord>> = {
  'bad-json': { ...good, value: Buffer.from('{"schemaVersion": 1, "id": ') },
  'bad-schema': { ...good, value: Buffer.from('{"schemaVersion": 1}') },
  'unknown-type': { ...good, headers: { ...good.headers, ce_type: 'leakwatch.post.v2' } },
};

describe.each(LOG_KINDS)('a record that can not be processed, on $name', (kind) => {
  const it = itNeeds(kind.needs, kind.isHere);

  it('becomes exactly one dead letter, though its matcher is killed, and its partition goes on', async () => {
    const scene = await openScene(kind);
    await scene.start(['alerting']);
    const victim = await scene.start(['matcher'], { halt: { point: 'after-publish', after: 0 } });
    // One creator means one partition; good records stand before and after the bad ones.
    const [first, ...others] = posts(8).map((post) => ({ ...post, author: 'creator-0' }));
    await scene.publish([first!]);
    await scene.log.publish(Object.values(BAD).map((record) => ({ ...record, key: recordOf(first!).key })));
    await scene.publish(others);
    await victim.untilHalted();
    await victim.kill();

    await scene.start(['matcher']);
    expect(await scene.settle()).toEqual(ALL_WELL);
    const letters = await listDeadLetters(scene.log, scene.store.pool);
    expect(letters.map(({ stage, error }) => `${stage} ${error.reason}`).toSorted()).toEqual(
      Object.keys(BAD)
        .map((reason) => `matcher-text ${reason}`)
        .toSorted(),
    );
  });

  it('and is larger than any log takes is refused whole at the door, and what goes with it is not half in', async () => {
    const scene = await openScene(kind);
    const huge = { ...good, value: Buffer.alloc(MAX_RECORD_BYTES) };
    await expect(scene.log.publish([good, huge, good])).rejects.toMatchObject({ code: 'record-too-large' });
    const ends = await scene.log.endOffsets(EVENTS.post.topic);
    expect([...ends.values()].every((end) => end === 0n)).toBe(true);
  });

  it('and one as large as a log takes is none of them: it is processed like any other', async () => {
    const scene = await openScene(kind);
    await scene.start(['matcher', 'alerting']);
    const [long, ...others] = posts(5).map((post) => ({ ...post, author: 'creator-0' }));
    await scene.publish([
      { ...long!, text: `${'x'.repeat(MAX_RECORD_BYTES - 3000)} ${long!.text}` },
      ...others,
    ]);
    expect(await scene.settle()).toEqual(ALL_WELL);
    expect(await listDeadLetters(scene.log, scene.store.pool)).toEqual([]);
  });
});
