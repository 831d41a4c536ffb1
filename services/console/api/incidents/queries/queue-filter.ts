import { DEADLINE } from '@leakwatch/alerting/incidents';
import { CANARY_CAMPAIGN_ID } from '@leakwatch/contracts';
import { type Queryable } from '@leakwatch/store';
import { searchWords, type QueueFilter } from '../../schemas/index.ts';
import { searchSealed } from './search-sealed.ts';

/** A condition in SQL over the table `alert` under the name `a`, with its values. */
export interface Condition {
  readonly sql: string;
  readonly values: unknown[];
}

interface ConditionOptions {
  readonly at: Date;
  readonly me: string;
  /**
   * True for a query that reads all that match, such as a count. The incidents in which an item or a platform occurs are then read
   * in order, to be merged with the index alert_active_for_counts, and not looked up one by one.
   */
  readonly readsAll?: boolean;
}

/** The values begin with the instant `at`, which is `$1`. */
export async function conditionOf(
  db: Queryable,
  filter: QueueFilter,
  { at, me, readsAll = false }: ConditionOptions,
): Promise<Condition> {
  const values: unknown[] = [at, CANARY_CAMPAIGN_ID];
  // Postgres takes no value that its statement does not name.
  const conditions = ['a.campaign_id <> $2', '$1::timestamptz IS NOT NULL'];
  const take = (value: unknown) => `$${values.push(value)}`;
  const anyOf = (column: string, allowed: readonly unknown[] | undefined, type = 'text') => {
    if (allowed !== undefined) conditions.push(`${column} = ANY (${take(allowed)}::${type}[])`);
  };

  const states = filter.state ?? ['active'];
  if (!states.includes('all')) {
    const others = states.filter((state) => state !== 'active');
    const some = [
      // Alone it is the condition of the index alert_active_for_counts.
      ...(states.includes('active') ? [`a.state <> 'resolved'`] : []),
      ...(others.length > 0 ? [`a.state = ANY (${take(others)}::text[])`] : []),
    ];
    conditions.push(`(${some.join(' OR ')})`);
  }
  anyOf('a.severity', filter.severity);
  anyOf('a.tier', filter.tier, 'smallint');
  anyOf('a.campaign_id', filter.campaign);
  anyOf('a.creator_id', filter.creator);
  anyOf('a.rule_id', filter.rule);
  anyOf('a.violation', filter.violation);
  if (filter.assignee !== undefined) {
    const names = filter.assignee.map((name) => (name === 'me' ? me : name === 'nobody' ? null : name));
    const named = `a.assignee = ANY (${take(names)}::text[])`;
    conditions.push(names.includes(null) ? `(${named} OR a.assignee IS NULL)` : named);
  }
  if (filter.since !== undefined) conditions.push(`a.opened_at >= ${take(filter.since)}::timestamptz`);
  if (filter.until !== undefined) conditions.push(`a.opened_at < ${take(filter.until)}::timestamptz`);
  // A snoozed incident waits: it is shown to those who ask for it.
  const snoozed = `coalesce(a.snoozed_until > $1, false)`;
  if (filter.snoozed === true) conditions.push(snoozed);
  else if (filter.snoozed === false || filter.state === undefined) conditions.push(`NOT ${snoozed}`);
  if (filter.overdue === true) conditions.push(`${DEADLINE} < $1`);
  const occursWith = (column: 'item_id' | 'platform', allowed: readonly string[] | undefined) => {
    if (allowed === undefined) return;
    const [only, ...others] = allowed;
    // An index gives the incidents of one value in their order, those of several it does not.
    const matches = others.length === 0 ? `= ${take(only)}` : `= ANY (${take(allowed)}::text[])`;
    const order = readsAll ? ' ORDER BY o.alert_id' : '';
    conditions.push(
      `a.id IN (SELECT o.alert_id FROM alert_occurrence o WHERE o.${column} ${matches}${order})`,
    );
  };
  occursWith('item_id', filter.item);
  occursWith('platform', filter.platform?.map(asInJson));
  const words = searchWords(filter.q ?? '');
  const sealed = await searchSealed(db, words);
  for (const word of words) {
    // The database keeps captions as JSON writes them (000030-console-scale.sql).
    const inPlain = `a.id IN (SELECT console_alerts_with(${take(`%${likeOf(asInJson(word))}%`)}))`;
    const inSealed = sealed.get(word) ?? [];
    conditions.push(
      inSealed.length === 0 ? inPlain : `(${inPlain} OR a.id = ANY (${take(inSealed)}::text[]))`,
    );
  }
  return { sql: conditions.join(' AND '), values };
}

function asInJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function likeOf(text: string): string {
  return text.replace(/[\\%_]/g, String.raw`\$&`);
}
