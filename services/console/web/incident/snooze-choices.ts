import { words } from '../words/index.ts';

const HOUR_MS = 3_600_000;
const MORNING = 9;

export interface SnoozeChoice {
  readonly name: string;
  readonly until: Date;
}

/** Times to snooze until, as the viewer's clock has them. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const tomorrow = new Date(now);
  tomorrow.setDate(now.getDate() + 1);
  tomorrow.setHours(MORNING, 0, 0, 0);
  const after = (hours: number) => new Date(now.getTime() + hours * HOUR_MS);
  const { snoozes } = words.moves;
  return [
    { name: snoozes.hour, until: after(1) },
    { name: snoozes.four, until: after(4) },
    { name: snoozes.tomorrow, until: tomorrow },
    { name: snoozes.week, until: after(7 * 24) },
  ];
}
