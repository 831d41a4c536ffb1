-- What shows how good detection is: who was heard, and which posts people look at whether or not they raised an alert.

-- When each account was last heard. Only accounts of registered creators are here.
CREATE TABLE account_heard (
  creator_id text NOT NULL,
  platform text NOT NULL,
  instance text NOT NULL,
  -- The account's native id, as the platform has it.
  account_id text NOT NULL,
  handle text NOT NULL,
  last_heard_at timestamptz NOT NULL,
  last_published_at timestamptz NOT NULL,
  PRIMARY KEY (creator_id, platform, instance, account_id)
);

-- How far a creator's posts have been counted, where every so many of them is drawn.
CREATE TABLE creator_post_count (
  creator_id text PRIMARY KEY,
  counted bigint NOT NULL CHECK (counted > 0),
  -- The last record counted: one that comes again is not counted again.
  log_partition integer NOT NULL,
  log_offset bigint NOT NULL,
  appended_at timestamptz NOT NULL
);

-- Posts drawn for review, with the probability that they had of being drawn. Whether they raised an alert is not known here.
CREATE TABLE review_sample (
  thread_id text COLLATE "C" PRIMARY KEY CHECK (thread_id ~ '^[0-9a-f]{64}$'),
  creator_id text NOT NULL,
  -- As closely as the creator was watched when the post came.
  tier smallint NOT NULL CHECK (tier BETWEEN 1 AND 5),
  -- Those of the draws that took it.
  strata text[] NOT NULL CHECK (cardinality(strata) > 0),
  probability double precision NOT NULL CHECK (probability > 0 AND probability <= 1),
  -- Its place in the queue, by a hash: neither the time nor the creator says anything about it.
  queue_rank bigint NOT NULL,
  revision bigint NOT NULL,
  published_at timestamptz NOT NULL,
  sampled_at timestamptz NOT NULL,
  -- json and not jsonb: a post may hold any character, and jsonb refuses some.
  post json NOT NULL,
  claimed_by text,
  claimed_at timestamptz,
  verdict text CHECK (verdict IN ('leak', 'innocent')),
  -- What the leak was of.
  campaign_id text,
  reviewed_by text CHECK (reviewed_by <> ''),
  reviewed_at timestamptz,
  review_minutes double precision CHECK (review_minutes >= 0),
  CHECK ((claimed_by IS NULL) = (claimed_at IS NULL)),
  CHECK ((verdict IS NULL) = (reviewed_by IS NULL)),
  CHECK ((verdict IS NULL) = (reviewed_at IS NULL)),
  CHECK ((verdict IS NULL) = (review_minutes IS NULL)),
  CHECK (campaign_id IS NULL OR verdict = 'leak')
);
CREATE INDEX review_sample_queue ON review_sample (queue_rank, thread_id) WHERE verdict IS NULL;
CREATE INDEX review_sample_by_time ON review_sample (sampled_at);
