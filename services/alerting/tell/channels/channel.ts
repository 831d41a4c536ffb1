import { type Alert, type AlertChange, type AlertEvent } from '@leakwatch/contracts';
import { type DigestedRescan } from '../queries/list-digested-rescans.ts';

/** A way to tell people of an alert's changes. */
export interface Channel {
  /** Stands in the database, in metric labels and in the routes: never changes. */
  readonly name: string;
  /** After so long an attempt counts as failed. */
  readonly timeoutMs: number;
  /** It shows every change at once, whatever the routes say: whoever looks at it looks anyway, nobody is called by it. */
  readonly showsAll?: boolean;
  /** The receiver forgets: the last change of every alert that is not over is told again so often. */
  readonly repeatEveryMs?: number;
  /**
   * Tells of one change. An event may come again, with the same id, after a crash between the telling and its note.
   *
   * @throws DeliveryError where it could not be told
   */
  deliver(event: AlertEvent, telling?: Telling): Promise<void>;
  /**
   * Tells in one go what could wait; a channel without it calls people, and is told nothing that can wait.
   *
   * @throws DeliveryError where it could not be told
   */
  deliverDigest?(digest: Digest, telling?: Pick<Telling, 'reached'>): Promise<void>;
}

/** What is known of a telling beside what it tells. */
export interface Telling {
  /** W3C trace context of the post that the change comes from: goes along where the channel has headers. */
  readonly traceparent?: string | undefined;
  /** The recipients whom earlier attempts reached, by the ids of {@link PartlyDeliveredError}; nobody of them is told again. */
  readonly reached?: readonly string[];
  /** How many of the alert's changes up to this one called people again, as an escalation does. */
  readonly calls?: number;
}

/** What has happened in a period to alerts that can wait. */
export interface Digest {
  /** Of channel and period: stays the same when it is sent again. */
  readonly id: string;
  readonly endsAt: Date;
  readonly alerts: readonly DigestedAlert[];
  /** Re-scans that ended in it. */
  readonly rescans: readonly DigestedRescan[];
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

/** Of several recipients some have it now, others do not. */
export class PartlyDeliveredError extends DeliveryError {
  /** Opaque ids of all who have it, those of earlier attempts included. */
  readonly reached: readonly string[];
  /** Nobody is left whom another attempt could reach. */
  readonly isFinal: boolean;

  constructor(message: string, { reached, isFinal }: { reached: readonly string[]; isFinal: boolean }) {
    super(message);
    this.name = 'PartlyDeliveredError';
    this.reached = reached;
    this.isFinal = isFinal;
  }
}
