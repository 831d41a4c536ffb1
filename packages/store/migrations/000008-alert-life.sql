-- The life of an alert: its states and the moves between them, deadlines, escalation, silences.
-- The same moves are drawn in services/alerting/life/alert-life.ts; here what is not among them is refused.

ALTER TABLE alert DROP CONSTRAINT alert_state_check;
ALTER TABLE alert
  ADD CONSTRAINT alert_state_check CHECK (state IN ('open', 'acknowledged', 'investigating', 'resolved')),
  ADD COLUMN resolution text CHECK (resolution IN ('confirmed', 'false-positive', 'approved', 'duplicate')),
  ADD COLUMN resolved_at timestamptz,
  ADD COLUMN acknowledged_at timestamptz,
  ADD COLUMN acknowledged_by text,
  ADD COLUMN resolve_due_at timestamptz,
  -- What its tier allows at its severity: deadlines begin anew when it is opened again.
  ADD COLUMN minutes_to_act integer CHECK (minutes_to_act >= 1),
  ADD COLUMN minutes_to_resolve integer CHECK (minutes_to_resolve >= 1),
  ADD COLUMN snoozed_until timestamptz,
  ADD COLUMN assignee text,
  ADD COLUMN escalation_level integer NOT NULL DEFAULT 0 CHECK (escalation_level >= 0),
  -- When it goes up the chain next, unless somebody acts; null: at the chain's end, or not at all.
  ADD COLUMN escalates_at timestamptz,
  ADD COLUMN duplicate_of text COLLATE "C" REFERENCES alert CHECK (duplicate_of <> id),
  ADD COLUMN reopened_at timestamptz,
  ADD COLUMN regressions integer NOT NULL DEFAULT 0 CHECK (regressions >= 0),
  ADD COLUMN severity_reasons text[] NOT NULL DEFAULT '{}',
  ADD COLUMN violation text
    CHECK (violation IN ('early-post', 'leaked-image', 'undisclosed-price', 'missing-disclosure'));

-- What was resolved before resolutions were kept was resolved by its newest verdict.
UPDATE alert SET resolution = v.verdict, resolved_at = v.given_at
FROM (
  SELECT DISTINCT ON (alert_id) alert_id, verdict, given_at FROM alert_verdict ORDER BY alert_id, id DESC
) v
WHERE v.alert_id = alert.id AND alert.state = 'resolved';

ALTER TABLE alert
  ADD CONSTRAINT alert_resolved_how CHECK ((state = 'resolved') = (resolution IS NOT NULL)),
  ADD CONSTRAINT alert_resolved_when CHECK ((state = 'resolved') = (resolved_at IS NOT NULL)),
  ADD CONSTRAINT alert_duplicate_of_another CHECK ((resolution IS NOT DISTINCT FROM 'duplicate') = (duplicate_of IS NOT NULL)),
  ADD CONSTRAINT alert_acknowledged_by_somebody CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL)),
  ADD CONSTRAINT alert_open_unacknowledged CHECK (
    CASE state WHEN 'open' THEN acknowledged_at IS NULL WHEN 'resolved' THEN true ELSE acknowledged_at IS NOT NULL END
  ),
  ADD CONSTRAINT alert_resolved_at_rest CHECK (state <> 'resolved' OR (snoozed_until IS NULL AND escalates_at IS NULL));

