import { alertId, type AlertState, type Resolution, type VerdictKind } from '@leakwatch/contracts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { AlertError } from '../../desk/find-alert.ts';
import { changeAlert, type AnalystMove } from '../../desk/moves/change-alert.ts';
import { listTransitions } from '../../desk/queries/list-transitions.ts';
import { followCampaigns, type WatchedCampaigns } from '../../judge/watched-campaigns.ts';
import { alertCaseOf } from '../support/cases.ts';
import { detection } from '../support/detections.ts';
import { NOW, openScene, type Scene } from '../support/scene.ts';
import { escalateOverdue } from '../../incidents/life/escalate-overdue.ts';
import { fixedChain } from '../../incidents/life/escalation-chain.ts';
import { loadAlertLife } from '../../incidents/queries/load-alert-life.ts';
import { recordIncidents } from '../../incidents/record-incidents.ts';

const MINUTE = 60_000;
const LEVELS = 2;

let scene: Scene;
let campaigns: WatchedCampaigns;
beforeAll(async () => {
  scene = await openScene();
  const following = await followCampaigns(scene.store, (error) => {
    throw error;
  });
  campaigns = (await following.atLeast(1))!;
  await following.stop();
});
afterAll(() => scene.close());

/** The acts of people and of the world on an incident. */
type Act =
  | { act: 'acknowledge' | 'investigate' | 'reopen' | 'wake' | 'post again' | 're-scan' }
  | { act: 'judge'; verdict: VerdictKind }
  | { act: 'snooze'; minutes: number }
  | { act: 'wait'; minutes: number };

const minutes = fc.integer({ min: 1, max: 4000 });
const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.oneof(
    fc.record({
      act: fc.constantFrom('acknowledge', 'investigate', 'reopen', 'wake', 'post again', 're-scan'),
    }),
    fc.record({
      act: fc.constant('judge' as const),
      verdict: fc.constantFrom('confirmed', 'false-positive', 'approved'),
    }),
    fc.record({ act: fc.constantFrom('snooze', 'wait'), minutes }),
  ),
  { minLength: 1, maxLength: 14 },
);

/** A model of an alert, without deadlines and history. */
interface Paper {
  state: AlertState;
  resolution: Resolution | null;
  /** Minutes since the beginning; null: not snoozed. */
  snoozedUntil: number | null;
  regressions: number;
}

/** The model after an act; null: the act is refused. */
function onPaper(paper: Paper, one: Act, now: number): Paper | null {
  const isResolved = paper.state === 'resolved';
  const opened = { state: 'open', resolution: null, snoozedUntil: null } as const;
  switch (one.act) {
    case 'acknowledge':
      return paper.state === 'open' ? { ...paper, state: 'acknowledged' } : null;
    case 'investigate':
      return paper.state === 'open' || paper.state === 'acknowledged'
        ? { ...paper, state: 'investigating' }
        : null;
    case 'judge':
      return { ...paper, state: 'resolved', resolution: one.verdict, snoozedUntil: null };
    case 'reopen':
      return isResolved ? { ...paper, ...opened } : null;
    case 'snooze':
      return isResolved ? null : { ...paper, snoozedUntil: now + one.minutes };
    case 'wake':
      return paper.snoozedUntil === null ? null : { ...paper, snoozedUntil: null };
    case 'post again':
      return isResolved
        ? { ...paper, ...opened, regressions: paper.regressions + 1 }
        : { ...paper, snoozedUntil: null };
    case 're-scan':
      return paper;
    case 'wait':
      return paper.snoozedUntil !== null && paper.snoozedUntil <= now
        ? { ...paper, snoozedUntil: null }
        : paper;
  }
}

function moveOf(one: Act, now: Date): AnalystMove | null {
  switch (one.act) {
    case 'acknowledge':
      return { change: 'acknowledged' };
    case 'investigate':
      return { change: 'investigating' };
    case 'judge':
      return { change: 'verdict-given', verdict: one.verdict };
    case 'reopen':
      return { change: 'reopened' };
    case 'snooze':
      return { change: 'snoozed', until: new Date(now.getTime() + one.minutes * MINUTE) };
    case 'wake':
      return { change: 'snooze-ended' };
    case 'post again':
    case 're-scan':
    case 'wait':
      return null;
  }
}

let incidents = 0;

/** Runs the acts on a real database. Gives the alert after each act, and the refused ones. */
async function live(list: readonly Act[]) {
  incidents += 1;
  const creatorId = `creator-${incidents}`;
  const id = alertId(creatorId, 'aurora', 1);
  let passed = 0;
  let posts = 0;
  const clock = () => new Date(NOW.getTime() + passed * MINUTE);
  const find = async (rescanJobId: string | null) => {
    posts += 1;
    const found = { ...detection({ creatorId, nativeId: `${creatorId}-${posts}` }), rescanJobId };
    await recordIncidents(scene.store, [alertCaseOf(found, campaigns, clock())], {
      clock,
      episodeGapMs: 3_600_000,
    });
  };
  await find(null);

  let paper: Paper = { state: 'open', resolution: null, snoozedUntil: null, regressions: 0 };
  for (const one of list) {
    if (one.act === 'wait') passed += one.minutes;
    const wanted = onPaper(paper, one, passed);
    const move = moveOf(one, clock());
    if (one.act === 'post again') await find(null);
    if (one.act === 're-scan') await find('job-1');
    if (one.act === 'wait') await escalateOverdue(scene.store, { clock, chain: fixedChain(LEVELS) });
    const refused = move === null ? null : await refusalOf(id, move, clock);
    expect(refused === null ? null : refused.code).toBe(wanted === null ? 'illegal-move' : null);
    paper = wanted ?? paper;
    const life = (await loadAlertLife(scene.store.pool, id))!;
    expect({
      state: life.state,
      resolution: life.resolution,
      snoozedUntil:
        life.snoozedUntil === null ? null : (life.snoozedUntil.getTime() - NOW.getTime()) / MINUTE,
      regressions: life.regressions,
    }).toEqual(paper);
    expect(life.escalationLevel).toBeLessThanOrEqual(LEVELS);
  }
  return id;
}

async function refusalOf(id: string, move: AnalystMove, clock: () => Date): Promise<AlertError | null> {
  try {
    await changeAlert(scene.store, { alertId: id, move, by: 'ana', reason: 'because' }, clock);
    return null;
  } catch (error) {
    if (error instanceof AlertError) return error;
    throw error;
  }
}

it('whatever is done to an alert, it is as it would be on paper; each move is one line of history and told once', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const id = await live(list);
      const history = await listTransitions(scene.store.pool, id);
      // Each line continues from the end of the one before.
      history.reduce((state: AlertState | null, { from, to }) => {
        expect(from).toBe(state);
        return to;
      }, null);
      const { rows } = await scene.store.pool.query(
        `SELECT change FROM alert_outbox WHERE alert_id = $1 AND change <> 'occurrence-added' ORDER BY seq`,
        [id],
      );
      const told = rows.map((row) => JSON.stringify(row)).toSorted();
      expect(told).toEqual(history.map(({ move }) => JSON.stringify({ change: move })).toSorted());
    }),
    { numRuns: 60, seed: 5 },
  );
});
