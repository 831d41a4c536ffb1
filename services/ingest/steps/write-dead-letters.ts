import { deadLetterOfInput, type OutgoingRecord, type SavePayload } from '@leakwatch/event-log';
import { type SourceItem } from '../sources/source.ts';
import { type Check, type Refusal } from './check-post.ts';
import { type MediaFailure } from './store-media.ts';

export const STAGE = 'ingest';

/** An item or medium that could not be taken. */
interface Unusable {
  readonly item: SourceItem;
  /** `posts.jsonl:17`, or `posts.jsonl:17 media[0]`. */
  readonly place: string;
  readonly reason: string;
  readonly message: string;
  /** The post taken without this medium; null if the whole item is unusable. */
  readonly postId: string | null;
}

/** A dead letter, ready to be published. */
export interface WrittenLetter extends Pick<Unusable, 'postId'> {
  /** Fit for a metric label. */
  readonly reason: string;
  readonly record: OutgoingRecord;
}

/**
 * Writes a dead letter for everything in a batch that can't be taken: whole items, and media of posts taken without them.
 * The same bytes at the same place always make the same letter.
 */
export async function writeDeadLetters(
  checks: readonly Check[],
  failures: readonly MediaFailure[],
  context: { source: string; at: Date; savePayload: SavePayload },
): Promise<WrittenLetter[]> {
  const items = checks.flatMap((check) => (check.ok ? [] : [unusableItem(check.item, check.refusal)]));
  const letters: WrittenLetter[] = [];
  for (const unusable of [...items, ...failures.map(unusableMedium)]) {
    const { postId, reason } = unusable;
    letters.push({ postId, reason, record: await writeLetter(unusable, context) });
  }
  return letters;
}

function unusableItem(item: SourceItem, refusal: Refusal): Unusable {
  return { item, place: item.place, ...refusal, postId: null };
}

function unusableMedium({ item, postId, mediaIndex, reason, message }: MediaFailure): Unusable {
  return { item, place: placeOfMedium(item.place, mediaIndex), reason, message, postId };
}

function writeLetter(
  { item, place, reason, message }: Unusable,
  { source, at, savePayload }: { source: string; at: Date; savePayload: SavePayload },
): Promise<OutgoingRecord> {
  return deadLetterOfInput(
    { source, place, payload: item.problem?.bytes ?? Buffer.from(item.raw) },
    {
      stage: STAGE,
      reason,
      message: `${place}: ${message}`,
      attempts: 1,
      firstFailedAt: at,
      lastFailedAt: at,
    },
    savePayload,
  );
}

function placeOfMedium(place: string, mediaIndex: number): string {
  return `${place} media[${mediaIndex}]`;
}

/** Returns the post's place for the place of one of its media. */
export function placeOfPost(place: string): string {
  return place.replace(/ media\[\d+\]$/, '');
}
