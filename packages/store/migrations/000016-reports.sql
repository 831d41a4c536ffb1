-- Leaks that people report. A report is no sample: it says nothing about posts that nobody has reported, and stays out of
-- every estimate.

CREATE TABLE leak_report (
  -- Of reporter and idempotency key, where there is one.
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
  -- The name of a token, or of a person at the command line.
  reporter text NOT NULL CHECK (reporter <> ''),
  reporter_class text NOT NULL CHECK (reporter_class IN ('peer', 'community', 'brand', 'analyst')),
  -- Of what was said: the same idempotency key for something else is refused.
  body_sha256 text NOT NULL,
  links text[] NOT NULL,
  -- As the platform has it; an instance that is not given may be any that a source of the platform has.
  platform text,
  instance text,
  native_id text,
  campaign_id text,
  seen text NOT NULL,
  -- Erased when its time is over.
  contact text,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'queued', 'attached', 'reviewed', 'dismissed')),
  -- Whether ingest has heard the post; null: that could not be told by now.
  post_known boolean,
  alert_id text COLLATE "C" REFERENCES alert ON DELETE SET NULL,
  verdict text CHECK (verdict IN ('leak', 'innocent')),
  decided_by text CHECK (decided_by <> ''),
  decided_at timestamptz,
  reason text CHECK (reason <> ''),
  claimed_by text,
  claimed_at timestamptz,
  received_at timestamptz NOT NULL DEFAULT now(),
  -- Before that nobody looks whether an alert has its post.
  next_look_at timestamptz NOT NULL DEFAULT now(),
  CHECK (cardinality(links) > 0 OR native_id IS NOT NULL),
  CHECK ((platform IS NULL) = (native_id IS NULL)),
  CHECK (instance IS NULL OR platform IS NOT NULL),
  CHECK (alert_id IS NULL OR state = 'attached'),
  CHECK ((state = 'reviewed') = (verdict IS NOT NULL)),
  CHECK (state <> 'dismissed' OR reason IS NOT NULL),
  CHECK (state NOT IN ('reviewed', 'dismissed') OR decided_by IS NOT NULL),
  CHECK ((decided_by IS NULL) = (decided_at IS NULL)),
  CHECK ((claimed_by IS NULL) = (claimed_at IS NULL))
);
CREATE INDEX leak_report_to_settle ON leak_report (next_look_at) WHERE state IN ('waiting', 'queued');
CREATE INDEX leak_report_by_time ON leak_report (received_at);
CREATE INDEX leak_report_by_alert ON leak_report (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX leak_report_contacts ON leak_report (received_at) WHERE contact IS NOT NULL;

-- The post's address: reports name posts by theirs. A column of its own, as Postgres reads no field of JSON that somewhere
-- holds half a surrogate pair or U+0000.
ALTER TABLE alert_occurrence ADD COLUMN link text;
UPDATE alert_occurrence SET link = substring(detection::text FROM '"canonicalUrl":"([^"\\]+)"');
CREATE INDEX alert_occurrence_by_link ON alert_occurrence USING hash (link) WHERE link IS NOT NULL;

ALTER TABLE alert_outbox DROP CONSTRAINT alert_outbox_change_check;
ALTER TABLE alert_outbox ADD CONSTRAINT alert_outbox_change_check CHECK (change IN (
  'opened', 'occurrence-added', 'content-removed', 'verdict-given', 'acknowledged', 'investigating', 'snoozed',
  'snooze-ended', 'reopened', 'regressed', 'escalated', 'assigned', 'merged', 'severity-changed', 'corrected', 'reported'
));
