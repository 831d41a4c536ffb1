-- Encryption at rest: data keys, each wrapped by a master key that the database never sees. Values are sealed before they come here.
CREATE TABLE data_key (
  id bytea PRIMARY KEY CHECK (octet_length(id) = 8),
  wrapped bytea NOT NULL,
  -- The fingerprint of the master key that wrapped it.
  master text NOT NULL,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When all older content had been sealed with it.
  rewritten_at timestamptz
);

-- Whether bytes have an envelope (packages/store/sealing/envelope.ts).
CREATE FUNCTION has_envelope(stored bytea) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT substring(stored FROM 1 FOR 4) = '\xff4c5753'::bytea
$$;

-- The hash is that of the plain bytes, which the database no longer sees.
ALTER TABLE kept_bytes DROP CONSTRAINT kept_bytes_check;
ALTER TABLE kept_bytes ADD CONSTRAINT kept_bytes_check CHECK (sha256 = encode(sha256(bytes), 'hex') OR has_envelope(bytes)) NOT VALID;

-- Only the job that seals older content says that it is one, and only for its transaction.
CREATE FUNCTION is_resealing() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT coalesce(current_setting('leakwatch.resealing', true), '') = 'on' AND current_user <> 'leakwatch_console'
$$;
DROP TRIGGER kept_bytes_stay ON kept_bytes;
CREATE TRIGGER kept_bytes_stay BEFORE UPDATE OF sha256, mime, bytes ON kept_bytes
  FOR EACH ROW WHEN (NOT is_resealing()) EXECUTE FUNCTION refuse_changing_evidence();

-- JSON holds what is sealed; plain text stays readable as a JSON string.
ALTER TABLE console_picture ALTER COLUMN fingerprint TYPE json USING to_json(fingerprint);
ALTER TABLE caption_ending ALTER COLUMN ending TYPE json USING to_json(ending);
ALTER TABLE watch_list_version ALTER COLUMN note DROP DEFAULT;
ALTER TABLE watch_list_version ALTER COLUMN note TYPE json USING to_json(note);
ALTER TABLE watch_list_version ALTER COLUMN note SET DEFAULT '""';

-- The post's place in the record, as JSON writes it: an erasure finds sealed records by it. Null for an older row, which is plain.
ALTER TABLE record_later ADD COLUMN place text;

-- The console looks through sealed captions by itself, the newest first.
CREATE FUNCTION detection_is_sealed(detection json) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT detection::text LIKE '{"$sealed":%'
$$;
CREATE INDEX alert_occurrence_sealed ON alert_occurrence (position DESC) WHERE detection_is_sealed(detection);
