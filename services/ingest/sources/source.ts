import { type PollOutcome } from '../queries/account-polls.ts';

/** One submitted post as it came from a source, not yet checked. */
export interface SourceItem {
  /** The item's place, for people: `posts.jsonl:17`. */
  readonly place: string;
  /** The JSON as it came, kept for evidence and for the dead letters; empty if there is a `problem`. */
  readonly raw: string;
  /** The place to continue from once this item and all before it are durable; null if the source can't go back. */
  readonly checkpoint: string | null;
  /** Set if the source can't hand this item over as text; it goes to the dead letters. */
  readonly problem?: SourceProblem;
  /** Set if the item holds no post and only saves the outcome of a poll, once all items before it are durable. */
  readonly poll?: PollOutcome;
}

/** The reason why a source could not read an item, with its bytes. */
export interface SourceProblem {
  readonly reason: 'bad-encoding' | 'too-large';
  readonly message: string;
  readonly bytes: Uint8Array;
}

/** The sender of posts: what ingest must know of a source beside its posts. */
export interface SourceOrigin {
  /** The connector's name, kept in each post's provenance; checkpoints are stored under it. */
  readonly name: string;
  /** `file`, `stdin`, `generated` … */
  readonly transport: string;
  /** Platform and instance of posts that name none. */
  readonly platform: string;
  readonly instance: string;
  /**
   * Opens a medium that a post names by `file`; rejects with a clear message if there is none ({@link MediaError} says
   * why).
   */
  openMedia(file: string): Promise<Uint8Array>;
}

/**
 * A source of posts that ingest pulls. It asks for the next item only when it can take it, so a source never runs ahead of
 * the log.
 */
export interface Source extends SourceOrigin {
  /** Yields the items after `checkpoint` (from the start for null), until the source ends or the signal is aborted. */
  read(checkpoint: string | null, signal: AbortSignal): AsyncIterable<SourceItem>;
}

/** Thrown for a medium that the source can't hand over. */
export class MediaError extends Error {
  readonly reason: 'missing-media' | 'media-too-large' | 'media-refused';

  constructor(reason: MediaError['reason'], message: string) {
    super(message);
    this.name = 'MediaError';
    this.reason = reason;
  }
}
