-- The analyst's console: accounts, sessions, tokens, saved views, the audit log, and who may see which campaign.

CREATE TABLE console_account (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  -- As histories show it.
  name text NOT NULL CHECK (name <> ''),
  role text NOT NULL CHECK (role IN ('viewer', 'analyst', 'lead', 'admin')),
  -- Campaigns that the account may see; null: all.
  campaigns text[],
  -- Argon2id; null until its owner has set a password.
  password_hash text,
  disabled boolean NOT NULL DEFAULT false,
  -- Failed sign-ins since the last good one, and how long further ones are refused.
  failures integer NOT NULL DEFAULT 0,
  locked_until timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  last_signed_in_at timestamptz
);
CREATE UNIQUE INDEX console_account_by_name ON console_account (lower(name));

-- One-time links. Only a hash is here: a reader of the table can not use one.
CREATE TABLE console_invite (
  code_sha256 text PRIMARY KEY,
  -- Null: the link of the first start, which makes the first admin.
  account_id integer REFERENCES console_account ON DELETE CASCADE,
  expires_at timestamptz NOT NULL,
  used_at timestamptz
);

CREATE TABLE console_session (
  id_sha256 text PRIMARY KEY,
  account_id integer NOT NULL REFERENCES console_account ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now(),
  seen_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL
);
CREATE INDEX console_session_by_account ON console_session (account_id);

CREATE TABLE console_token (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account_id integer NOT NULL REFERENCES console_account ON DELETE CASCADE,
  name text NOT NULL CHECK (name <> ''),
  secret_sha256 text NOT NULL UNIQUE,
  scopes text[] NOT NULL,
  -- Never more than its account may see; null: as the account.
  campaigns text[],
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  last_used_at timestamptz,
  revoked_at timestamptz
);
CREATE INDEX console_token_by_account ON console_token (account_id);

CREATE TABLE console_view (
  account_id integer NOT NULL REFERENCES console_account ON DELETE CASCADE,
  name text NOT NULL CHECK (name <> ''),
  -- json and not jsonb: words of a search may hold any character.
  filter json NOT NULL,
  PRIMARY KEY (account_id, name)
);

-- A move may be taken back within seconds, by the person who made it. A verdict that was taken back no longer counts.
ALTER TABLE alert_verdict ADD COLUMN withdrawn_at timestamptz;
ALTER TABLE alert_transition DROP CONSTRAINT alert_transition_move_check;
ALTER TABLE alert_transition ADD CONSTRAINT alert_transition_move_check CHECK (move IN (
  'opened', 'acknowledged', 'investigating', 'verdict-given', 'merged', 'reopened', 'regressed',
  'snoozed', 'snooze-ended', 'escalated', 'assigned', 'severity-changed', 'undone'
));
ALTER TABLE alert_outbox DROP CONSTRAINT alert_outbox_change_check;
ALTER TABLE alert_outbox ADD CONSTRAINT alert_outbox_change_check CHECK (change IN (
  'opened', 'occurrence-added', 'content-removed', 'verdict-given', 'acknowledged', 'investigating', 'snoozed',
  'snooze-ended', 'reopened', 'regressed', 'escalated', 'assigned', 'merged', 'severity-changed', 'corrected', 'reported',
  'undone'
));
CREATE OR REPLACE FUNCTION refuse_illegal_alert_move() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  target alert;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'open' THEN
      RAISE EXCEPTION 'an alert begins as open, not as %', NEW.state USING ERRCODE = 'LW001';
    END IF;
    RETURN NEW;
  END IF;
  IF (OLD.creator_id, OLD.campaign_id, OLD.episode) IS DISTINCT FROM (NEW.creator_id, NEW.campaign_id, NEW.episode) THEN
    RAISE EXCEPTION 'an alert stays with its creator, campaign and episode' USING ERRCODE = 'LW001';
  END IF;
  -- Steps back are for moves that are taken back: require_alert_history asks for their line.
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
    ('open', 'acknowledged'), ('open', 'investigating'), ('open', 'resolved'),
    ('acknowledged', 'investigating'), ('acknowledged', 'resolved'),
    ('investigating', 'resolved'),
    ('resolved', 'open'),
    ('acknowledged', 'open'), ('investigating', 'open'), ('investigating', 'acknowledged'),
    ('resolved', 'acknowledged'), ('resolved', 'investigating')
  ) THEN
    RAISE EXCEPTION 'an alert does not go from % to %', OLD.state, NEW.state USING ERRCODE = 'LW001';
  END IF;
  -- Another verdict may correct one; what is a duplicate is judged by judging the other.
  IF OLD.state = 'resolved' AND NEW.state = 'resolved' AND OLD.resolution <> NEW.resolution
     AND 'duplicate' IN (OLD.resolution, NEW.resolution) THEN
    RAISE EXCEPTION 'an alert resolved as % does not become %', OLD.resolution, NEW.resolution USING ERRCODE = 'LW001';
  END IF;
  IF NEW.duplicate_of IS DISTINCT FROM OLD.duplicate_of AND NEW.duplicate_of IS NOT NULL THEN
    SELECT * INTO target FROM alert WHERE id = NEW.duplicate_of;
    IF (target.creator_id, target.campaign_id) IS DISTINCT FROM (NEW.creator_id, NEW.campaign_id) THEN
      RAISE EXCEPTION 'a duplicate is of the same creator and campaign' USING ERRCODE = 'LW001';
    END IF;
    IF target.duplicate_of IS NOT NULL THEN
      RAISE EXCEPTION 'the other alert is a duplicate itself' USING ERRCODE = 'LW001';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE OR REPLACE FUNCTION require_alert_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  last alert_transition;
