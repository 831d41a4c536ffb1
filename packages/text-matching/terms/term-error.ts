/** A term that can't be watched. */
export class TermError extends Error {
  readonly campaignId: string;
  readonly itemId: string;

  constructor(campaignId: string, itemId: string, reason: string) {
    super(`campaign \`${campaignId}\`, term \`${itemId}\`: ${reason}`);
    this.name = 'TermError';
    this.campaignId = campaignId;
    this.itemId = itemId;
  }
}

/** A term that can be watched, but that its owner should know something about. */
export interface TermWarning {
  readonly campaignId: string;
  readonly itemId: string;
  readonly message: string;
}
