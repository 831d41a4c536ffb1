import { type VerdictKind } from '@leakwatch/contracts';
import { type z } from 'zod';
import { MovedSchema } from '../outcomes.ts';
import { type Screen } from './screen.ts';

type Told = z.input<typeof MovedSchema>;

interface Move {
  readonly change: string;
  readonly verdict?: VerdictKind;
}

/** An alert as a move left it. */
type Moved = Pick<Told, 'id' | 'did'> &
  Partial<Pick<Told, 'state' | 'resolution' | 'assignee' | 'snoozedUntil' | 'problem'>>;

/** Of an alert that stays as it is. */
const UNMOVED = { state: null, resolution: null, assignee: null, snoozedUntil: null, problem: null };

/** Tells of each alert that a move was meant for, those that were refused, too. */
export function tellMoved(
  { change, verdict }: Move,
  moved: Moved,
  line: string | null,
  screen: Screen,
): void {
  screen.outcome(MovedSchema, { ...UNMOVED, change, verdict: verdict ?? null, ...moved }, line);
}
