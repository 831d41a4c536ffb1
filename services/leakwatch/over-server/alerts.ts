import {
  IncidentSchema,
  MoveAnswerSchema,
  PerformanceSchema,
  QueueItemSchema,
  QueuePageSchema,
  type Incident,
  type Move,
  type QueueFilter,
  type QueueItem,
  type QueueOrderSchema,
} from '@leakwatch/console/schemas';
import {
  describeRange,
  formatDuration,
  formatSeverity,
  formatShare,
  formatTable,
  printable,
} from '../screen/format.ts';
import { UsageError } from '@leakwatch/runtime';
import { type z } from 'zod';
import { type Choice } from '../commands/choose-alerts.ts';
import { tellMoved } from '../screen/moved.ts';
import { formatPosts } from '../screen/posts.ts';
import { type Screen } from '../screen/screen.ts';
import { tellWhatNext } from '../screen/what-next.ts';
import { type ServerClient } from './server-client.ts';

const SHORT_ID = 8;
/** The most that the API gives at once. */
const PAGE = 200;
/** The most that a filter chooses for a move. */
const MOST_CHOSEN = 5000;

interface ListOptions {
  readonly filter: QueueFilter;
  readonly sort: z.infer<typeof QueueOrderSchema>;
  readonly limit: number;
  readonly page: number;
  readonly details: boolean;
  readonly json: boolean;
}

/** The items of some pages of the queue, `limit` each, up to the one asked for. */
export async function loadPages(
  server: ServerClient,
  { filter, sort, limit, page }: Pick<ListOptions, 'filter' | 'sort' | 'limit' | 'page'>,
): Promise<{ readonly items: readonly QueueItem[]; readonly total: number }> {
  const most = limit * page;
  const load = (before: number, cursor?: string) =>
    server.get(QueuePageSchema, '/v1/incidents', {
      ...filter,
      order: sort,
      cursor,
      limit: Math.min(PAGE, most - before),
    });
  let loaded = await load(0);
  const items = [...loaded.items];
  while (loaded.nextCursor !== null && items.length < most) {
    loaded = await load(items.length, loaded.nextCursor);
    items.push(...loaded.items);
  }
  return { items: items.slice(most - limit), total: loaded.total };
}

/** Shows a page of the queue. */
export async function listOverServer(
  server: ServerClient,
  options: ListOptions,
  screen: Screen,
): Promise<void> {
  const { filter, limit, page, details, json } = options;
  const asked = { ...options, filter: { ...filter, state: filter.state ?? ['all' as const] } };
  const { items, total } = await loadPages(server, asked);
  if (json) {
    for (const item of items) screen.result(JSON.stringify(item));
    return;
  }
  if (items.length === 0) {
    screen.note(total === 0 ? 'no alerts' : `no page ${page}: ${total} alerts match`);
    return;
  }
  const now = Date.now();
  const head = ['id', 'severity', 'tier', 'state', 'time left', 'level', 'whose', 'posts'];
  screen.result(
    formatTable(
      details ? [...head, 'creator', 'campaign', 'what'] : head,
      items.map((item) => [...rowOf(item, now), ...(details ? detailsOf(item) : [])]),
    ),
  );
  screen.note(`\n${describeRange(items.length, total, (page - 1) * limit)}`);
  if (items[0] !== undefined) tellWhatNext(items[0].id, screen);
}

function rowOf(item: QueueItem, now: number): string[] {
  return [
    item.id.slice(0, SHORT_ID),
    formatSeverity(item.severity),
    String(item.tier),
    item.resolution === null ? item.state : `${item.state}, ${item.resolution}`,
    timeLeft(item, now),
    item.escalationLevel === 0 ? '' : `↑${item.escalationLevel}`,
    printable(item.assignee ?? '', 16),
    String(item.posts),
  ];
}

function timeLeft({ due, snoozedUntil, state }: QueueItem, now: number): string {
  if (state === 'resolved') return '';
  if (snoozedUntil !== null) return `snoozed until ${snoozedUntil}`;
  if (due === null) return '';
  const left = Date.parse(due.at) - now;
  return left >= 0
    ? `to ${due.to} in ${formatDuration(left)}`
    : `to ${due.to}: ${formatDuration(-left)} late`;
}

function detailsOf({ creator, campaign, excerpt, asset }: QueueItem): string[] {
  const found = excerpt?.matches.map(([from, to]) => excerpt.text.slice(from, to)) ?? [];
  const what =
    asset === null ? `“${printable(found[0] ?? '', 26)}”` : `picture of ${printable(asset.name, 20)}`;
  return [printable(creator.name, 24), printable(campaign.name, 20), what];
}

/** Shows everything about one. */
interface ShownAlert {
  readonly id: string;
  readonly details: boolean;
  readonly json: boolean;
}

export async function showOverServer(
  server: ServerClient,
  { id, details, json }: ShownAlert,
  screen: Screen,
): Promise<void> {
  const incident = await loadIncident(server, id);
  if (json) screen.json(incident);
  else showIncident(incident, details, screen);
}

