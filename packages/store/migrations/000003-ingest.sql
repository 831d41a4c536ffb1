-- How far each post has come: what ingest drops duplicates and older revisions by. Locked from the look at a row to its
-- change (queries/lock-post-threads.ts), with the posts published in between.
CREATE TABLE post_thread (
  -- Of platform, instance and native id.
  thread_id text PRIMARY KEY,
  -- The newest that was published; 0 only inside the transaction that publishes the first.
  revision bigint NOT NULL,
  -- Of the revision, or the tombstone, that was published last; empty only inside that transaction.
  post_id text NOT NULL,
  updated_at timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 80);

-- Who has handed posts over, and where to go on with those that can go back.
CREATE TABLE ingest_source (
  name text PRIMARY KEY,
  transport text NOT NULL,
  -- Of its posts that don't say theirs: a replay of a dead letter must give a post the identity that it had.
  platform text NOT NULL,
  instance text NOT NULL,
  checkpoint text,
  updated_at timestamptz NOT NULL DEFAULT now()
);

-- Deliveries that a webhook has accepted: a sender who missed the answer gets it again.
CREATE TABLE webhook_delivery (
  id text PRIMARY KEY,
  body_sha256 text NOT NULL,
  answer jsonb NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX webhook_delivery_received_at ON webhook_delivery (received_at);
