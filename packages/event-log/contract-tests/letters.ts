import { sha256Hex } from '@leakwatch/contracts';
import { describe, expect, it } from 'vitest';
import {
  deadLetterDepth,
  type DeadLetterEntry,
  deadLetterOfInput,
  listDeadLetters,
  replayDeadLetter,
} from '../dead-letters/index.ts';
import { type EventLog, type LogRecord } from '../port/event-log.ts';
import { type Outcome, processBatch } from '../stage/process-batch.ts';
import { gate, isCaughtUp, readAll, textOf, textRecord, uniqueName, waitFor } from './harness.ts';
import { type Scene } from './scene.ts';

export function describeDeadLetters({ open, topic: createTopic, harness }: Scene): void {
  /** Blobs as the store keeps them: by their hash. */
  const blobs = new Map<string, Uint8Array>();
  const savePayload = (bytes: Uint8Array) => {
    const sha256 = sha256Hex(bytes);
    blobs.set(sha256, bytes);
    return Promise.resolve({ sha256, bytes: bytes.byteLength });
  };
  const loadPayload = (sha256: string) => Promise.resolve(blobs.get(sha256) ?? null);

  const failed: Outcome = { kind: 'failed', reason: 'bad-picture', message: 'cut short', retry: true };

  /** A consumer over a topic; `outcomeOf` decides. Everything it observes lands in `outcomes`. */
  async function consume(
    log: EventLog,
    stage: string,
    topic: string,
    outcomeOf: (record: LogRecord) => Outcome,
  ): Promise<{ outcome: Outcome; record: LogRecord }[]> {
    const outcomes: { outcome: Outcome; record: LogRecord }[] = [];
    await log.subscribe({
      group: stage,
      topics: [topic],
      startAt: 'earliest',
      handle: (batch) =>
        processBatch(batch, {
          log,
          stage,
          process: (records) => Promise.resolve(records.map(outcomeOf)),
          maxAttempts: 3,
          backOff: { firstMs: 1, longestMs: 1 },
          savePayload,
          observe: (outcome, record) => void outcomes.push({ outcome, record }),
        }),
    });
    return outcomes;
  }

  async function lettersOf(log: EventLog, stage: string): Promise<DeadLetterEntry[]> {
    return (await listDeadLetters(log, harness().letters)).filter((letter) => letter.stage === stage);
  }

  it('a record that fails goes to the dead letters with origin, error and attempts; the others go on', async () => {
    const log = await open();
    const [topic, sink, stage] = [await createTopic(1), await createTopic(1), uniqueName('stage')];
    const headers = {
      ce_id: 'post-2',
      traceparent: '00-11111111111111111111111111111111-2222222222222222-01',
    };
    await log.publish([
      textRecord(topic, 'zoë', 'good 1'),
      { ...textRecord(topic, 'zoë', 'poison'), headers },
      textRecord(topic, 'zoë', 'good 2'),
    ]);
    await consume(log, stage, topic, (record) =>
      textOf(record) === 'poison' ? failed : { kind: 'ok', emit: [{ ...record, topic: sink }] },
    );
    await waitFor('the offset to pass the poison', () => isCaughtUp(log, stage, topic));

    expect((await readAll(log.replay({ topic: sink }))).map(textOf)).toEqual(['good 1', 'good 2']);
    const letters = await lettersOf(log, stage);
    expect(letters).toHaveLength(1);
    expect(letters[0]).toMatchObject({
      stage,
      origin: { kind: 'topic', topic, partition: 0, offset: '1', key: 'zoë', headers },
      error: { reason: 'bad-picture', message: 'cut short' },
      attempts: 3,
      state: 'open',
    });
    expect((await deadLetterDepth(log, harness().letters)).get(stage)).toBe(1);
  });

  it('what is not worth a retry is tried once; what fails once and then succeeds is no dead letter', async () => {
    const log = await open();
    const [topic, stage] = [await createTopic(1), uniqueName('stage')];
    await log.publish([textRecord(topic, 'k', 'hopeless'), textRecord(topic, 'k', 'shaky')]);
    const tries = new Map<string, number>();
    const outcomes = await consume(log, stage, topic, (record) => {
      const text = textOf(record);
      tries.set(text, (tries.get(text) ?? 0) + 1);
      if (text === 'hopeless') return { ...failed, retry: false };
      return tries.get(text) === 1 ? failed : { kind: 'ok', emit: [] };
    });
    await waitFor('the group to catch up', () => isCaughtUp(log, stage, topic));
    expect(Object.fromEntries(tries)).toEqual({ hopeless: 1, shaky: 2 });
    expect(outcomes.map(({ outcome }) => outcome.kind)).toEqual(['failed', 'ok']);
    expect(await lettersOf(log, stage)).toMatchObject([{ attempts: 1, origin: { offset: '0' } }]);
  });

  it('a stage that throws gets the batch again: nothing becomes a dead letter because a database is down', async () => {
    const log = await open();
    const [topic, stage] = [await createTopic(1), uniqueName('stage')];
    await log.publish([textRecord(topic, 'k', 'a'), textRecord(topic, 'k', 'b')]);
    let calls = 0;
    const errors: Error[] = [];
    await log.subscribe({
      group: stage,
      topics: [topic],
      startAt: 'earliest',
      handle: (batch) =>
        processBatch(batch, {
          log,
          stage,
          process(records) {
            calls += 1;
            if (calls < 3) return Promise.reject(new Error('no database'));
            return Promise.resolve(records.map(() => ({ kind: 'ok', emit: [] })));
          },
          maxAttempts: 1,
          savePayload,
        }),
      onError: (error) => void errors.push(error),
    });
    await waitFor('the group to catch up', () => isCaughtUp(log, stage, topic));
    expect(errors).toHaveLength(2);
    expect(await lettersOf(log, stage)).toEqual([]);
  });

  describe('a replay', () => {
    it('brings the record back with its key, bytes and headers, for its stage alone', async () => {
      const log = await open();
      const topic = await createTopic(3);
      const [stage, otherStage] = [uniqueName('stage'), uniqueName('other')];
      const headers = { ce_id: 'post-1', ce_type: 'leakwatch.post.v1' };
      await log.publish([{ ...textRecord(topic, 'zoë', 'picture'), headers }]);
      let healed = false;
      const outcomes = await consume(log, stage, topic, () => (healed ? { kind: 'ok', emit: [] } : failed));
      const others = await consume(log, otherStage, topic, () => ({ kind: 'ok', emit: [] }));
      await waitFor('the dead letter', async () => (await lettersOf(log, stage)).length === 1);
      const [letter] = await lettersOf(log, stage);

      healed = true;
      await replayDeadLetter(log, harness().letters, letter!.id, { loadPayload });
      await waitFor('both stages to see it', () => outcomes.length === 2 && others.length === 2);
      const again = outcomes[1]!;
      expect(again.outcome.kind).toBe('ok');
      expect(again.record).toMatchObject({ key: 'zoë', partition: outcomes[0]!.record.partition, headers });
      expect(textOf(again.record)).toBe('picture');
      expect(others.map(({ outcome }) => outcome)).toEqual([
        { kind: 'ok', emit: [] },
        { kind: 'dropped', reason: 'replayed-for-another-stage' },
      ]);
      expect(await lettersOf(log, stage)).toMatchObject([{ id: letter!.id, state: 'replayed' }]);
      expect((await deadLetterDepth(log, harness().letters)).get(stage)).toBe(0);
    });

    it('that fails again keeps the id, counts the attempts up, and opens the letter', async () => {
      const log = await open();
      const [topic, stage] = [await createTopic(1), uniqueName('stage')];
      const headers = { ce_id: 'post-1' };
      await log.publish([{ ...textRecord(topic, 'k', 'poison'), headers }]);
      await consume(log, stage, topic, () => failed);
      const attempts = async (count: number) => (await lettersOf(log, stage))[0]?.attempts === count;
      await waitFor('the dead letter', () => attempts(3));
      const [first] = await lettersOf(log, stage);

      for (const total of [6, 9]) {
        await replayDeadLetter(log, harness().letters, first!.id, { loadPayload });
        await waitFor(`${total} attempts`, () => attempts(total));
      }
      const letters = await lettersOf(log, stage);
      expect(letters).toHaveLength(1);
      expect(letters[0]).toMatchObject({
        id: first!.id,
        state: 'open',
        firstFailedAt: first!.firstFailedAt,
        origin: { kind: 'topic', topic, headers },
      });
      expect(Date.parse(letters[0]!.lastFailedAt)).toBeGreaterThanOrEqual(Date.parse(first!.lastFailedAt));
    });

    it('asked for by many at once happens once, and the others hear why not', async () => {
      const log = await open();
      const [topic, stage] = [await createTopic(1), uniqueName('stage')];
      await log.publish([textRecord(topic, 'k', 'poison')]);
      let healed = false;
      await consume(log, stage, topic, () => (healed ? { kind: 'ok', emit: [] } : failed));
      await waitFor('the dead letter', async () => (await lettersOf(log, stage)).length === 1);
      const [letter] = await lettersOf(log, stage);

      healed = true;
      const replay = () => replayDeadLetter(log, harness().letters, letter!.id, { loadPayload });
      const results = await Promise.allSettled([replay(), replay(), replay(), replay()]);
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      for (const result of results) {
        if (result.status === 'fulfilled') continue;
        expect(result.reason).toHaveProperty(
          'code',
          expect.stringMatching(/^(already-replayed|replay-under-way)$/),
        );
      }
      await expect(replay()).rejects.toMatchObject({ code: 'already-replayed' });
      expect(await log.endOffsets(topic)).toEqual(new Map([[0, 2n]]));
      await expect(
        replayDeadLetter(log, harness().letters, 'f'.repeat(64), { loadPayload }),
      ).rejects.toMatchObject({ code: 'not-found' });
    });

    it('of a record too large for its letter takes the bytes from the blob', async () => {
      const log = await open();
      const [topic, stage] = [await createTopic(1), uniqueName('stage')];
      const value = Buffer.alloc(900_000, 'pixel');
      await log.publish([{ topic, key: 'k', value, headers: {} }]);
      let healed = false;
      const outcomes = await consume(log, stage, topic, () => (healed ? { kind: 'ok', emit: [] } : failed));
      await waitFor('the dead letter', async () => (await lettersOf(log, stage)).length === 1);
      const [letter] = await lettersOf(log, stage);

      const gone = replayDeadLetter(log, harness().letters, letter!.id, {
        loadPayload: () => Promise.resolve(null),
      });
      await expect(gone).rejects.toMatchObject({ code: 'payload-missing' });
      healed = true;
      await replayDeadLetter(log, harness().letters, letter!.id, { loadPayload });
      await waitFor('the record to come again', () => outcomes.length === 2);
      expect(Buffer.compare(outcomes[1]!.record.value, value)).toBe(0);
    });

    it('of what a source handed over gives it back to the source, and counts only when that took it', async () => {
      const log = await open();
      const stage = uniqueName('ingest');
      const failedAt = new Date();
      const input = { source: 'jsonl', place: 'posts.jsonl:17', payload: Buffer.from('{"id": tru') };
      const failure = {
        stage,
        reason: 'bad-json',
        message: 'not JSON',
        attempts: 1,
        firstFailedAt: failedAt,
        lastFailedAt: failedAt,
      };
      await log.publish([await deadLetterOfInput(input, failure, savePayload)]);
      const [letter] = await lettersOf(log, stage);
      expect(letter).toMatchObject({ origin: { kind: 'source', source: 'jsonl', place: 'posts.jsonl:17' } });

      const replay = (takeAgain?: () => Promise<void>) =>
        replayDeadLetter(log, harness().letters, letter!.id, {
          loadPayload,
          ...(takeAgain === undefined ? {} : { takeAgain }),
        });
      await expect(replay()).rejects.toMatchObject({ code: 'needs-source' });
      await expect(replay(() => Promise.reject(new Error('still bad')))).rejects.toThrow('still bad');
      expect(await lettersOf(log, stage)).toMatchObject([{ state: 'open' }]);

      const taken: string[] = [];
      await replayDeadLetter(log, harness().letters, letter!.id, {
        loadPayload,
        takeAgain: (_letter, payload) => Promise.resolve(void taken.push(Buffer.from(payload).toString())),
      });
      expect(taken).toEqual(['{"id": tru']);
      expect(await lettersOf(log, stage)).toMatchObject([{ state: 'replayed' }]);

      const again = { ...input, again: letter! };
      await log.publish([await deadLetterOfInput(again, failure, savePayload)]);
      expect(await lettersOf(log, stage)).toMatchObject([{ id: letter!.id, state: 'open', attempts: 2 }]);
    });
  });

  it('a dead-letter record waits for the log: the offset stays while it cannot be published', async () => {
    const log = await open();
    const [topic, stage] = [await createTopic(1), uniqueName('stage')];
    await log.publish([textRecord(topic, 'k', 'poison')]);
    const refused = gate();
    let isDown = true;
    const shaky: EventLog = {
      ...log,
      publish(records) {
        refused.open();
        return isDown ? Promise.reject(new Error('the log is down')) : log.publish(records);
      },
    };
    await log.subscribe({
      group: stage,
      topics: [topic],
      startAt: 'earliest',
      handle: (batch) =>
        processBatch(batch, {
          log: shaky,
          stage,
          process: (records) => Promise.resolve(records.map(() => failed)),
          maxAttempts: 1,
          savePayload,
        }),
      onError: () => undefined,
    });
    await refused.opened;
    expect(await log.committedOffsets(stage, topic)).toEqual(new Map());
    isDown = false;
    await waitFor('the group to catch up', () => isCaughtUp(log, stage, topic));
    expect(await lettersOf(log, stage)).toHaveLength(1);
  });
}
