/** A term that cannot be watched. */
export class TermError extends Error {
  readonly campaignId: string;
  readonly itemId: string;

  /** @param cause - the error that says why, if there is one */
  constructor(campaignId: string, itemId: string, reason: string, cause?: Error) {
    super(`campaign \`${campaignId}\`, term \`${itemId}\`: ${reason}`, { cause });
    this.name = 'TermError';
    this.campaignId = campaignId;
    this.itemId = itemId;
  }
}

/** Advice to the owner of a term that can be watched. */
export interface TermWarning {
  readonly campaignId: string;
  readonly itemId: string;
  readonly message: string;
}
