-- Counts read these indexes from end to end. Postgres unpacks a row's columns from the left: those of fixed width stand first, so that
-- a count that names no text stops early. The one of active alerts is in the order of their ids: to count those in which an item
-- occurs, it is merged with the occurrences of the item.
DROP INDEX alert_active_for_counts;
CREATE INDEX alert_active_for_counts ON alert (id)
  INCLUDE (snoozed_until, due_at, resolve_due_at, opened_at, tier, state, campaign_id, severity, rule_id, violation, assignee, creator_id)
  WHERE state <> 'resolved';
DROP INDEX alert_for_counts;
CREATE INDEX alert_for_counts ON alert (campaign_id, state)
  INCLUDE (snoozed_until, due_at, resolve_due_at, opened_at, tier, severity, rule_id, violation, assignee, creator_id, resolution, id);
