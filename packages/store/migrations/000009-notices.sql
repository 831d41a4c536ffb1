-- Who was told what, when it comes at once and when it comes once a day.

-- An attempt under way: nobody else makes it due before its lease has run out.
ALTER TABLE alert_delivery ADD COLUMN leased boolean NOT NULL DEFAULT false;
CREATE INDEX alert_delivery_by_alert ON alert_delivery (alert_id, channel);

-- What a channel tells in one go at the end of a period. Its id is made of both: made twice, it is the same one.
CREATE TABLE digest (
  id text COLLATE "C" PRIMARY KEY,
  channel text NOT NULL,
  ends_at timestamptz NOT NULL,
  made_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  attempts integer NOT NULL DEFAULT 0,
  last_attempt_at timestamptz,
  next_attempt_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  leased boolean NOT NULL DEFAULT false,
  last_error text,
  delivered_at timestamptz,
  gave_up_at timestamptz,
  UNIQUE (channel, ends_at)
);
CREATE INDEX digest_pending ON digest (channel, ends_at) WHERE delivered_at IS NULL AND gave_up_at IS NULL;

-- A change that waits for its channel's digest, or is in it.
CREATE TABLE digest_entry (
  seq bigint NOT NULL REFERENCES alert_outbox ON DELETE CASCADE,
  channel text NOT NULL,
  added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  digest_id text COLLATE "C" REFERENCES digest,
  PRIMARY KEY (seq, channel)
);
CREATE INDEX digest_entry_waiting ON digest_entry (channel, added_at) WHERE digest_id IS NULL;
CREATE INDEX digest_entry_by_digest ON digest_entry (digest_id);
