/** One thing that a source hands over: a submitted post as it came, not yet checked. */
export interface SourceItem {
  /** What a person needs to find it: `posts.jsonl:17`. */
  readonly place: string;
  /** The JSON as it came, kept for evidence and for the dead letters; empty where there is a `problem`. */
  readonly raw: string;
  /** Where to go on once this item and all before it are durable; null where the source can't go back. */
  readonly checkpoint: string | null;
  /** Set where the source found something here that it can't hand over as text; it goes to the dead letters. */
  readonly problem?: SourceProblem;
}

/** What a source could not read, with the bytes themselves. */
export interface SourceProblem {
  readonly reason: 'bad-encoding' | 'too-large';
  readonly message: string;
  readonly bytes: Uint8Array;
}

/** Who hands posts over: what ingest needs to know of a source beside its posts. */
export interface SourceOrigin {
  /** The connector's name, kept in a post's provenance and under which its checkpoint is stored. */
  readonly name: string;
  /** `file`, `stdin`, `generated` … */
  readonly transport: string;
  /** Platform and instance of posts that don't say theirs. */
  readonly platform: string;
  readonly instance: string;
  /**
   * Bytes of a medium that a post names by `file`; rejects with a clear message where there is none
   * ({@link MediaError} says why).
   */
  openMedia(file: string): Promise<Uint8Array>;
}

/**
 * Where posts come from, as ingest pulls them: it asks for the next item only when it can take it, so a source never
 * runs ahead of the log.
 */
export interface Source extends SourceOrigin {
  /** Items after `checkpoint` (from the start for null), until the source ends or the signal is aborted. */
  read(checkpoint: string | null, signal: AbortSignal): AsyncIterable<SourceItem>;
}

/** A medium that the source can't hand over. */
export class MediaError extends Error {
  readonly reason: 'missing-media' | 'media-too-large' | 'media-refused';

  constructor(reason: MediaError['reason'], message: string) {
    super(message);
    this.name = 'MediaError';
    this.reason = reason;
  }
}