DROP INDEX alert_waiting;
CREATE INDEX alert_waiting ON alert (tier, severity, state) WHERE state <> 'resolved';
CREATE INDEX alert_to_escalate ON alert (escalates_at) WHERE escalates_at IS NOT NULL;
CREATE INDEX alert_snoozed ON alert (snoozed_until) WHERE snoozed_until IS NOT NULL;
CREATE INDEX alert_duplicates ON alert (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE FUNCTION refuse_illegal_alert_move() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF OLD.state <> NEW.state AND (OLD.state, NEW.state) NOT IN (
    ('open', 'acknowledged'), ('open', 'investigating'), ('open', 'resolved'),
    ('acknowledged', 'investigating'), ('acknowledged', 'resolved'),
    ('investigating', 'resolved'),
    ('resolved', 'open')
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
CREATE TRIGGER alert_moves BEFORE INSERT OR UPDATE ON alert FOR EACH ROW EXECUTE FUNCTION refuse_illegal_alert_move();

-- Every move that an alert ever made: the timeline is read from it. `move` is the change that is told of it.
CREATE TABLE alert_transition (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id text COLLATE "C" NOT NULL REFERENCES alert,
  move text NOT NULL CHECK (move IN (
    'opened', 'acknowledged', 'investigating', 'verdict-given', 'merged', 'reopened', 'regressed',
    'snoozed', 'snooze-ended', 'escalated', 'assigned', 'severity-changed'
  )),
  -- Null where it was opened.
  from_state text CHECK (from_state IN ('open', 'acknowledged', 'investigating', 'resolved')),
  to_state text NOT NULL CHECK (to_state IN ('open', 'acknowledged', 'investigating', 'resolved')),
  -- An analyst's name; `leakwatch` where nobody asked for it.
  made_by text NOT NULL CHECK (made_by <> ''),
  reason text NOT NULL,
  made_at timestamptz NOT NULL,
  CHECK ((move = 'opened') = (from_state IS NULL))
);
CREATE INDEX alert_transition_by_alert ON alert_transition (alert_id, id);

INSERT INTO alert_transition (alert_id, move, to_state, made_by, reason, made_at)
SELECT id, 'opened', 'open', 'leakwatch', 'rule ' || rule_id, opened_at FROM alert ORDER BY opened_at;
INSERT INTO alert_transition (alert_id, move, from_state, to_state, made_by, reason, made_at)
SELECT alert_id, 'verdict-given', CASE WHEN row_number() OVER (PARTITION BY alert_id ORDER BY id) = 1 THEN 'open' ELSE 'resolved' END,
  'resolved', given_by, verdict || ': ' || reason, given_at
FROM alert_verdict ORDER BY id;

-- Asked when the transaction commits: no move without its line in the history.
CREATE FUNCTION require_alert_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (SELECT to_state FROM alert_transition WHERE alert_id = NEW.id ORDER BY id DESC LIMIT 1)
     IS DISTINCT FROM (SELECT state FROM alert WHERE id = NEW.id) THEN
    RAISE EXCEPTION 'a move of an alert needs its line in the history' USING ERRCODE = 'LW001';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER alert_moves_have_history AFTER UPDATE ON alert DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION require_alert_history();

CREATE FUNCTION refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'what has happened to an alert is not rewritten' USING ERRCODE = 'LW001';
END $$;
CREATE TRIGGER alert_transition_stays BEFORE UPDATE ON alert_transition FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

ALTER TABLE alert_outbox DROP CONSTRAINT alert_outbox_change_check;
ALTER TABLE alert_outbox ADD CONSTRAINT alert_outbox_change_check CHECK (change IN (
  'opened', 'occurrence-added', 'content-removed', 'verdict-given', 'acknowledged', 'investigating', 'snoozed',
  'snooze-ended', 'reopened', 'regressed', 'escalated', 'assigned', 'merged', 'severity-changed'
));

-- Detections that for a time raise no alert. What is null matches everything; a silence matches on something.
CREATE TABLE silence (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  creator_id text,
  campaign_id text,
  item_id text,
  tier smallint CHECK (tier BETWEEN 1 AND 5),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  made_by text NOT NULL CHECK (made_by <> ''),
  made_at timestamptz NOT NULL,
  -- Who ended it before its time.
  ended_by text,
  CHECK (starts_at <= ends_at),
  CHECK (num_nonnulls(creator_id, campaign_id, item_id, tier) >= 1)
);
CREATE INDEX silence_by_end ON silence (ends_at);
