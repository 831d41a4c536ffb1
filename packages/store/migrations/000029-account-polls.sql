-- The accounts that ingest polls, each with its place and its standing. A row is saved with the posts of its poll, so a crash repeats
-- a poll and loses nothing.
CREATE TABLE account_poll (
  platform text NOT NULL,
  -- As the watch list names it: an address, for a feed.
  account text NOT NULL,
  -- The feed's own address, if it was found from a page.
  resolved_url text,
  etag text,
  last_modified text,
  due_at timestamptz NOT NULL DEFAULT now(),
  -- A process that polls the account holds it until then.
  leased_until timestamptz,
  tried_at timestamptz,
  ok_at timestamptz,
  -- Polls in a row that failed.
  failures int NOT NULL DEFAULT 0,
  -- `new`, `ok`, `failing`, `refused` (a login is needed), `gone`.
  state text NOT NULL DEFAULT 'new',
  state_since timestamptz NOT NULL DEFAULT now(),
  -- Why the newest poll failed.
  problem text,
  PRIMARY KEY (platform, account)
);
CREATE INDEX account_poll_due ON account_poll (platform, due_at);
