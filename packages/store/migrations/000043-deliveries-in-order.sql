-- A channel takes its notices in their order, and each alert's earliest one first: a burst is walked once, not sorted for each few.
CREATE INDEX alert_delivery_waiting ON alert_delivery (channel, seq)
  WHERE delivered_at IS NULL AND gave_up_at IS NULL;
