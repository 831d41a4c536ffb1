import { type Term } from '@leakwatch/contracts';

/** A term of a campaign, as the watch list registers it. */
export interface TextItem {
  readonly campaignId: string;
  readonly term: Term;
  /** The text is one of the term's translations, under the term's id. */
  readonly isTranslation?: boolean;
}
