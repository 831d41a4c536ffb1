-- Records that a stage works on again later, because something outside was slow. The log has moved on without them.
CREATE TABLE record_later (
  stage text NOT NULL,
  topic text NOT NULL,
  partition integer NOT NULL,
  log_offset bigint NOT NULL,
  key text NOT NULL,
  value bytea NOT NULL,
  headers jsonb NOT NULL,
  appended_at timestamptz NOT NULL,
  -- What it waits for: the host of a picture. Never shown in a metric.
  waits_for text NOT NULL,
  -- How often it was tried.
  attempts integer NOT NULL,
  first_failed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  due_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Until then a process works on it.
  claimed_until timestamptz,
  PRIMARY KEY (stage, topic, partition, log_offset)
);
CREATE INDEX record_later_by_due ON record_later (stage, due_at);
