import { type AlertLife } from '../queries/alert-life-row.ts';

const MINUTE_MS = 60_000;

export type RaisedSeverity = Pick<AlertLife, 'severity' | 'severityReasons' | 'ruleId' | 'rulesetHash'> & {
  readonly minutesToAct: number;
  readonly minutesToResolve: number;
  readonly at: Date;
};

/** Raises the severity and notes the rule behind it. Deadlines come forward if the new severity allows less time. */
export function raiseSeverity(life: AlertLife, { at, ...raised }: RaisedSeverity): AlertLife {
  const within = (minutes: number, deadline: Date | null) => {
    const sooner = new Date(at.getTime() + minutes * MINUTE_MS);
    return deadline === null || sooner < deadline ? sooner : deadline;
  };
  const dueAt = within(raised.minutesToAct, life.dueAt);
  const resolveDueAt = within(raised.minutesToResolve, life.resolveDueAt);
  const next = { ...life, ...raised, dueAt, resolveDueAt };
  // At the end of the chain, or resolved: nothing escalates any more.
  if (life.escalatesAt === null) return next;
  const deadline = life.state === 'open' ? dueAt : resolveDueAt;
  return { ...next, escalatesAt: deadline < life.escalatesAt ? deadline : life.escalatesAt };
}
