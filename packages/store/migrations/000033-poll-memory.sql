-- Beside the place of a feed: all else that a connector remembers of an account, and the process that holds it.
ALTER TABLE account_poll
  -- Written and read by the platform's connector alone: the account's pinned id, the newest posts with their digests.
  ADD COLUMN memory jsonb,
  -- The process that polls the account. It renews its leases while it lives.
  ADD COLUMN lease_holder text,
  -- When the account last published; a quiet one is polled less often.
  ADD COLUMN posted_at timestamptz;
CREATE INDEX account_poll_holder ON account_poll (lease_holder) WHERE lease_holder IS NOT NULL;
