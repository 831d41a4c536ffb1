import { type VerdictKind } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { type Answers } from '../screen/answers.ts';
import { type Screen } from '../screen/screen.ts';

type KeyMove =
  | { readonly change: 'verdict-given'; readonly verdict: VerdictKind }
  | { readonly change: 'acknowledged' | 'investigating' };

/** Where alerts come from and moves go: a database, or a console. */
export interface Desk<A extends { readonly id: string }> {
  /** The worst active alert that is not skipped, and how many are active. */
  next(skipped: ReadonlySet<string>): Promise<{ readonly alert: A | null; readonly left: number }>;
  show(alert: A): Promise<void>;
  /** @throws UsageError if the move is refused */
  move(alert: A, move: KeyMove, reason: string): Promise<void>;
}

/** The move of each key; a verdict asks for its reason, for which an empty line takes the one given here. */
const KEYS: Readonly<
  Record<string, { readonly says: string; readonly move: KeyMove; readonly reason?: string }>
> = {
  c: {
    says: 'confirmed',
    move: { change: 'verdict-given', verdict: 'confirmed' },
    reason: 'a leak, as the post shows',
  },
  f: {
    says: 'false positive',
    move: { change: 'verdict-given', verdict: 'false-positive' },
    reason: 'no leak, as the post shows',
  },
  a: {
    says: 'approved',
    move: { change: 'verdict-given', verdict: 'approved' },
    reason: 'allowed by the brand',
  },
  k: { says: 'acknowledge', move: { change: 'acknowledged' } },
  i: { says: 'investigate', move: { change: 'investigating' } },
};
const LEGEND = `${Object.entries(KEYS)
  .map(([key, { says }]) => `${key} ${says}`)
  .join(' · ')} · s skip · q quit`;

/** Shows the active alerts one by one, the worst first, and does what the keys say. */
export async function workOneByOne<A extends { readonly id: string }>(
  desk: Desk<A>,
  screen: Screen,
  answers: Answers,
): Promise<void> {
  const skipped = new Set<string>();
  let done = 0;
  for (;;) {
    const { alert, left } = await desk.next(skipped);
    if (alert === null) {
      screen.note(left === 0 ? 'no alert waits' : `${left} skipped; none other waits`);
      break;
    }
    screen.result('');
    await desk.show(alert);
    const key = await answers.key(`\n${left} left · ${LEGEND} > `);
    if (key === null || key === 'q') break;
    const chosen = KEYS[key];
    if (chosen === undefined) {
      if (key === 's') skipped.add(alert.id);
      else screen.problem(`\`${key}\` does nothing: ${LEGEND}`);
      continue;
    }
    const given = chosen.reason === undefined ? '' : await answers.line(`reason (${chosen.reason}): `);
    if (given === null) break;
    const reason = given.trim() === '' ? (chosen.reason ?? '') : given;
    try {
      await desk.move(alert, chosen.move, reason);
      done += 1;
      screen.result(`alert ${alert.id.slice(0, 8)}: ${chosen.says}`);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      screen.problem(error.message);
    }
    // Acknowledged or in work, it would come again.
    if (chosen.reason === undefined) skipped.add(alert.id);
  }
  screen.note(`${done} done`);
}