export function showIncident(incident: Incident, details: boolean, screen: Screen): void {
  const rows: [string, string | null][] = [
    ['state', incident.resolution === null ? incident.state : `${incident.state}, ${incident.resolution}`],
    ['time left', timeLeft(incident, Date.now()) || null],
    ['severity', `${incident.severity}: ${incident.severityReasons.join(', ')}`],
    ['tier', String(incident.tier)],
    ['rule', incident.ruleId],
    ['opened', `${incident.openedAt}, ${formatDuration(incident.detectionLatencyMs)} after its post`],
    [
      'acknowledged',
      incident.acknowledged === null ? null : `${incident.acknowledged.at} by ${incident.acknowledged.by}`,
    ],
    ['assigned to', incident.assignee],
    ['duplicate of', incident.duplicateOf],
    ['occurrences', String(incident.occurrences)],
    ...(details ? describeDetails(incident) : []),
  ];
  const shown = rows.flatMap(([name, value]) => (value === null ? [] : [[name, printable(value, 400)]]));
  screen.result(formatTable(['alert', incident.id], shown));
  if (!details) {
    screen.note('\n--details shows the creator, the posts, and what matched in them');
    return;
  }
  const shownPosts = { posts: incident.postList, pictureMatches: incident.pictureMatches };
  for (const line of formatPosts(shownPosts)) screen.result(line);
}

function describeDetails({ creator, campaign }: Incident): [string, string][] {
  return [
    ['creator', creator.name],
    ['campaign', campaign.name],
  ];
}

/** Shows an incident's timeline, one line for each entry. */
export async function showTimelineOverServer(
  server: ServerClient,
  { id, details, json }: ShownAlert,
  screen: Screen,
): Promise<void> {
  for (const entry of (await loadIncident(server, id)).timeline) {
    if (json) {
      screen.json(entry);
      continue;
    }
    const by = entry.by === null ? '' : `by ${entry.by}`;
    const told = [by, entry.note, details ? entry.details : '']
      .filter((part) => part !== '')
      .map((part) => printable(part, 300));
    screen.result(`${entry.at}  ${entry.what.padEnd(16)}  ${told.join('  ')}`.trimEnd());
  }
}

/** Makes a move on each alert of a choice. Of several, one that is refused stops none of the others. */
export async function moveAllOverServer(
  server: ServerClient,
  choice: Choice,
  move: Move,
  { reason, dryRun }: { readonly reason: string; readonly dryRun: boolean },
  screen: Screen,
): Promise<void> {
  const all = { sort: 'time-left', limit: MOST_CHOSEN, page: 1 } as const;
  const ids =
    choice.kind === 'ids'
      ? choice.ids
      : (await loadPages(server, { ...all, filter: choice.filter })).items.map(({ id }) => id);
  const isOne = choice.kind === 'ids' && ids.length === 1;
  let refused = 0;
  for (const id of ids) {
    try {
      if (dryRun) {
        const item = await loadItem(server, id);
        const line = `alert ${item.id.slice(0, SHORT_ID)}: would change`;
        tellMoved(move, { id: item.id, did: 'would-change' }, line, screen);
      } else await moveOverServer(server, { id, move, reason }, screen);
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      tellMoved(move, { id, did: 'refused', problem: error.message }, null, screen);
      if (isOne) throw error;
      screen.problem(`alert ${id.slice(0, SHORT_ID)}: ${error.message}`);
      refused += 1;
    }
  }
  if (!isOne) {
    const done = ids.length - refused;
    screen.note(`${done} of ${ids.length} ${dryRun ? 'would change; nothing was changed' : 'changed'}`);
  }
  if (refused > 0) throw new UsageError(`${refused} of ${ids.length} were refused`);
}

/** Makes a move as the token's account. The server refuses it if somebody else has changed the alert meanwhile. */
async function moveOverServer(
  server: ServerClient,
  { id, move, reason }: { readonly id: string; readonly move: Move; readonly reason: string },
  screen: Screen,
): Promise<void> {
  const item = await loadItem(server, id);
  const into = move.change === 'merged' ? (await loadItem(server, move.into)).id : '';
  const { incident } = await server.post(MoveAnswerSchema, `/v1/incidents/${item.id}/moves`, {
    version: item.version,
    move: move.change === 'merged' ? { ...move, into } : move,
    reason,
  });
  const { state, resolution, assignee, snoozedUntil } = incident;
  const moved = { id: incident.id, did: 'changed', state, resolution, assignee, snoozedUntil } as const;
  const named = `alert ${incident.id.slice(0, SHORT_ID)}`;
  if (move.change !== 'verdict-given') {
    const who = assignee === null ? '' : `, ${printable(assignee, 40)}’s`;
    const left = timeLeft(incident, Date.now());
    const standing =
      resolution === null ? `${state}${who}${left === '' ? '' : `, ${left}`}` : `${state}, ${resolution}`;
    tellMoved(move, moved, `${named}: ${standing}`, screen);
    return;
  }
  tellMoved(move, moved, `${named}: ${move.verdict}`, screen);
  const { precision } = await server.get(PerformanceSchema, '/v1/performance');
  const all = precision.find(({ by }) => by === 'all');
  if (all === undefined || all.precision === null || all.interval === null) return;
  const [low, high] = [all.interval.low, all.interval.high].map(formatShare);
  screen.note(
    `precision by verdicts: ${formatShare(all.precision)} (95 %: ${low} to ${high}; n = ${all.n}, ${all.unreviewed} unreviewed)`,
  );
}

function loadItem(server: ServerClient, id: string): Promise<QueueItem> {
  return server.get(QueueItemSchema, `/v1/incidents/${encodeURIComponent(id)}/item`);
}

export function loadIncident(server: ServerClient, id: string): Promise<Incident> {
  return server.get(IncidentSchema, `/v1/incidents/${encodeURIComponent(id)}`);
}
