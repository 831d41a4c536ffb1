import { type Alert, type AlertChange, type AlertEvent } from '@leakwatch/contracts';

/** A way to tell people of an alert's changes. */
export interface Channel {
  /** Stands in the database, in metric labels and in the routes: never changes. */
  readonly name: string;
  /** After so long an attempt counts as failed. */
  readonly timeoutMs: number;
  /** It shows every change at once, whatever the routes say: whoever looks at it looks anyway, nobody is called by it. */
  readonly showsAll?: boolean;
  /**
   * Tells of one change. An event may come again, with the same id, after a crash between the telling and its note.
   *
   * @param traceparent - W3C trace context of the post that it comes from: goes along where the channel has headers
   * @throws DeliveryError where it could not be told
   */
  deliver(event: AlertEvent, traceparent?: string): Promise<void>;
  /**
   * Tells in one go what could wait; a channel without it calls people, and is told nothing that can wait.
   *
   * @throws DeliveryError where it could not be told
   */
  deliverDigest?(digest: Digest): Promise<void>;
}

/** What has happened in a period to alerts that can wait. */
export interface Digest {
  /** Of channel and period: stays the same when it is sent again. */
  readonly id: string;
  readonly endsAt: Date;
  readonly alerts: readonly DigestedAlert[];
}

export interface DigestedAlert {
  /** As it stood after the last of the changes. */
  readonly alert: Alert;
  readonly changes: readonly AlertChange[];
}

/** Why a notice did not arrive. Its message is kept and shown: it never holds what the notice says, nor an address or a secret. */
export class DeliveryError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DeliveryError';
  }
}
