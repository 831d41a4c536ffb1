-- How closely each creator is watched for each campaign: tiers, their changes, pins, and what makes them be decided again.

-- As last decided; campaigns and creators that the watch list no longer has are not here.
CREATE TABLE creator_tier (
  creator_id text NOT NULL,
  campaign_id text NOT NULL,
  tier smallint NOT NULL CHECK (tier BETWEEN 1 AND 5),
  reasons text[] NOT NULL,
  risk_score integer NOT NULL,
  pinned boolean NOT NULL,
  -- Since when it is this tier.
  since timestamptz NOT NULL,
  -- By what it was decided: another version or ruleset decides anew.
  watch_list_version integer NOT NULL,
  ruleset_hash text NOT NULL,
  -- When it must be decided again though nothing happens; null: never.
  changes_at timestamptz,
  PRIMARY KEY (creator_id, campaign_id)
) WITH (fillfactor = 80);
CREATE INDEX creator_tier_due ON creator_tier (changes_at) WHERE changes_at IS NOT NULL;
CREATE INDEX creator_tier_by_campaign ON creator_tier (campaign_id, tier);

-- Every move of every creator, with its reasons.
CREATE TABLE creator_tier_change (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  creator_id text NOT NULL,
  campaign_id text NOT NULL,
  -- Null: decided for the first time.
  from_tier smallint CHECK (from_tier BETWEEN 1 AND 5),
  to_tier smallint NOT NULL CHECK (to_tier BETWEEN 1 AND 5),
  -- What made it be decided.
  cause text NOT NULL CHECK (cause IN ('first', 'watch-list', 'ruleset', 'alert', 'verdict', 'pin', 'unpin', 'time')),
  reasons text[] NOT NULL,
  risk_score integer NOT NULL,
  ruleset_hash text NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK (from_tier IS DISTINCT FROM to_tier)
);
CREATE INDEX creator_tier_change_by_creator ON creator_tier_change (creator_id, id);

-- Tiers that an analyst has set for a time. One that was replaced or taken off has an end.
CREATE TABLE tier_pin (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  creator_id text NOT NULL,
  campaign_id text NOT NULL,
  tier smallint NOT NULL CHECK (tier BETWEEN 1 AND 5),
  pinned_by text NOT NULL CHECK (pinned_by <> ''),
  reason text NOT NULL CHECK (reason <> ''),
  pinned_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  ended_at timestamptz,
  ended_by text,
  CHECK (pinned_at < expires_at),
  CHECK ((ended_at IS NULL) = (ended_by IS NULL))
);
CREATE UNIQUE INDEX tier_pin_in_force ON tier_pin (creator_id, campaign_id) WHERE ended_at IS NULL;

-- Creators whose tiers have to be decided again, written in the transaction of what happened. A row a happening and no key by
-- creator: who writes never waits for who reads.
CREATE TABLE tier_to_decide (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  creator_id text NOT NULL,
  cause text NOT NULL CHECK (cause IN ('alert', 'verdict', 'pin', 'unpin'))
);

-- The history of a creator who has entered tier 4, to be scanned again: once an entry.
CREATE TABLE look_back (
  id text PRIMARY KEY CHECK (id ~ '^[0-9a-f]{12}$'),
  creator_id text NOT NULL,
  since timestamptz NOT NULL,
  min_confidence double precision NOT NULL CHECK (min_confidence BETWEEN 0 AND 1),
  requested_at timestamptz NOT NULL,
  -- When it was made a re-scan, whose id is that of the row.
  taken_at timestamptz
);
CREATE INDEX look_back_waiting ON look_back (requested_at) WHERE taken_at IS NULL;
CREATE INDEX look_back_by_creator ON look_back (creator_id, requested_at);

ALTER TABLE rescan_job DROP CONSTRAINT rescan_job_cause_check;
ALTER TABLE rescan_job ADD CONSTRAINT rescan_job_cause_check
  CHECK (cause IN ('request', 'watch-list', 'schedule', 'look-back'));

-- A detection that raised no alert, whole, so that other rules can be tried on it; null where it is from before, or too old.
-- json and not jsonb: a post may hold any character, and jsonb refuses some.
ALTER TABLE suppressed_detection ADD COLUMN detection json;
CREATE INDEX suppressed_detection_by_age ON suppressed_detection (suppressed_at) WHERE detection IS NOT NULL;

CREATE INDEX alert_by_creator ON alert (creator_id);

-- Whatever changes how many serious alerts a creator has open, or what was confirmed, and whoever does it.
CREATE FUNCTION decide_tiers_of_alert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR (OLD.state, OLD.severity) IS DISTINCT FROM (NEW.state, NEW.severity) THEN
    INSERT INTO tier_to_decide (creator_id, cause) VALUES (NEW.creator_id, 'alert');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER alert_moves_tiers AFTER INSERT OR UPDATE OF state, severity ON alert
  FOR EACH ROW WHEN (NEW.campaign_id <> 'leakwatch-canary') EXECUTE FUNCTION decide_tiers_of_alert();

CREATE FUNCTION decide_tiers_of_verdict() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO tier_to_decide (creator_id, cause)
    SELECT creator_id, 'verdict' FROM alert WHERE id = NEW.alert_id AND campaign_id <> 'leakwatch-canary';
  RETURN NULL;
END $$;
CREATE TRIGGER verdict_moves_tiers AFTER INSERT ON alert_verdict
  FOR EACH ROW EXECUTE FUNCTION decide_tiers_of_verdict();
