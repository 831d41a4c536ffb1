-- Records that a stage works on now. A row that another process left says that it ended in the middle of the work.
CREATE TABLE record_in_hand (
  stage text NOT NULL,
  topic text NOT NULL,
  partition integer NOT NULL,
  log_offset bigint NOT NULL,
  -- The process that has the record.
  holder uuid NOT NULL,
  -- How often the record was taken up alone because a process had ended on it.
  falls integer NOT NULL DEFAULT 0,
  taken_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (stage, topic, partition, log_offset)
);
