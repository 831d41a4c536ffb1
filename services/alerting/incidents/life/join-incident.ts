import { type AlertChange, type Detection } from '@leakwatch/contracts';
import { type AlertCase } from '../../judge/cases.ts';
import { type AlertLife } from '../queries/alert-life-row.ts';
import { type FoundIncident } from '../queries/find-episodes.ts';
import { LEAKWATCH, type Transition } from '../queries/save-alert-life.ts';
import { raiseSeverity } from '../severity/raise-severity.ts';
import { isWorse } from '../severity/score-severity.ts';
import { severityOf } from '../severity/severity-of.ts';
import { violationOf, violationWith } from '../severity/violation-of.ts';
import { deadlinesFrom, moveAlert } from './alert-life.ts';
import { allowedMinutes } from './deadlines.ts';
import { isRecurrence } from './recurrence.ts';

export interface JoinedIncident {
  readonly life: AlertLife;
  readonly transitions: readonly Transition[];
  /** The changes to tell, in this order. */
  readonly changes: readonly AlertChange[];
}

/**
 * Gives an incident after one more detection. A recurrence reopens a resolved incident and ends a snooze. A worse
 * finding raises the severity; nothing lowers it.
 */
export function joinIncident(one: AlertCase, incident: FoundIncident, at: Date): JoinedIncident {
  const transitions: Transition[] = [];
  const changes: AlertChange[] = [];
  let { life }: { life: AlertLife } = incident;
  const become = (next: AlertLife, move: Transition['move'], reason: string) => {
    transitions.push({ move, from: life.state, to: next.state, by: LEAKWATCH, reason });
    changes.push(move);
    life = next;
  };
  const make = (change: 'regressed' | 'snooze-ended', reason: string) =>
    become(moveAlert(life, { change }, { by: LEAKWATCH, at }), change, reason);

  life = withDeadlines(life, one.detection, at);
  life = { ...life, violation: violationWith(life.violation, violationOf(one)) };
  if (!isRecurrence(one.detection, incident)) changes.push('occurrence-added');
  else if (life.state === 'resolved') {
    // The creator may be in another tier by now.
    life = { ...life, ...allowedMinutes(one.ruleset, one.tier.tier, life.severity) };
    make('regressed', `found again after it was ${life.resolution}`);
  } else {
    if (life.snoozedUntil !== null) make('snooze-ended', 'found again');
    changes.push('occurrence-added');
  }

  const { severity, reasons } = severityOf(one, incident.posts);
  if (life.state !== 'resolved' && isWorse(severity, life.severity)) {
    const raised = raiseSeverity(life, {
      severity,
      severityReasons: [...reasons],
      ruleId: one.rule.ruleId,
      rulesetHash: one.ruleset.hash,
      ...allowedMinutes(one.ruleset, one.tier.tier, severity),
      at,
    });
    become(raised, 'severity-changed', `from ${life.severity} to ${severity}: ${reasons.join(', ')}`);
  }
  return { life, transitions, changes };
}

/** An incident found only by re-scans sent no notice, so its deadlines begin with the first live post. */
function withDeadlines(life: AlertLife, detection: Detection, at: Date): AlertLife {
  const isUntold = life.state === 'open' && life.escalatesAt === null && life.escalationLevel === 0;
  if (!isUntold || detection.rescanJobId !== null) return life;
  return deadlinesFrom(life, at);
}
