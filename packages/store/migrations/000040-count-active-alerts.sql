-- Counts of the queue read most often what is not resolved. This index alone holds all that they name, and no resolved alert.
CREATE INDEX alert_active_for_counts ON alert (campaign_id)
  INCLUDE (id, state, severity, tier, rule_id, violation, assignee, creator_id, opened_at, due_at, resolve_due_at, snoozed_until)
  WHERE state <> 'resolved';
