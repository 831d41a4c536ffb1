-- The order of work within a severity, from 0 to 100: what made the incident so severe, less for a doubtful match, less once its
-- posts show it no longer. Kept beside the alert, so that every list sorts by the same number (docs/decisions/0306-severity.md).

-- A detection may be encrypted; how sure it is is no secret, and stands beside it.
ALTER TABLE alert_occurrence ADD COLUMN confidence real;
UPDATE alert_occurrence SET confidence = (detection -> 'evidence' ->> 'confidence')::real WHERE NOT detection_is_sealed(detection);

ALTER TABLE alert ADD COLUMN priority smallint NOT NULL DEFAULT 0;

-- Of the reasons each begins with its points, such as `+10 ten posts or more`; the minus is the typographic one.
CREATE FUNCTION alert_priority(alert_id text, severity text, reasons text[]) RETURNS smallint LANGUAGE sql STABLE AS $$
  SELECT least(100, greatest(0,
    coalesce(
      (SELECT sum(substring(translate(reason, '−', '-') FROM '^[+-]?\d+')::integer) FROM unnest($3) AS reason),
      CASE $2 WHEN 'critical' THEN 90 WHEN 'high' THEN 60 WHEN 'medium' THEN 40 ELSE 20 END
    )
    - (SELECT coalesce(round((1 - coalesce(
          max(o.confidence) FILTER (WHERE o.removed_at IS NULL), max(o.confidence), 1)) * 20), 0)
        + CASE WHEN count(*) > 0 AND count(*) FILTER (WHERE o.removed_at IS NULL) = 0 THEN 25 ELSE 0 END
       FROM alert_occurrence o WHERE o.alert_id = $1)
  ))::smallint
$$;

CREATE FUNCTION set_alert_priority() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.priority := alert_priority(NEW.id, NEW.severity, NEW.severity_reasons);
  RETURN NEW;
END $$;
CREATE TRIGGER alert_has_priority BEFORE INSERT OR UPDATE OF severity, severity_reasons ON alert
  FOR EACH ROW EXECUTE FUNCTION set_alert_priority();

CREATE FUNCTION follow_occurrences() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE alert a SET priority = p.priority
  FROM (SELECT id, alert_priority(id, severity, severity_reasons) AS priority FROM alert WHERE id = NEW.alert_id) p
  WHERE a.id = p.id AND a.priority <> p.priority;
  RETURN NULL;
END $$;
CREATE TRIGGER occurrence_moves_priority AFTER INSERT OR UPDATE OF removed_at, confidence ON alert_occurrence
  FOR EACH ROW EXECUTE FUNCTION follow_occurrences();

UPDATE alert SET priority = alert_priority(id, severity, severity_reasons);

DROP INDEX alert_by_priority;
CREATE INDEX alert_by_priority ON alert (
  (-1000 * array_position(ARRAY['low', 'medium', 'high', 'critical'], severity) - priority), opened_at DESC, id
);
