import { alertId, type AlertEvent } from '@leakwatch/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AlertError } from '../desk/find-alert.ts';
import { changeAlert, type AnalystMove } from '../desk/moves/change-alert.ts';
import { escalateOverdue } from '../incidents/life/escalate-overdue.ts';
import { fixedChain } from '../incidents/life/escalation-chain.ts';
import { DEFAULT_DELIVERY } from '../tell/outbox/delivery-settings.ts';
import { detection, detectionRecord } from './support/detections.ts';
import { despiteBreaks, prepareOwnServer, type OwnServer } from './support/own-server.ts';
import { openReceiver, SECRET, type Receiver } from './support/receiver.ts';
import { NOW, openScene, until, type Scene } from './support/scene.ts';

let scene: Scene;
let receiver: Receiver;
let server: OwnServer;
beforeAll(async () => {
  server = await prepareOwnServer();
  [scene, receiver] = await Promise.all([openScene(() => server.open()), openReceiver()]);
});
afterAll(async () => {
  await scene.close();
  await receiver.close();
});

const CREATORS = ['mara', 'leaky', 'nils'];
const POSTS_EACH = 9;
const leaks = Array.from({ length: CREATORS.length * POSTS_EACH }, (_, index) =>
  detection({ nativeId: `p${index}`, creatorId: CREATORS[index % CREATORS.length]! }),
);
const alerts = CREATORS.map((creator) => alertId(creator, 'aurora', 1));

let now = NOW;
const MOVES: readonly AnalystMove[] = [
  { change: 'acknowledged' },
  { change: 'investigating' },
  { change: 'verdict-given', verdict: 'confirmed' },
];

/** Makes a move although the database dies meanwhile. If only the answer was lost, the move was made. */
async function move(alert: string, wanted: AnalystMove): Promise<void> {
  try {
    const request = { alertId: alert, move: wanted, by: 'ana', reason: 'because' };
    await despiteBreaks(() => changeAlert(scene.store, request, () => now));
  } catch (error) {
    if (!(error instanceof AlertError)) throw error;
  }
}

it(
  'kill -9 of Postgres between an alert and its outbox, again and again: nothing is lost, nothing told under two ids',
  { timeout: 300_000 },
  async () => {
    const options = {
      clock: () => now,
      config: {
        digestEveryMs: null,
        webhook: { url: receiver.url, secret: SECRET, timeoutMs: 2000 },
        delivery: { ...DEFAULT_DELIVERY, firstRetryMs: 20, longestRetryMs: 100, pollMs: 20 },
        escalation: { levels: 2, pollMs: 20 },
      },
    };
    await scene.start(options);
    await scene.start(options);
    // The server dies where it hurts: the alert is written, its outbox row and the commit are not.
    await scene.store.pool.query(`
    CREATE FUNCTION dawdle() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.02); RETURN NEW; END $$;
    CREATE TRIGGER dawdle BEFORE INSERT ON alert_outbox FOR EACH ROW EXECUTE FUNCTION dawdle();`);
    await despiteBreaks(() => scene.publish(...leaks.map(detectionRecord)));

    const isEscalated = async () => {
      await escalateOverdue(scene.store, { clock: () => now, chain: fixedChain(2) });
      const { rowCount } = await scene.store.pool.query('SELECT 1 FROM alert WHERE escalation_level = 1');
      return rowCount === alerts.length;
    };
    const count = () =>
      despiteBreaks(
        async () => (await scene.store.pool.query('SELECT 1 FROM alert_occurrence')).rowCount ?? 0,
      );
    for (const wanted of [3, 12, 20]) {
      await until(async () => (await count()) >= wanted);
      await server.kill();
    }
    await despiteBreaks(() => scene.settled());

    // A deadline passes together with the server: both processes and this one look for it once it is back.
    now = new Date(NOW.getTime() + 25 * 3_600_000);
    await server.kill();
    await until(() => despiteBreaks(isEscalated));
    for (const wanted of MOVES) {
      const moves = alerts.map((alert) => move(alert, wanted));
      await server.kill();
      await Promise.all(moves);
    }

    const { rows } = await despiteBreaks(() =>
      scene.store.pool.query<{ id: string; alert_id: string; change: AlertEvent['change'] }>(
        'SELECT id, alert_id, change FROM alert_outbox ORDER BY seq',
      ),
    );
    const told = Object.fromEntries(
      alerts.map((alert) => [
        alert,
        rows.filter((row) => row.alert_id === alert).map(({ change }) => change),
      ]),
    );
    const once = ['opened', ...Array<string>(POSTS_EACH - 1).fill('occurrence-added')];
    const life = ['escalated', 'acknowledged', 'investigating', 'verdict-given'];
    expect(told).toEqual(Object.fromEntries(alerts.map((alert) => [alert, [...once, ...life]])));

    // Work under way at the server's death is tried again once its lease ends, half a minute later.
    await until(() => new Set(receiver.accepted.map(({ id }) => id)).size === rows.length);
    expect(new Set(receiver.accepted.map(({ id }) => id))).toEqual(new Set(rows.map(({ id }) => id)));
  },
);
