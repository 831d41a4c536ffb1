import { deadLetterOfInput, type OutgoingRecord, type SavePayload } from '@leakwatch/event-log';
import { type SourceItem } from '../sources/source.ts';
import { type Check } from './check-post.ts';
import { type MediaFailure } from './store-media.ts';

export const STAGE = 'ingest';

/** What could not be taken, on its way to the dead letters. */
export interface Unusable {
  readonly item: SourceItem;
  /** `posts.jsonl:17`, or `posts.jsonl:17 media[0]`. */
  readonly place: string;
  /** Fit for a metric label. */
  readonly reason: string;
  readonly message: string;
}

/** What can't be taken of a batch: whole items, and media of posts that are taken without them. */
export function unusableOf(checks: readonly Check[], failures: readonly MediaFailure[]): Unusable[] {
  const items = checks.flatMap((check) =>
    check.ok ? [] : [{ item: check.item, place: check.item.place, ...check.refusal }],
  );
  const media = failures.map(({ checked: { item }, mediaIndex, reason, message }) => ({
    item,
    place: placeOfMedium(item.place, mediaIndex),
    reason,
    message,
  }));
  return [...items, ...media];
}

/** The dead letters' records. The same bytes at the same place make the same letter, however often they are read. */
export async function writeDeadLetters(
  unusable: readonly Unusable[],
  context: { source: string; at: Date; savePayload: SavePayload },
): Promise<OutgoingRecord[]> {
  const letters: OutgoingRecord[] = [];
  for (const { item, place, reason, message } of unusable) {
    const payload = item.problem?.bytes ?? Buffer.from(item.raw);
    letters.push(
      await deadLetterOfInput(
        { source: context.source, place, payload },
        {
          stage: STAGE,
          reason,
          message: `${place}: ${message}`,
          attempts: 1,
          firstFailedAt: context.at,
          lastFailedAt: context.at,
        },
        context.savePayload,
      ),
    );
  }
  return letters;
}

function placeOfMedium(place: string, mediaIndex: number): string {
  return `${place} media[${mediaIndex}]`;
}

/** The place of the post to which a place belongs. */
export function placeOfPost(place: string): string {
  return place.replace(/ media\[\d+\]$/, '');
}
