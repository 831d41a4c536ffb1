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
   * @param traceparent - W3C trace context of the post that it comes from: goes along where the channel has headers
   * @throws DeliveryError where it could not be told
   */
  deliver(event: AlertEvent, traceparent?: string): Promise<void>;
}

/** Why a notice did not arrive. Its message is kept and shown: it never holds what the notice says. */
export class DeliveryError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DeliveryError';
  }
}
