-- Erasure by creator or post, and contents whose time is over. Rows that figures are counted from stay, without the person.

CREATE TABLE erasure (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  kind text NOT NULL CHECK (kind IN ('creator', 'post')),
  -- A hash: the table must not name the person who is erased.
  subject text COLLATE "C" NOT NULL,
  -- A creator's later alerts go on counting from here: an alert's id is made of it.
  last_episode integer NOT NULL DEFAULT 0,
  made_by text NOT NULL CHECK (made_by <> ''),
  reason text NOT NULL CHECK (reason <> ''),
  -- What was observed before is never recorded again.
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  finished_at timestamptz
);
CREATE INDEX erasure_by_subject ON erasure (subject, begun_at);

ALTER TABLE alert ADD COLUMN erased_at timestamptz;
CREATE INDEX alert_to_erase ON alert (resolved_at) WHERE state = 'resolved' AND erased_at IS NULL;
ALTER TABLE review_sample ADD COLUMN erased_at timestamptz;
CREATE INDEX review_sample_to_erase ON review_sample (sampled_at) WHERE erased_at IS NULL;
ALTER TABLE tip ADD COLUMN erased_at timestamptz;

-- Pictures of the watch list stay as long as the watch list; others as long as the log.
ALTER TABLE blob ADD COLUMN lasting boolean NOT NULL DEFAULT false;
UPDATE blob SET lasting = true WHERE sha256 IN (
  SELECT asset ->> 'sha256' FROM watch_list_version,
    json_array_elements(content -> 'campaigns') AS campaign, json_array_elements(campaign -> 'assets') AS asset
);
CREATE INDEX blob_by_age ON blob (created_at) WHERE NOT lasting;

-- Only an erasure says that it is one, and only for its transaction.
CREATE FUNCTION is_erasing() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('leakwatch.erasing', true), '') = 'on' AND current_user <> 'leakwatch_console'
$$;

CREATE OR REPLACE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF is_erasing() THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'what has happened to an alert is not rewritten' USING ERRCODE = 'LW001';
END $$;

DROP TRIGGER alert_moves ON alert;
CREATE TRIGGER alert_moves BEFORE INSERT OR UPDATE ON alert
  FOR EACH ROW WHEN (NOT is_erasing()) EXECUTE FUNCTION refuse_illegal_alert_move();
