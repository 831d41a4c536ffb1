import { findSuccessors, isMissed } from './find-successors.ts';
import { isAlive, MISSED_FOR_S, type Status } from './load-status.ts';
import { typedHere } from '../typed.ts';

/** The part of the screen that has a problem. */
export type Part = keyof Omit<Status, 'at' | 'database' | 'log'>;

export interface Problem {
  readonly part: Part;
  /** The line of the part: a stage, a lane, a severity, a channel, a process. */
  readonly of: string;
  /** The problem in a few words, with the command to type next. */
  readonly what: string;
}

/** A stage beats every five seconds, so this many missed beats are no accident. */
const STALLED_AFTER_S = 60;
/** More than a burst. */
const MUCH_LAG = 10_000;
/** Canaries are sent each minute by default and may take two. After three missed intervals one is not just slow. */
const CANARY_LATE_AFTER_S = 240;
/** Share of a tier's creators; docs/operate/telemetry.md. */
const COVERAGE_LOW = 0.9;

/** All problems, in the order of the screen; empty if all is well. */
export function judgeStatus(status: Status): Problem[] {
  return [
    ...processProblems(status),
    ...stageProblems(status),
    ...canaryProblems(status),
    ...watchListProblems(status),
    ...coverageProblems(status),
    ...alertProblems(status),
    ...deadLetterProblems(status),
    ...channelProblems(status),
    ...encryptionProblems(status),
  ];
}

function processProblems({ processes, at }: Status): Problem[] {
  if (!processes.some((one) => one.silentSeconds < MISSED_FOR_S)) {
    return [
      { part: 'processes', of: '', what: `nothing runs: ${typedHere('up')}, or a \`run\` for each service` },
    ];
  }
  const successors = findSuccessors(processes, at);
  return processes.flatMap((one): Problem[] => {
    const problem = (what: string): Problem => ({ part: 'processes', of: one.processId, what });
    if (isMissed(one, successors))
      return [problem(`has gone silent: ${typedHere('status --forget')}, if it is to stay away`)];
    if (!isAlive(one)) return [];
    const { checks, warnings = {} } = one.standing;
    return Object.entries({ ...checks, ...warnings }).flatMap(([check, said]) =>
      said === 'ok' ? [] : [problem(`${check}: ${said}`)],
    );
  });
}

function stageProblems({ stages }: Status): Problem[] {
  return stages.flatMap(({ stage, silentSeconds, lag }): Problem[] => {
    const problem = (what: string): Problem => ({ part: 'stages', of: stage, what });
    if (silentSeconds === null) return [problem('no process works for it')];
    if (silentSeconds > STALLED_AFTER_S) return [problem('stands still')];
    return lag !== null && lag > MUCH_LAG ? [problem('is far behind')] : [];
  });
}

function canaryProblems({ canary, at }: Status): Problem[] {
  return canary.flatMap(({ lane, lastArrivedAt, lastSentAt, lost }): Problem[] => {
    const problem = (what: string): Problem => ({ part: 'canary', of: lane, what });
    // The first canary, sent just now, may still be on its way.
    const waitingMs = at.getTime() - (lastArrivedAt ?? lastSentAt).getTime();
    if (waitingMs > CANARY_LATE_AFTER_S * 1000)
      return [problem('does not arrive, so leaks would not, either')];
    return lost > 0 ? [problem(`${lost} lost in the last hour`)] : [];
  });
}

function watchListProblems({ watchList }: Status): Problem[] {
  const problem = (of: string, what: string): Problem => ({ part: 'watchList', of, what });
  if (watchList.newest === 0) {
    return [problem('', `nothing is watched: ${typedHere('watchlist import list.yaml')}`)];
  }
  return Object.entries(watchList.lanes).flatMap(([lane, version]) =>
    version < watchList.newest && (watchList.ageSeconds ?? 0) > STALLED_AFTER_S
      ? [problem(lane, `${lane} is still at version ${version}`)]
      : [],
  );
}

function coverageProblems({ coverage }: Status): Problem[] {
  // Nothing has come yet of those who are awaited: a list that is new is not wrong.
  return (coverage ?? []).flatMap(({ tier, expected, fresh, awaited }): Problem[] =>
    expected > awaited && fresh / (expected - awaited) < COVERAGE_LOW
      ? [{ part: 'coverage', of: String(tier), what: `too few creators are heard: ${typedHere('coverage')}` }]
      : [],
  );
}

function alertProblems({ alerts }: Status): Problem[] {
  return alerts.flatMap(({ severity, overdue }): Problem[] =>
    overdue > 0
      ? [{ part: 'alerts', of: severity, what: `${overdue} overdue: ${typedHere('alerts list')}` }]
      : [],
  );
}

function deadLetterProblems({ deadLetters }: Status): Problem[] {
  return Object.keys(deadLetters).map((stage) => ({
    part: 'deadLetters',
    of: stage,
    what: `not processed: ${typedHere('dead-letters list')}`,
  }));
}

function channelProblems({ channels }: Status): Problem[] {
  return channels.flatMap(({ channel, failing, gaveUp }): Problem[] => {
    const problem = (what: string): Problem => ({ part: 'channels', of: channel, what });
    return [
      ...(failing > 0 ? [problem(`${failing} notices fail and are tried again`)] : []),
      ...(gaveUp > 0 ? [problem(`${gaveUp} notices were given up today`)] : []),
    ];
  });
}

function encryptionProblems({ encryption }: Status): Problem[] {
  return encryption.isOn && !encryption.isWhole
    ? [
        {
          part: 'encryption',
          of: '',
          what: `not all older content is encrypted with the newest key: ${typedHere('keys rewrite')}`,
        },
      ]
    : [];
}
