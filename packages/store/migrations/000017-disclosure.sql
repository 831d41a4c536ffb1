-- Campaigns of whose disclosure that revision has one: what lacked it in an earlier one has been mended.
ALTER TABLE scanned_revision ADD COLUMN disclosed_campaigns text[] NOT NULL DEFAULT '{}';
