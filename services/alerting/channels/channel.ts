import { type AlertEvent } from '@leakwatch/contracts';

/** A way to tell people of an alert's changes. */
export interface Channel {
  /** Stands in the database and in metric labels: never changes. */
  readonly name: string;
  /** After so long an attempt counts as failed. */
  readonly timeoutMs: number;
  /**
   * Tells of one change. An event may come again, with the same id, after a crash between the telling and its note.
   *
   * @throws DeliveryError where it could not be told
   */
  deliver(event: AlertEvent): Promise<void>;
}

/** Why a notice did not arrive. Its message is kept and shown: it never holds what the notice says. */
export class DeliveryError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DeliveryError';
  }
}
