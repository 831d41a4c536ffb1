-- The console's lists answer fast with tens of thousands of incidents: each reads an index, none a whole table.

-- Postgres does not take the cast from json to text as immutable, though it always gives the same text. The caption stays as JSON
-- writes it: it may hold U+0000 or half a surrogate pair, which text can not.
CREATE FUNCTION detection_caption(detection json) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT substring(detection::text FROM '"excerpt":"((?:[^"\\]|\\.)*)"')
$$;
CREATE FUNCTION detection_platform(detection json) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT substring(detection::text FROM '"platform":"((?:[^"\\]|\\.)*)"')
$$;
ALTER TABLE alert_occurrence
  ADD COLUMN caption text GENERATED ALWAYS AS (detection_caption(detection)) STORED,
  ADD COLUMN platform text GENERATED ALWAYS AS (detection_platform(detection)) STORED;
CREATE INDEX alert_occurrence_by_platform ON alert_occurrence (platform, alert_id);

-- Trigrams find parts of words in any script. Where the server lacks them, a search reads all captions: slower, and the same answer.
DO $$
BEGIN
  CREATE EXTENSION IF NOT EXISTS pg_trgm;
  CREATE INDEX alert_occurrence_by_caption ON alert_occurrence USING gin (caption gin_trgm_ops);
EXCEPTION
  WHEN insufficient_privilege OR feature_not_supported OR undefined_file OR undefined_object THEN
    RAISE NOTICE 'there is no pg_trgm here: the console searches captions without an index';
END $$;

-- Incidents of the viewer's campaigns with a caption like this. Under row-level security a role's own query must not use the index:
-- LIKE could tell of rows that it may not see. This runs as its owner, and asks for the campaign itself. The campaign is looked up
-- for what was found only, so that no plan reads all incidents.
CREATE FUNCTION console_alerts_with(pattern text) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
  WITH found AS MATERIALIZED (SELECT DISTINCT alert_id FROM alert_occurrence WHERE caption ILIKE $1)
  SELECT f.alert_id FROM found f
  WHERE current_setting('leakwatch.campaigns', true) = '*'
    OR (SELECT a.campaign_id FROM alert a WHERE a.id = f.alert_id) = ANY (console_campaigns())
$$;
REVOKE EXECUTE ON FUNCTION console_alerts_with(text) FROM PUBLIC;

-- Counts of the queue are read from the index alone: it holds every column that the filter and the group name.
CREATE INDEX alert_for_counts ON alert (campaign_id, state)
  INCLUDE (id, severity, tier, rule_id, violation, assignee, creator_id, opened_at, due_at, resolve_due_at, snoozed_until, resolution);
CREATE INDEX alert_by_priority ON alert (
  (-array_position(ARRAY['low', 'medium', 'high', 'critical'], severity)), opened_at DESC, id
);

CREATE OR REPLACE FUNCTION console_grant() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO leakwatch_console', current_schema());
  -- By name: a later table is unseen until somebody thinks of it.
  GRANT SELECT ON alert, alert_occurrence, alert_transition, alert_verdict, alert_outbox, alert_delivery, evidence,
    evidence_hold, kept_bytes, kept_media, response_act, tip, silence, suppressed_detection, creator_tier,
    creator_tier_change, tier_pin, review_sample, account_heard, account_poll, ingest_source, scanned_revision, alert_undo
    TO leakwatch_console;
  GRANT UPDATE ON alert, review_sample TO leakwatch_console;
  GRANT INSERT ON alert_transition, alert_verdict, alert_outbox, tier_to_decide, response_act TO leakwatch_console;
  GRANT UPDATE (withdrawn_at) ON alert_verdict TO leakwatch_console;
  GRANT INSERT, DELETE ON alert_undo TO leakwatch_console;
  GRANT EXECUTE ON FUNCTION audit_append(text, text, text, text) TO leakwatch_console;
  GRANT EXECUTE ON FUNCTION console_alerts_with(text) TO leakwatch_console;
END $$;
