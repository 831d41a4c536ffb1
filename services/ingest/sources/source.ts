/** One thing that a source hands over: a submitted post as it came, not yet checked. */
export interface SourceItem {
  /** What a person needs to find it: `posts.jsonl:17`. */
  readonly place: string;
  /** The JSON as it came, kept for evidence and for the dead letters. */
  readonly raw: string;
  /** Where to go on once this item and all before it are durable; null where the source can't go back. */
  readonly checkpoint: string | null;
}

/**
 * Where posts come from, as ingest pulls them: it asks for the next item only when it can take it, so a source never
 * runs ahead of the log.
 */
export interface Source {
  /** The connector's name, kept in a post's provenance and under which its checkpoint is stored. */
  readonly name: string;
  /** `file`, `stdin`, `generated` … */
  readonly transport: string;
  /** Platform and instance of posts that don't say theirs. */
  readonly platform: string;
  readonly instance: string;
  /** Items after `checkpoint` (from the start for null), until the source ends or the signal is aborted. */
  read(checkpoint: string | null, signal: AbortSignal): AsyncIterable<SourceItem>;
  /** Bytes of a medium that a post names by `file`; rejects with a clear message where there is none. */
  openMedia(file: string): Promise<Uint8Array>;
}
