import { groupBy } from '@leakwatch/runtime';
import { describe, expect, it } from 'vitest';
import { type Subscription } from '../port/event-log.ts';
import { isCaughtUp, numberedRecords, textOf, uniqueName, waitFor } from './harness.ts';
import { type Scene } from './scene.ts';

export function describeGroups({ open, topic: createTopic, child: startChild }: Scene): void {
  /** Starts a member in this process. Its effects go to `seen`. */
  async function join(group: string, topic: string, seen: string[]): Promise<Subscription> {
    const log = await open();
    return log.subscribe({
      group,
      topics: [topic],
      startAt: 'earliest',
      maxBatchRecords: 10,
      handle: (batch) => Promise.resolve(void seen.push(...batch.records.map(textOf))),
      onError: () => undefined,
    });
  }

  function held(topic: string, ...members: Subscription[]): number[] {
    return members.flatMap((member) => [...(member.assignment().get(topic) ?? [])]).toSorted((a, b) => a - b);
  }

  it('members share the partitions, each with one member, and take over from one that leaves', async () => {
    const log = await open();
    const topic = await createTopic(6);
    const group = uniqueName('group');
    const [seenByA, seenByB]: [string[], string[]] = [[], []];
    const a = await join(group, topic, seenByA);
    const b = await join(group, topic, seenByB);
    await waitFor('three partitions each', () => held(topic, a).length === 3 && held(topic, b).length === 3);
    expect(held(topic, a, b)).toEqual([0, 1, 2, 3, 4, 5]);

    const records = numberedRecords(topic, 300, 60);
    await log.publish(records);
    await waitFor('all to be committed', () => isCaughtUp(log, group, topic));
    expect(new Set([...seenByA, ...seenByB])).toEqual(new Set(records.map(textOf)));
    expect(seenByA.length).toBeGreaterThan(0);
    expect(seenByB.length).toBeGreaterThan(0);

    await a.close();
    await waitFor('all partitions with the other', () => held(topic, b).length === 6);
    await log.publish(records);
    await waitFor('all to be committed again', () => isCaughtUp(log, group, topic));
  });

  it('two groups each get everything', async () => {
    const log = await open();
    const topic = await createTopic(2);
    const [text, image]: [string[], string[]] = [[], []];
    await join(uniqueName('text'), topic, text);
    await join(uniqueName('image'), topic, image);
    await log.publish(numberedRecords(topic, 20, 4));
    await waitFor('both groups', () => text.length === 20 && image.length === 20);
    expect(text.toSorted()).toEqual(image.toSorted());
  });

  describe('a member that is killed (kill -9)', () => {
    it('between effect and commit: what it had begun is delivered again', async () => {
      const log = await open();
      const topic = await createTopic(2);
      const group = uniqueName('group');
      const records = numberedRecords(topic, 40, 8);
      await log.publish(records);
      const child = await startChild({ group, topic, maxBatchRecords: 5, manner: 'hold' });
      await waitFor('an effect of the child', () => child.effects().length > 0);
      await child.kill();
      expect(await log.committedOffsets(group, topic)).toEqual(new Map());

      const seen: string[] = [];
      await join(group, topic, seen);
      await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
      expect(seen.toSorted()).toEqual(records.map(textOf).toSorted());
    });

    it('at full speed: its partitions move, every record has its effect, and order holds within a key', async () => {
      const log = await open();
      const topic = await createTopic(4);
      const group = uniqueName('group');
      const seen: string[] = [];
      const child = await startChild({ group, topic, maxBatchRecords: 5, manner: 'take' });
      const member = await join(group, topic, seen);
      await waitFor('two partitions each', () => held(topic, member).length === 2);
      const records = numberedRecords(topic, 2000, 40);
      await log.publish(records);
      await waitFor('the child to be at work', () => child.effects().length > 50);
      await child.kill();

      await waitFor('all partitions to move', () => held(topic, member).length === 4);
      await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
      expect(new Set([...child.effects(), ...seen])).toEqual(new Set(records.map(textOf)));
      for (const ofKey of groupBy(seen, (text) => text.split('#')[0]).values()) {
        const numbers = ofKey.map((text) => Number(text.split('#')[1]));
        expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
      }
    });
  });

  describe('a member that is stopped past its lease and goes on (a zombie)', () => {
    it('changes nothing by its commit, hears that its partitions are lost, and joins again', async () => {
      const log = await open();
      const topic = await createTopic(2);
      const group = uniqueName('group');
      const records = numberedRecords(topic, 40, 8);
      await log.publish(records);
      const child = await startChild({ group, topic, maxBatchRecords: 100, manner: 'hold' });
      await waitFor('the child to hold all records', () => child.effects().length === records.length);
      child.signal('SIGSTOP');

      const seen: string[] = [];
      const successor = await join(group, topic, seen);
      successor.pause();
      await waitFor('the partitions to move', () => held(topic, successor).length === 2);
      // Records that it read before the pause are its own.
      const before = await log.committedOffsets(group, topic);
      child.tell('finish');
      child.signal('SIGCONT');
      await waitFor('the zombie to finish both batches', () => {
        return child.reports.filter((report) => report.kind === 'finished').length === 2;
      });
      await waitFor('the zombie to hear of it', () => {
        return child.reports.some((report) => report.kind === 'error' && report.code === 'partition-lost');
      });
      await waitFor('the zombie to join again', async () => (await child.assignment()).length === 1);
      expect(await log.committedOffsets(group, topic)).toEqual(before);

      await child.kill();
      successor.resume();
      await waitFor('the group to catch up', () => isCaughtUp(log, group, topic));
      expect(new Set(seen)).toEqual(new Set(records.map(textOf)));
    });
  });
}
