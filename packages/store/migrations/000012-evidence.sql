-- What a post was when a leak was found in it: creators edit and delete, and stories vanish.

-- Posts' records and media of which a lane or a re-scan has found something, under the hash of their content. Apart from `blob`,
-- which is for good: what no evidence names goes after a time.
CREATE TABLE kept_bytes (
  sha256 text COLLATE "C" PRIMARY KEY CHECK (sha256 = encode(sha256(bytes), 'hex')),
  mime text NOT NULL,
  bytes bytea NOT NULL,
  -- When they were last handed in.
  kept_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX kept_bytes_by_age ON kept_bytes (kept_at);

-- The media of a post whose record is kept: the image lane may come to them later than the text lane to the text. A picture that
-- changed at its address between two looks is kept as both.
CREATE TABLE kept_media (
  record_sha256 text COLLATE "C" NOT NULL REFERENCES kept_bytes ON DELETE CASCADE,
  -- As the post counts its media.
  media_index integer NOT NULL CHECK (media_index >= 0),
  sha256 text COLLATE "C" NOT NULL REFERENCES kept_bytes,
  kept_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (record_sha256, media_index, sha256)
);
CREATE INDEX kept_media_by_bytes ON kept_media (sha256);

-- One row an occurrence: it goes with its alert, or when it has been kept long enough.
CREATE TABLE evidence (
  -- Looked at when the transaction commits: what the occurrence is made of may be forgotten with it, and is asked before.
  detection_id text PRIMARY KEY REFERENCES alert_occurrence ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
  alert_id text COLLATE "C" NOT NULL REFERENCES alert ON DELETE CASCADE,
  post_id text NOT NULL,
  thread_id text NOT NULL,
  -- Of a source that numbers no edits it is a time in milliseconds.
  revision bigint NOT NULL,
  -- What the record is: the post as ingest published it, what history had of it, or the detection alone.
  form text NOT NULL CHECK (form IN ('post', 'fingerprint', 'detection')),
  record_sha256 text COLLATE "C" NOT NULL REFERENCES kept_bytes,
  lane text NOT NULL CHECK (lane IN ('text', 'image')),
  engine text NOT NULL,
  watch_list_version integer NOT NULL,
  published_at timestamptz NOT NULL,
  collected_at timestamptz NOT NULL,
  detected_at timestamptz NOT NULL,
  preserved_at timestamptz NOT NULL
);
CREATE INDEX evidence_by_alert ON evidence (alert_id);
CREATE INDEX evidence_by_post ON evidence (post_id);
CREATE INDEX evidence_by_record ON evidence (record_sha256);

-- While an alert is held, its evidence stays however long ago it was resolved.
CREATE TABLE evidence_hold (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id text COLLATE "C" NOT NULL REFERENCES alert ON DELETE CASCADE,
  reason text NOT NULL CHECK (reason <> ''),
  placed_by text NOT NULL CHECK (placed_by <> ''),
  placed_at timestamptz NOT NULL,
  released_by text CHECK (released_by <> ''),
  released_at timestamptz,
  CHECK ((released_by IS NULL) = (released_at IS NULL))
);
CREATE UNIQUE INDEX evidence_hold_standing ON evidence_hold (alert_id) WHERE released_at IS NULL;

CREATE FUNCTION refuse_changing_evidence() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'evidence is not changed' USING ERRCODE = 'LW001';
END $$;
CREATE TRIGGER evidence_stays BEFORE UPDATE ON evidence FOR EACH ROW EXECUTE FUNCTION refuse_changing_evidence();
CREATE TRIGGER kept_media_stays BEFORE UPDATE ON kept_media
  FOR EACH ROW EXECUTE FUNCTION refuse_changing_evidence();
CREATE TRIGGER kept_bytes_stay BEFORE UPDATE OF sha256, mime, bytes ON kept_bytes
  FOR EACH ROW EXECUTE FUNCTION refuse_changing_evidence();
