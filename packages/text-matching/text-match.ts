import { type PostText } from './fields/post-text.ts';

/** A term that a text holds. */
export interface TextMatch {
  readonly campaignId: string;
  readonly itemId: string;
  /** 0 to 1: how sure it is that the text names the term. */
  readonly confidence: number;
  /** Index of the field that holds it; 0 for a text that is all there is. */
  readonly field: number;
  /** Start and end (exclusive) in UTF-16 units of the field's original text. */
  readonly span: readonly [number, number];
  /** The original text at the span. */
  readonly matched: string;
  /** In which way it differs from the term, in the order of `EVIDENCE`; `exact` where it doesn't. */
  readonly how: string[];
  /** Letters inserted, lost, changed or swapped. */
  readonly distance: number;
}

/** A compiled watch list of terms. It never changes. */
export interface TextMatcher {
  /** How many terms it holds. */
  readonly size: number;
  /** The terms that a text holds, each campaign and term once by its best match, in the order of the text. Takes any string. */
  match(text: string): TextMatch[];
  /** The same for a post: a name is found within one field, a query over all of them. */
  matchPost(post: PostText): TextMatch[];
}
