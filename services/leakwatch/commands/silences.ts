import { endSilence, silence } from '@leakwatch/alerting/desk';
import { listSilences, type Silence } from '@leakwatch/alerting/judge';
import { TierSchema } from '@leakwatch/contracts';
import { UsageError } from '@leakwatch/runtime';
import { openEnvironment } from '../environment.ts';
import { SilencedSchema } from '../outcomes.ts';
import { tellDataPlace } from '../screen/data-place.ts';
import { formatTable, printable } from '../screen/format.ts';
import { type Screen } from '../screen/screen.ts';
import { asUsageError } from './alert-error.ts';
import { checkNames } from './known-names.ts';
import { typedHere } from '../typed.ts';

export interface SilenceOptions {
  readonly dataDir: string;
  readonly creator?: string;
  readonly campaign?: string;
  readonly item?: string;
  readonly tier?: number;
  readonly from?: Date;
  readonly until: Date;
  readonly reason: string;
  readonly by: string;
}

/** Creates a silence, and prints its number. */
export async function makeSilence(options: SilenceOptions, screen: Screen): Promise<void> {
  const environment = await openEnvironment(options);
  try {
    const { campaign, creator, item } = options;
    const named = (name: string | undefined) => (name === undefined ? undefined : [name]);
    const names = { campaign: named(campaign), creator: named(creator), item: named(item) };
    await checkNames(environment.store.pool, names, screen);
    const made = await silence(environment.store, {
      matcher: {
        ...(options.creator === undefined ? {} : { creatorId: options.creator }),
        ...(options.campaign === undefined ? {} : { campaignId: options.campaign }),
        ...(options.item === undefined ? {} : { itemId: options.item }),
        ...(options.tier === undefined ? {} : { tier: TierSchema.parse(options.tier) }),
      },
      startsAt: options.from ?? null,
      endsAt: options.until,
      reason: options.reason,
      by: options.by,
    });
    tell(made, `silence ${made.id}: until ${made.endsAt.toISOString()}`, screen);
    screen.note(`to end it early: ${typedHere(`silences end ${made.id}`)}`);
  } catch (error) {
    throw asUsageError(error);
  } finally {
    await environment.stop();
  }
}

/** Shows silences, the latest to end first. */
export async function showSilences(
  { dataDir, all, json }: { dataDir: string; all: boolean; json: boolean },
  screen: Screen,
): Promise<void> {
  const environment = await openEnvironment({ dataDir });
  try {
    tellDataPlace(environment, screen);
    const silences = await listSilences(environment.store.pool, all ? null : new Date());
    if (json) for (const one of silences) screen.json(one);
    else if (silences.length === 0) screen.note('no silences');
    else screen.result(formatTable(['no.', 'about', 'from', 'until', 'by', 'reason'], silences.map(rowOf)));
  } finally {
    await environment.stop();
  }
}

export async function stopSilence(
  number: string,
  { dataDir, by }: { dataDir: string; by: string },
  screen: Screen,
): Promise<void> {
  if (!/^\d{1,18}$/.test(number)) {
    throw new UsageError(`\`${number}\` is not the number of a silence: ${typedHere('silences list')}`);
  }
  const environment = await openEnvironment({ dataDir });
  try {
    const ended = await endSilence(environment.store.pool, number, { by, at: new Date() });
    if (ended === null) {
      throw new UsageError(`no silence ${number} is in force: ${typedHere('silences list --all')}`);
    }
    tell(ended, `silence ${ended.id} is over`, screen);
  } finally {
    await environment.stop();
  }
}

function tell(one: Silence, line: string, screen: Screen): void {
  const [startsAt, endsAt] = [one.startsAt.toISOString(), one.endsAt.toISOString()];
  screen.outcome(SilencedSchema, { ...one, startsAt, endsAt }, line);
}

function rowOf(one: Silence): string[] {
  const about = { creator: one.creatorId, campaign: one.campaignId, item: one.itemId, tier: one.tier };
  return [
    one.id,
    Object.entries(about)
      .flatMap(([name, value]) => (value === null ? [] : [`${name} ${printable(String(value), 24)}`]))
      .join(', '),
    one.startsAt.toISOString(),
    one.endsAt.toISOString(),
    printable(one.madeBy, 16),
    printable(one.reason, 60),
  ];
}
