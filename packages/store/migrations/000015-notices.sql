-- Who of several has a notice already, and what is said again while it stands.

-- Opaque ids of the recipients that earlier attempts reached: nobody of them is told again.
ALTER TABLE alert_delivery ADD COLUMN reached text[] NOT NULL DEFAULT '{}';
ALTER TABLE digest ADD COLUMN reached text[] NOT NULL DEFAULT '{}';

-- The changes that call people again: how often an alert has is asked at each of its notices.
CREATE INDEX alert_outbox_calling ON alert_outbox (alert_id, seq) WHERE change IN ('escalated', 'snooze-ended');

-- What a receiver forgets is told again while its alert stands: how often it was, and since when it is due this time.
ALTER TABLE alert_delivery ADD COLUMN repeats integer NOT NULL DEFAULT 0;
ALTER TABLE alert_delivery ADD COLUMN due_since timestamptz;

-- Re-scans that have ended, and the digest that tells of each in a channel.
CREATE TABLE digest_rescan (
  job_id text NOT NULL REFERENCES rescan_job ON DELETE CASCADE,
  channel text NOT NULL,
  digest_id text COLLATE "C" NOT NULL REFERENCES digest ON DELETE CASCADE,
  PRIMARY KEY (job_id, channel)
);
CREATE INDEX digest_rescan_by_digest ON digest_rescan (digest_id);
CREATE INDEX rescan_job_by_end ON rescan_job (finished_at) WHERE finished_at IS NOT NULL;
