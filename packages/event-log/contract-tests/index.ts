import { EVENTS } from '@leakwatch/contracts';
import { beforeAll, describe } from 'vitest';
import { describeBeginnings } from './beginnings.ts';
import { describeConsume } from './consume.ts';
import { describeGroups } from './groups.ts';
import { type EventLogHarness } from './harness.ts';
import { describeDeadLetters } from './letters.ts';
import { describePublishAndReplay } from './publish-and-replay.ts';
import { useScene } from './scene.ts';

export { type EventLogHarness } from './harness.ts';

/** The promises of the port (port/event-log.ts), as tests that every adapter passes unchanged. */
export function describeEventLogContract(name: string, createHarness: () => Promise<EventLogHarness>): void {
  describe(`${name} keeps the event log's contract`, () => {
    const scene = useScene(createHarness);
    beforeAll(() => scene.harness().createTopic(EVENTS.deadLetter.topic, 3));
    describePublishAndReplay(scene);
    describeBeginnings(scene);
    describeConsume(scene);
    describe('a group', () => describeGroups(scene));
    describe('dead letters', () => describeDeadLetters(scene));
  });
}
