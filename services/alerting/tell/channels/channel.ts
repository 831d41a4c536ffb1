import { type Alert, type AlertChange, type AlertEvent } from '@leakwatch/contracts';
import { type DigestedRescan } from '../queries/list-digested-rescans.ts';

/** A way to tell people of an alert's changes. */
export interface Channel {
  /** The name in the database, in metric labels and in routes; it never changes. */
  readonly name: string;
  /** An attempt that takes longer counts as failed. */
  readonly timeoutMs: number;
  /** Shows every change at once, whatever the routes say: it calls no person; people look at it by themselves. */
  readonly showsAll?: boolean;
  /** The receiver forgets: every standing alert's last change is told again at this interval. */
  readonly repeatEveryMs?: number;
  /**
   * Tells of one change. An event may come again, with the same id, after a crash between telling and noting it.
   *
   * @throws DeliveryError if it could not be told
   */
  deliver(event: AlertEvent, telling?: Telling): Promise<void>;
  /**
   * Tells a digest of changes that could wait. A channel without it calls people, and is told nothing that can wait.
   *
   * @throws DeliveryError if it could not be told
   */
  deliverDigest?(digest: Digest, telling?: Pick<Telling, 'reached'>): Promise<void>;
}

/** The circumstances of one delivery. */
interface Telling {
  /** W3C trace context of the post behind the change; goes along if the channel has headers. */
  readonly traceparent?: string | undefined;
  /**
   * The recipients that earlier attempts reached, by the ids of {@link PartlyDeliveredError}. They are not told again.
   */
  readonly reached?: readonly string[];
  /** Number of the alert's changes up to this one that called people again, as an escalation does. */
  readonly calls?: number;
}

/** The changes of a period to alerts that can wait. */
export interface Digest {
  /** Made of channel and period: stays the same when it is sent again. */
  readonly id: string;
  readonly endsAt: Date;
  readonly alerts: readonly DigestedAlert[];
  /** Re-scans that ended in the period. */
  readonly rescans: readonly DigestedRescan[];
}

interface DigestedAlert {
  /** The alert after the last of its changes. */
  readonly alert: Alert;
  readonly changes: readonly AlertChange[];
}

/**
 * Why a notice did not arrive. The message is stored and shown: it never holds the notice's text, an address or a
 * secret.
 */
export class DeliveryError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'DeliveryError';
  }
}

/** Some of several recipients have it now, others do not. */
export class PartlyDeliveredError extends DeliveryError {
  /** Opaque ids of all recipients who have it, by earlier attempts too. */
  readonly reached: readonly string[];
  /** Another attempt could reach no one else. */
  readonly isFinal: boolean;

  constructor(message: string, { reached, isFinal }: { reached: readonly string[]; isFinal: boolean }) {
    super(message);
    this.name = 'PartlyDeliveredError';
    this.reached = reached;
    this.isFinal = isFinal;
  }
}
