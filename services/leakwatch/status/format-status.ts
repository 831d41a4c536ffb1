import { stripVTControlCharacters } from 'node:util';
import colors from 'picocolors';
import { formatDuration, formatSeverity, formatShare, printable } from '../screen/format.ts';
import { findSuccessors, isMissed } from './find-successors.ts';
import { type Part, type Problem } from './judge-status.ts';
import { isAlive, MISSED_FOR_S, type Status } from './load-status.ts';
import { typedHere } from '../typed.ts';

/** A line of a part: its name and its text. */
interface Line {
  readonly of: string;
  readonly name: string;
  readonly says: readonly string[];
  /** Neither well nor wrong. */
  readonly isOpen?: true;
}

const NONE: Line = { of: '', name: 'none', says: [], isOpen: true };

const TITLE_WIDTH = 14;
const NAME_WIDTH = 16;

/** Formats the whole screen, one string per line. Problems are marked in their line and counted in the first. */
export function formatStatus(status: Status, problems: readonly Problem[]): string[] {
  const headline =
    problems.length === 0
      ? colors.bold(colors.green('✓ leakwatch is working'))
      : colors.bold(
          colors.red(`✗ ${problems.length} ${problems.length === 1 ? 'thing is' : 'things are'} wrong`),
        );
  const at = status.at.toISOString().replace('T', ' ').slice(0, 19);
  const parts: [Part, string, Line[]][] = [
    ['processes', 'processes', processLines(status)],
    ['stages', 'stages', stageLines(status)],
    ['canary', 'canary', canaryLines(status)],
    ['watchList', 'watch list', watchListLines(status)],
    ['coverage', 'coverage', coverageLines(status)],
    ['alerts', 'open alerts', alertLines(status)],
    ['deadLetters', 'dead letters', deadLetterLines(status)],
    ['rescans', 're-scans', rescanLines(status)],
    ['channels', 'channels', channelLines(status)],
    ['encryption', 'encryption', encryptionLines(status)],
  ];
  return [
    `${headline}   ${colors.dim(`${at} UTC · ${status.database} · log ${status.log}`)}`,
    '',
    ...parts.flatMap(([part, title, lines]) => formatPart(part, title, lines, problems)),
  ];
}

function formatPart(part: Part, title: string, lines: Line[], problems: readonly Problem[]): string[] {
  const own = problems.filter((problem) => problem.part === part);
  const shown: Line[] = lines.length === 0 ? [NONE] : lines;
  return shown.map((line, index) => {
    const wrong = own.filter(({ of }) => of === line.of).map(({ what }) => what);
    const mark = wrong.length > 0 ? colors.red('✗') : line.isOpen === true ? ' ' : colors.green('✓');
    const says = [...line.says, ...wrong.map((what) => colors.red(printable(what, 200)))].join(
      colors.dim(' · '),
    );
    const label = (index === 0 ? title : '').padEnd(TITLE_WIDTH);
    return `${colors.bold(label)}${mark} ${padded(line.name, NAME_WIDTH)} ${says}`.trimEnd();
  });
}

/** Pads by visible width: colour codes take no room on a terminal. */
function padded(text: string, width: number): string {
  const visible = stripVTControlCharacters(text).length;
  return `${text}${' '.repeat(Math.max(0, width - visible))}`;
}

const ago = (seconds: number) => `${formatDuration(seconds * 1000)} ago`;

function processLines({ processes, at }: Status): Line[] {
  const successors = findSuccessors(processes, at);
  const lines = processes.map((one): Line => {
    const successor = successors.get(one.processId);
    const isOver = !isAlive(one) && !isMissed(one, successors);
    return {
      of: one.processId,
      name: one.name,
      says: [
        `${printable(one.host, 40)}, pid ${one.pid}`,
        `version ${one.version}`,
        isAlive(one)
          ? `up for ${formatDuration(at.getTime() - one.startedAt.getTime())}`
          : `last heard ${ago(one.silentSeconds)}`,
        ...(successor === undefined ? [] : [`replaced by pid ${successor.pid}`]),
        ...(isOver && successor === undefined ? ['not missed any more'] : []),
      ],
      ...(isOver ? { isOpen: true } : {}),
    };
  });
  return processes.some((one) => one.silentSeconds < MISSED_FOR_S) ? lines : [NONE, ...lines];
}

function stageLines({ stages }: Status): Line[] {
  return stages.map(({ stage, silentSeconds, lag }) => ({
    of: stage,
    name: stage,
    says: [
      ...(silentSeconds === null ? [] : [`alive ${ago(silentSeconds)}`]),
      ...(lag === null ? [] : [lag === 0 ? 'nothing waits' : `${lag.toLocaleString('en')} records wait`]),
    ],
  }));
}

