-- The canary's posts, each once a lane that must find it, by this database's clock. Rows go after a day.
CREATE TABLE canary_probe (
  post_id text NOT NULL,
  lane text NOT NULL CHECK (lane IN ('text', 'image')),
  -- Its row in post_thread goes with it.
  thread_id text NOT NULL,
  sent_at timestamptz NOT NULL,
  -- When its alert was in the log.
  arrived_at timestamptz,
  -- When it was given up; one that is only late may still arrive.
  lost_at timestamptz,
  PRIMARY KEY (post_id, lane)
);
CREATE INDEX canary_probe_by_age ON canary_probe (sent_at);

-- Whose turn it is to send the next one: whoever moves the instant. A single row.
CREATE TABLE canary_turn (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  taken_at timestamptz NOT NULL
);
INSERT INTO canary_turn (taken_at) VALUES ('-infinity');

-- W3C trace context of the post from which a change comes: notices carry it.
ALTER TABLE alert_outbox ADD COLUMN traceparent text;
-- A change that no post has made belongs to the trace of its alert.
CREATE INDEX alert_outbox_by_alert ON alert_outbox (alert_id, seq);

-- What each process last said of itself, for `leakwatch status`: heartbeats are seen from another process by it.
CREATE TABLE process_report (
  process_id uuid PRIMARY KEY,
  -- `up`, `ingest`, `matcher`, `alerting`, `rescan`
  name text NOT NULL,
  host text NOT NULL,
  pid integer NOT NULL,
  version text NOT NULL,
  started_at timestamptz NOT NULL,
  reported_at timestamptz NOT NULL,
  -- Readiness checks, heartbeats and watch-list versions: {checks, heartbeats, watchLists}.
  report json NOT NULL
);
