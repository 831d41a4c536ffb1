-- Tells revisions by what they say, too: posts are edited within one second, without a time, or made again under a deleted id.
ALTER TABLE post_thread
  -- Digests of the newest contents, oldest first, separated by spaces; empty for a post last published before this migration.
  ADD COLUMN contents text NOT NULL DEFAULT '',
  -- The time of the newest deletion.
  ADD COLUMN deleted_at timestamptz,
  ADD COLUMN is_deleted boolean NOT NULL DEFAULT false;
