import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { recordIncidents } from '../incidents/record-incidents.ts';
import { followCampaigns } from '../judge/watched-campaigns.ts';
import { alertCaseOf } from './support/cases.ts';
import { detection, detectionRecord } from './support/detections.ts';
import { despiteBreaks } from './support/own-server.ts';
import { NOW, openScene, until, type Scene } from './support/scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await openScene();
});
afterEach(() => scene.close());

const count = async (table: 'alert' | 'alert_occurrence' | 'alert_outbox') => {
  const { rowCount } = await scene.store.pool.query(`SELECT 1 FROM ${table}`);
  return rowCount;
};

/** Thirty posts of three creators; each creator's are one incident. */
const leaks = Array.from({ length: 30 }, (_, index) =>
  detection({ nativeId: `p${index}`, creatorId: ['mara', 'leaky', 'nils'][index % 3]! }),
);

const tally = (names: readonly string[]) =>
  Object.fromEntries([...new Set(names)].map((name) => [name, names.filter((one) => one === name).length]));

describe('two alerting processes at once', () => {
  it('make the alerts of one, told once, whatever is delivered twice', async () => {
    const apps = await Promise.all([scene.start(), scene.start()]);
    await scene.detect(...leaks, ...leaks.toReversed());
    expect((await scene.alerts()).map(({ occurrences }) => occurrences.length)).toEqual([10, 10, 10]);
    await expect
      .poll(async () => tally((await scene.alertEvents()).map(({ change }) => change)))
      .toEqual({ opened: 3, 'occurrence-added': 27, 'severity-changed': 3 });
    const created = await Promise.all(apps.map(({ metrics }) => metrics.alertsCreated.get()));
    const total = created.flatMap(({ values }) => values).reduce((sum, { value }) => sum + value, 0);
    expect(total).toBe(3);
  });

  it('may even work on one creator at the same time, as after a partition was lost', async () => {
    const campaigns = await followCampaigns(scene.store, (error) => {
      throw error;
    });
    const list = await campaigns.atLeast(1);
    const effects = await Promise.all(
      [...leaks, ...leaks].map(async (one) => {
        const timing = { clock: () => NOW, episodeGapMs: 3_600_000 };
        return (await recordIncidents(scene.store, [alertCaseOf(one, list!, NOW)], timing)).map(
          ({ effect }) => effect.kind,
        );
      }),
    );
    await campaigns.stop();
    expect(tally(effects.flat())).toEqual({ opened: 3, joined: 27, repeated: 30 });
    expect((await scene.alerts()).map(({ occurrences }) => occurrences.length)).toEqual([10, 10, 10]);
  });
});

describe('a failure between alert and outbox', () => {
  it('leaves nothing behind, and the detection comes again', async () => {
    const { pool } = scene.store;
    // A serialisation failure, as a real server reports it, at the moment when the event is written.
    await pool.query(`
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM nextval('refusals');
        RAISE EXCEPTION 'refused' USING errcode = '40001';
      END $$;
      CREATE SEQUENCE refusals;
      CREATE TRIGGER refuse BEFORE INSERT ON alert_outbox FOR EACH ROW EXECUTE FUNCTION refuse();`);
    const { metrics } = await scene.start();
    await scene.publish(detectionRecord(detection()));
    await until(async () => {
      const { rowCount } = await pool.query('SELECT 1 FROM refusals WHERE last_value >= 3');
      return rowCount === 1;
    });
    expect([await count('alert'), await count('alert_occurrence'), await count('alert_outbox')]).toEqual([
      0, 0, 0,
    ]);
    expect((await metrics.alertsCreated.get()).values).toEqual([]);

    await pool.query('DROP TRIGGER refuse ON alert_outbox');
    await scene.settled();
    expect([await count('alert'), await count('alert_occurrence'), await count('alert_outbox')]).toEqual([
      1, 1, 1,
    ]);
    expect((await metrics.alertsCreated.get()).values).toMatchObject([{ value: 1 }]);
  });

  it('of every connection at once, again and again, loses nothing and doubles nothing', async () => {
    await scene.start();
    await scene.publish(...leaks.map(detectionRecord));
    for (const wanted of [1, 10, 20]) {
      await despiteBreaks(() => until(async () => (await count('alert_occurrence'))! >= wanted));
      await despiteBreaks(() =>
        scene.store.pool.query(
          `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
           WHERE datname = current_database() AND pid <> pg_backend_pid()`,
        ),
      );
    }
    await despiteBreaks(() => scene.settled());
    const alerts = await despiteBreaks(() => scene.alerts());
    expect(alerts.map(({ occurrences }) => occurrences.length)).toEqual([10, 10, 10]);
    // Each tenth post raises the severity of its incident, which is told as well.
    await until(async () => new Set((await scene.alertEvents()).map(({ id }) => id)).size === 33);
  });
});

describe('records that are not what the topic promises', () => {
  it('go to the dead letters, and the rest goes on', async () => {
    await scene.start();
    const good = detectionRecord(detection());
    const strange = detectionRecord(detection({ nativeId: 'x', watchListVersion: 99 }));
    await scene.publish(
      { ...good, value: Buffer.from('{"schemaVersion":1}') },
      { ...good, value: Buffer.from([0xff]) },
      { ...good, headers: { ...good.headers, ce_type: 'someone.else.v1' } },
      strange,
      good,
    );
    await scene.settled();
    expect(await scene.alerts()).toHaveLength(1);
    const reasons: (string | undefined)[] = [];
    for await (const records of scene.log.replay({ topic: 'dead-letters' })) {
      reasons.push(
        ...records.map(({ value }) => /"reason":"([^"]+)"/.exec(Buffer.from(value).toString())?.[1]),
      );
    }
    expect(reasons.sort()).toEqual(['bad-json', 'bad-schema', 'unknown-type', 'unknown-watch-list']);
  });
});
