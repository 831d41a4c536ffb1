import { type PostText } from './fields/post-text.ts';
import { type TextItem } from './terms/text-item.ts';

/** A term found in a text. */
export interface TextMatch {
  readonly campaignId: string;
  readonly itemId: string;
  /** Confidence from 0 to 1 that the text names the term. */
  readonly confidence: number;
  /** Index of the field that holds it; 0 for a single text. */
  readonly field: number;
  /** Start and end (exclusive) in UTF-16 units of the field's original text. */
  readonly span: readonly [number, number];
  /** The original text at the span. */
  readonly matched: string;
  /**
   * The ways in which it differs from the term, in the order of `EVIDENCE`; `exact` if it does not differ. `translation` comes first for
   * a translation of the term.
   */
  readonly how: string[];
  /** Letters inserted, lost, changed or swapped. */
  readonly distance: number;
  /** For a name that is split over two texts: its first part. The match itself is the second one. */
  readonly before?: PartBefore;
}

/** The first part of a name that is split over two texts. */
export interface PartBefore {
  /** Index of the field that holds it; undefined if it ends an earlier post. */
  readonly field: number | undefined;
  readonly span: readonly [number, number];
  readonly matched: string;
}

/** All that one reading of a post tells. */
export interface PostReading {
  readonly matches: TextMatch[];
  /** True if the caption's last words may be the beginning of a name. */
  readonly mayBeginName: boolean;
  /** True if the caption's first words may be the end of a name. */
  readonly mayEndName: boolean;
}

/** A few of a matcher's terms. */
export interface TermsPart {
  readonly items: readonly TextItem[];
  /** Finds these terms as the whole matcher does. It does not look up the words of others, which costs most of the time in a long list. */
  readonly matcher: TextMatcher;
}

/** A compiled watch list of terms. It never changes. */
export interface TextMatcher {
  /** The number of terms. */
  readonly size: number;
  /** Finds the terms in a text: each campaign and term once, by its best match, in the order of the text. Accepts any string. */
  match(text: string): TextMatch[];
  /** Finds the terms in a post. A name must stand within one field; a query looks at all fields together. */
  matchPost(post: PostText): TextMatch[];
  /** Does the same, and tells whether the caption may share a name with the creator's next or last post. */
  readPost(post: PostText): PostReading;
  /** Finds the names that begin at the end of an earlier text and end at the start of the post's caption. */
  matchAfter(earlier: string, post: PostText): TextMatch[];
}