BEGIN
  SELECT * INTO last FROM alert_transition WHERE alert_id = NEW.id ORDER BY id DESC LIMIT 1;
  IF last.to_state IS DISTINCT FROM (SELECT state FROM alert WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'a move of an alert needs its line in the history' USING ERRCODE = 'LW001';
  END IF;
  IF last.move <> 'undone' AND (OLD.state, NEW.state) IN (
    ('acknowledged', 'open'), ('investigating', 'open'), ('investigating', 'acknowledged'),
    ('resolved', 'acknowledged'), ('resolved', 'investigating')
  ) THEN
    RAISE EXCEPTION 'an alert goes from % to % only if a move is taken back', OLD.state, NEW.state USING ERRCODE = 'LW001';
  END IF;
  RETURN NULL;
END $$;

-- Moves that can be taken back for a moment: the alert's life as it was before.
CREATE TABLE alert_undo (
  id text NOT NULL,
  alert_id text COLLATE "C" NOT NULL REFERENCES alert ON DELETE CASCADE,
  made_by text NOT NULL,
  -- The move's line in the history: a later line makes it too late to take it back.
  transition_id bigint NOT NULL,
  verdict_id bigint,
  life json NOT NULL,
  until timestamptz NOT NULL,
  PRIMARY KEY (id, alert_id)
);
CREATE INDEX alert_undo_by_end ON alert_undo (until);

-- The audit log: append-only, each line with the hash of the one before.
CREATE TABLE audit_entry (
  seq bigint PRIMARY KEY,
  -- Milliseconds, so that every reader writes it the same.
  at timestamptz NOT NULL,
  actor text NOT NULL,
  action text NOT NULL,
  -- An opaque id, never a term.
  subject text NOT NULL,
  -- JSON as it was hashed.
  detail text NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL
);
CREATE INDEX audit_entry_by_subject ON audit_entry (subject, seq);
-- The newest line: without it, the loss of the last lines could not be seen.
CREATE TABLE audit_head (
  single boolean PRIMARY KEY DEFAULT true CHECK (single),
  seq bigint NOT NULL,
  hash text NOT NULL
);
INSERT INTO audit_head (seq, hash) VALUES (0, repeat('0', 64));

CREATE FUNCTION refuse_changing_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is only appended to' USING ERRCODE = 'LW001';
END $$;
CREATE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_changing_audit();
CREATE TRIGGER audit_entry_is_not_emptied BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_changing_audit();

-- What a line's hash is made of; services/console/api/audit/verify-audit.ts computes the same.
CREATE FUNCTION audit_append(p_actor text, p_action text, p_subject text, p_detail text) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
DECLARE
  head audit_head;
  stamp timestamptz := date_trunc('milliseconds', clock_timestamp());
  digest text;
BEGIN
  SELECT * INTO head FROM audit_head FOR UPDATE;
  digest := encode(sha256(convert_to(concat_ws(E'\n',
    head.hash, head.seq + 1, to_char(stamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'),
    octet_length(p_actor), p_actor, octet_length(p_action), p_action, octet_length(p_subject), p_subject, p_detail), 'UTF8')), 'hex');
  INSERT INTO audit_entry (seq, at, actor, action, subject, detail, previous_hash, hash)
    VALUES (head.seq + 1, stamp, p_actor, p_action, p_subject, p_detail, head.hash, digest);
  UPDATE audit_head SET seq = head.seq + 1, hash = digest;
  RETURN head.seq + 1;
END $$;

-- Need to know. The console works as the role leakwatch_console, which sees the rows of the campaigns in the setting
-- `leakwatch.campaigns` of its transaction: a JSON array of ids, or `*`. Without the setting it sees none. All others see
-- what they saw before.
CREATE FUNCTION console_sees_all() RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT current_user <> 'leakwatch_console' OR current_setting('leakwatch.campaigns', true) = '*'
$$;
CREATE FUNCTION console_campaigns() RETURNS text[] LANGUAGE sql STABLE AS $$
  SELECT CASE WHEN coalesce(current_setting('leakwatch.campaigns', true), '') IN ('', '*') THEN '{}'::text[]
    ELSE ARRAY(SELECT json_array_elements_text(current_setting('leakwatch.campaigns', true)::json)) END
$$;

DO $$
DECLARE
  its_table text;
  see_all constant text := '(SELECT console_sees_all())';
  of_campaign constant text := 'campaign_id = ANY ((SELECT console_campaigns())::text[])';
BEGIN
  FOREACH its_table IN ARRAY ARRAY['alert', 'suppressed_detection', 'creator_tier', 'creator_tier_change', 'tier_pin'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', its_table);
    EXECUTE format('CREATE POLICY need_to_know ON %I USING (%s OR %s)', its_table, see_all, of_campaign);
  END LOOP;
  -- A tip or a silence may name no campaign: then it is for those who see all.
  FOREACH its_table IN ARRAY ARRAY['tip', 'silence'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', its_table);
    EXECUTE format('CREATE POLICY need_to_know ON %I USING (%s OR (campaign_id IS NOT NULL AND %s))', its_table, see_all, of_campaign);
  END LOOP;
  FOREACH its_table IN ARRAY ARRAY[
    'alert_occurrence', 'alert_transition', 'alert_verdict', 'alert_outbox', 'alert_delivery', 'evidence', 'evidence_hold',
    'response_act', 'alert_undo'
  ] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', its_table);
    EXECUTE format('CREATE POLICY need_to_know ON %I USING (%s OR EXISTS (SELECT FROM alert WHERE alert.id = alert_id))',
      its_table, see_all);
  END LOOP;
  -- Kept posts and media are seen with the evidence that names them.
  ALTER TABLE kept_bytes ENABLE ROW LEVEL SECURITY;
  EXECUTE format($policy$CREATE POLICY need_to_know ON kept_bytes USING (%s
    OR EXISTS (SELECT FROM evidence e WHERE e.record_sha256 = kept_bytes.sha256)
    OR EXISTS (SELECT FROM kept_media m JOIN evidence e ON e.record_sha256 = m.record_sha256 WHERE m.sha256 = kept_bytes.sha256))$policy$, see_all);
  -- These hold every campaign's secrets at once.
  FOREACH its_table IN ARRAY ARRAY['watch_list_version', 'blob', 'log_record', 'rescan_job', 'rescan_finding'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', its_table);
    EXECUTE format('CREATE POLICY need_to_know ON %I USING (%s)', its_table, see_all);
  END LOOP;
END $$;

-- Gives the role what the console needs and nothing of its accounts. The console calls it at its start, too: a role that
-- an administrator made later gets its rights then.
CREATE FUNCTION console_grant() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO leakwatch_console', current_schema());
  -- By name: a later table is unseen until somebody thinks of it.
  GRANT SELECT ON alert, alert_occurrence, alert_transition, alert_verdict, alert_outbox, alert_delivery, evidence,
    evidence_hold, kept_bytes, kept_media, response_act, tip, silence, suppressed_detection, creator_tier,
    creator_tier_change, tier_pin, review_sample, account_heard, ingest_source, scanned_revision, alert_undo
    TO leakwatch_console;
  GRANT UPDATE ON alert, review_sample TO leakwatch_console;
  GRANT INSERT ON alert_transition, alert_verdict, alert_outbox, tier_to_decide, response_act TO leakwatch_console;
  GRANT UPDATE (withdrawn_at) ON alert_verdict TO leakwatch_console;
  GRANT INSERT, DELETE ON alert_undo TO leakwatch_console;
  GRANT EXECUTE ON FUNCTION audit_append(text, text, text, text) TO leakwatch_console;
END $$;

REVOKE EXECUTE ON FUNCTION audit_append(text, text, text, text) FROM PUBLIC;

DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'leakwatch_console') THEN
    CREATE ROLE leakwatch_console NOLOGIN;
  END IF;
EXCEPTION
  -- Another database of this server has just made it, or this user may make no roles: the console says what is missing.
  WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
END $$;

-- The queue: by time left, and the deadline of an alert as incidents/queries/deadline.ts writes it.
CREATE INDEX alert_by_time_left ON alert (
  coalesce(CASE state WHEN 'open' THEN due_at WHEN 'resolved' THEN NULL ELSE resolve_due_at END, 'infinity'::timestamptz),
  opened_at DESC, id
);
CREATE INDEX alert_occurrence_by_item ON alert_occurrence (item_id, alert_id);