function canaryLines({ canary, at }: Status): Line[] {
  return canary.map(({ lane, lastArrivedAt, lastSeconds, sent }) => ({
    of: lane,
    name: lane,
    says: [
      lastArrivedAt === null || lastSeconds === null
        ? 'none has arrived yet'
        : `took ${formatDuration(lastSeconds * 1000)}, ${ago((at.getTime() - lastArrivedAt.getTime()) / 1000)}`,
      `${sent} sent in the last hour`,
    ],
  }));
}

function watchListLines({ watchList }: Status): Line[] {
  const { newest, ageSeconds, lanes } = watchList;
  if (newest === 0) return [NONE];
  const imported = ageSeconds === null ? [] : [`imported ${ago(ageSeconds)}`];
  const whole: Line = { of: '', name: `version ${newest}`, says: imported };
  const behind = Object.entries(lanes).filter(([, version]) => version < newest);
  return [whole, ...behind.map(([lane]): Line => ({ of: lane, name: '', says: [] }))];
}

function coverageLines({ coverage }: Status): Line[] {
  if (coverage === null) return [{ of: '', name: 'not known yet', says: [], isOpen: true }];
  const lines = coverage.map(({ tier, expected, fresh, awaited }): Line => ({
    of: String(tier),
    name: `tier ${tier}`,
    says: [
      `${fresh} of ${expected} creators heard`,
      ...(expected === 0 ? [] : [formatShare(fresh / expected)]),
      ...(awaited === 0 ? [] : [`${awaited} waiting for the first post`]),
    ],
    ...(awaited > 0 && awaited === expected ? { isOpen: true } : {}),
  }));
  return coverage.some(({ awaited }) => awaited > 0) ? [...lines, ...howPostsCome()] : lines;
}

function howPostsCome(): Line[] {
  const says = (text: string): Line => ({ of: '', name: '', says: [text], isOpen: true });
  return [
    says(`feeds, Mastodon and Bluesky are polled: ${typedHere('sources list')}`),
    says('posts of other platforms come by the webhook, POST /v1/posts, or by --source'),
    says(`who is awaited, and why: ${typedHere('coverage --stale')}`),
  ];
}

function alertLines({ alerts }: Status): Line[] {
  return alerts.map(({ severity, waiting, inWork }) => ({
    of: severity,
    name: formatSeverity(severity),
    says: [`${waiting} waiting`, `${inWork} in work`],
  }));
}

function deadLetterLines({ deadLetters }: Status): Line[] {
  return Object.entries(deadLetters).map(([stage, depth]) => ({
    of: stage,
    name: stage,
    says: [depth.toLocaleString('en')],
  }));
}

function rescanLines({ rescans, at }: Status): Line[] {
  const { states, lastSuccessAt } = rescans;
  const underWay = ['waiting', 'running', 'paused'].flatMap((state) => {
    const jobs = states[state] ?? 0;
    return jobs === 0 ? [] : [`${jobs} ${state}`];
  });
  if (underWay.length === 0 && lastSuccessAt === null) return [];
  const last =
    lastSuccessAt === null
      ? 'none has ended yet'
      : `last one ended ${ago((at.getTime() - lastSuccessAt.getTime()) / 1000)}`;
  return [{ of: '', name: underWay.length === 0 ? 'none under way' : underWay.join(', '), says: [last] }];
}

function encryptionLines({ encryption }: Status): Line[] {
  const { isOn, master, dataKeys, exceptLog } = encryption;
  if (!isOn) {
    const says = ['terms, captions and pictures are readable in the database and its backups'];
    return [{ of: '', name: 'off', says, isOpen: true }];
  }
  return [
    {
      of: '',
      name: 'on',
      says: [
        `master key ${master}`,
        `${dataKeys} data ${dataKeys === 1 ? 'key' : 'keys'}`,
        ...(exceptLog ? ['except for records in Kafka'] : []),
      ],
    },
  ];
}

function channelLines({ channels, at }: Status): Line[] {
  return channels.map(({ channel, pending, lastDeliveredAt }) => ({
    of: channel,
    name: channel,
    says: [
      pending === 0 ? 'every notice is sent' : `${pending} pending`,
      ...(lastDeliveredAt === null ? [] : [`last ${ago((at.getTime() - lastDeliveredAt.getTime()) / 1000)}`]),
    ],
  }));
}
