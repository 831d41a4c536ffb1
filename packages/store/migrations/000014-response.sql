-- What was done about an alert: by people after its playbook, and by the creator.

-- When the last of what was found was edited away or deleted; null while any of it stands.
ALTER TABLE alert ADD COLUMN corrected_at timestamptz;

-- One line an act, in order: what holds is what the last of them says.
CREATE TABLE response_act (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id text COLLATE "C" NOT NULL REFERENCES alert ON DELETE CASCADE,
  act text NOT NULL CHECK (act IN ('checked', 'unchecked', 'sent', 'corrected', 'stands-again')),
  -- Of the playbook's checklist, by its id.
  item text CHECK (item <> ''),
  -- The message to the creator as it was sent: which way, and what somebody wanted to note of it.
  via text CHECK (via <> ''),
  note text CHECK (note <> ''),
  text_sha256 text CHECK (text_sha256 ~ '^[0-9a-f]{64}$'),
  -- A person's name; `leakwatch` for what ingest has seen.
  made_by text NOT NULL CHECK (made_by <> ''),
  made_at timestamptz NOT NULL,
  CHECK ((act IN ('checked', 'unchecked')) = (item IS NOT NULL)),
  CHECK ((act = 'sent') = (text_sha256 IS NOT NULL)),
  CHECK (act = 'sent' OR num_nonnulls(via, note) = 0)
);
CREATE INDEX response_act_by_alert ON response_act (alert_id, id);
CREATE TRIGGER response_act_stays BEFORE UPDATE ON response_act FOR EACH ROW EXECUTE FUNCTION refuse_rewriting();

UPDATE alert a SET corrected_at = o.removed_at
FROM (
  SELECT alert_id, max(removed_at) AS removed_at FROM alert_occurrence
  GROUP BY alert_id HAVING bool_and(removed_at IS NOT NULL)
) o WHERE o.alert_id = a.id;
INSERT INTO response_act (alert_id, act, made_by, made_at)
SELECT id, 'corrected', 'leakwatch', corrected_at FROM alert WHERE corrected_at IS NOT NULL ORDER BY corrected_at;

ALTER TABLE alert_outbox DROP CONSTRAINT alert_outbox_change_check;
ALTER TABLE alert_outbox ADD CONSTRAINT alert_outbox_change_check CHECK (change IN (
  'opened', 'occurrence-added', 'content-removed', 'verdict-given', 'acknowledged', 'investigating', 'snoozed',
  'snooze-ended', 'reopened', 'regressed', 'escalated', 'assigned', 'merged', 'severity-changed', 'corrected'
));
