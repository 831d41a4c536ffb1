import { changeAlert, findAlert, type AnalystMove } from '@leakwatch/alerting/desk';
import { type LivingAlert } from '@leakwatch/alerting/incidents';
import { selectForMove } from '@leakwatch/console/queue';
import { MoveSchema } from '@leakwatch/console/schemas';
import { UsageError } from '@leakwatch/runtime';
import { type Store } from '@leakwatch/store';
import { openEnvironment } from '../environment.ts';
import { describeDeadline } from '../screen/deadline.ts';
import { printable } from '../screen/format.ts';
import { tellMoved } from '../screen/moved.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';
import { type Choice } from './choose-alerts.ts';
import { checkNames } from './known-names.ts';

const SHORT_ID = 8;

export interface MoveOptions {
  readonly dataDir: string;
  readonly by: string;
  readonly reason: string;
  readonly dryRun: boolean;
}

/**
 * Makes an analyst's move on each alert of a choice, and prints its new state. Of several, one that is refused stops none of the
 * others.
 *
 * @param after - once something was changed, with the database still open
 * @throws UsageError if one was refused
 */
export async function moveAlerts(
  choice: Choice,
  move: AnalystMove,
  options: MoveOptions,
  screen: Screen,
  after: (store: Store) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
  const environment = await openEnvironment({ dataDir: options.dataDir });
  const { store } = environment;
  try {
    const ids = await idsOf(store, choice, move, { by: options.by, screen });
    const isOne = choice.kind === 'ids' && ids.length === 1;
    const refused: string[] = [];
    for (const id of ids) {
      try {
        await moveOne(store, id, move, options, screen);
      } catch (error) {
        const told = asUsageError(error);
        if (told instanceof UsageError)
          tellMoved(move, { id, did: 'refused', problem: told.message }, null, screen);
        if (isOne || !(told instanceof UsageError)) throw told;
        screen.problem(`alert ${id.slice(0, SHORT_ID)}: ${told.message}`);
        refused.push(id);
      }
    }
    const done = ids.length - refused.length;
    if (!isOne)
      screen.note(
        `${done} of ${ids.length} ${options.dryRun ? 'would change; nothing was changed' : 'changed'}`,
      );
    if (done > 0 && !options.dryRun) await after(store);
    if (refused.length > 0) throw new UsageError(`${refused.length} of ${ids.length} were refused`);
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

async function idsOf(
  store: Store,
  choice: Choice,
  move: AnalystMove,
  { by, screen }: { readonly by: string; readonly screen: Screen },
): Promise<readonly string[]> {
  if (choice.kind === 'ids') return choice.ids;
  await checkNames(store.pool, choice.filter, screen);
  const asked = MoveSchema.parse(
    move.change === 'snoozed' ? { ...move, until: move.until.toISOString() } : move,
  );
  const found = await selectForMove(store, { filter: choice.filter, at: new Date(), me: by, move: asked });
  const allowed = found.filter(({ isAllowed }) => isAllowed);
  if (allowed.length < found.length) {
    screen.note(`${found.length - allowed.length} more match, but their state does not allow it`);
  }
  return allowed.map(({ id }) => id);
}

async function moveOne(
  store: Store,
  id: string,
  move: AnalystMove,
  { by, reason, dryRun }: MoveOptions,
  screen: Screen,
): Promise<void> {
  if (dryRun) {
    const found = await findAlert(store, id);
    const line = `alert ${found.id.slice(0, SHORT_ID)}: would become ${describeMove(move)}`;
    tellMoved(move, { id: found.id, did: 'would-change' }, line, screen);
    return;
  }
  const alert = await changeAlert(store, { alertId: id, move, by, reason });
  const standing = move.change === 'verdict-given' ? move.verdict : describeStanding(alert);
  const { state, resolution, assignee } = alert;
  const snoozedUntil = alert.snoozedUntil?.toISOString() ?? null;
  tellMoved(
    move,
    { id: alert.id, did: 'changed', state, resolution, assignee, snoozedUntil },
    `alert ${alert.id.slice(0, SHORT_ID)}: ${standing}`,
    screen,
  );
}

function describeMove(move: AnalystMove): string {
  if (move.change === 'verdict-given') return move.verdict;
  if (move.change === 'assigned') return move.to === null ? 'nobody’s' : `${printable(move.to, 40)}’s`;
  if (move.change === 'snoozed') return `snoozed until ${move.until.toISOString()}`;
  if (move.change === 'merged') return `a duplicate of ${move.into.slice(0, SHORT_ID)}`;
  return move.change === 'snooze-ended' ? 'awake' : move.change;
}

function describeStanding(alert: LivingAlert): string {
  if (alert.state === 'resolved') return `resolved, ${alert.resolution}`;
  const who = alert.assignee === null ? '' : `, ${printable(alert.assignee, 40)}’s`;
  if (alert.snoozedUntil !== null)
    return `${alert.state}${who}, snoozed until ${alert.snoozedUntil.toISOString()}`;
  return `${alert.state}${who}, ${describeDeadline(alert, new Date())}`;
}
