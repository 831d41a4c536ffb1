-- Alerts, what belongs to them, and the outbox through which they are told.

-- One incident a creator, campaign and episode.
CREATE TABLE alert (
  -- Hexadecimal: by bytes, so that a prefix of it is a range of the index.
  id text COLLATE "C" PRIMARY KEY CHECK (id ~ '^[0-9a-f]{64}$'),
  creator_id text NOT NULL,
  campaign_id text NOT NULL,
  episode integer NOT NULL CHECK (episode >= 1),
  tier smallint NOT NULL CHECK (tier BETWEEN 1 AND 5),
  tier_reasons text[] NOT NULL,
  severity text NOT NULL CHECK (severity IN ('low', 'medium', 'high', 'critical')),
  state text NOT NULL CHECK (state IN ('open', 'resolved')),
  rule_id text NOT NULL,
  ruleset_hash text NOT NULL,
  -- The lane of the detection that opened it: whose precision a verdict on it counts for.
  matcher text NOT NULL CHECK (matcher IN ('text', 'image')),
  opened_at timestamptz NOT NULL,
  updated_at timestamptz NOT NULL,
  due_at timestamptz NOT NULL,
  detection_latency_ms bigint NOT NULL,
  pipeline_latency_ms bigint NOT NULL,
  -- Publication of its earliest and latest post: an episode goes on while the next comes close enough to either.
  first_published_at timestamptz NOT NULL,
  last_published_at timestamptz NOT NULL,
  UNIQUE (creator_id, campaign_id, episode)
);
CREATE INDEX alert_by_opening ON alert (opened_at DESC, id);
CREATE INDEX alert_waiting ON alert (tier, severity) WHERE state = 'open';

-- A detection is in one alert, once, however often it is delivered.
CREATE TABLE alert_occurrence (
  detection_id text PRIMARY KEY,
  alert_id text COLLATE "C" NOT NULL REFERENCES alert,
  -- In the order in which they came.
  position bigint GENERATED ALWAYS AS IDENTITY,
  thread_id text NOT NULL,
  lane text NOT NULL CHECK (lane IN ('text', 'image')),
  -- Of a source that numbers no edits it is a time in milliseconds.
  revision bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('term', 'asset')),
  item_id text NOT NULL,
  -- json and not jsonb: a post may hold any character, and jsonb refuses some.
  detection json NOT NULL,
  removed_at timestamptz,
  removed_by text CHECK (removed_by IN ('edit', 'delete')),
  CHECK ((removed_at IS NULL) = (removed_by IS NULL))
);
CREATE INDEX alert_occurrence_by_alert ON alert_occurrence (alert_id, position);
CREATE INDEX alert_occurrence_by_thread ON alert_occurrence (thread_id, lane);

-- Why a detection raised no alert.
CREATE TABLE suppressed_detection (
  detection_id text PRIMARY KEY,
  reason text NOT NULL,
  -- In a sentence, for whoever asks.
  detail text NOT NULL,
  creator_id text NOT NULL,
  campaign_id text NOT NULL,
  post_id text NOT NULL,
  suppressed_at timestamptz NOT NULL
);
CREATE INDEX suppressed_detection_by_post ON suppressed_detection (post_id);

-- The newest revision of a post that a lane has scanned: a detection of an older one that comes late is judged by it.
CREATE TABLE scanned_revision (
  thread_id text NOT NULL,
  lane text NOT NULL CHECK (lane IN ('text', 'image')),
  post_id text NOT NULL,
  -- Of a source that numbers no edits it is a time in milliseconds.
  revision bigint NOT NULL,
  op text NOT NULL CHECK (op IN ('update', 'delete')),
  -- What was found in that revision.
  detection_ids text[] NOT NULL,
  scanned_at timestamptz NOT NULL,
  PRIMARY KEY (thread_id, lane)
);

-- Every verdict that was ever given; the newest of an alert counts.
CREATE TABLE alert_verdict (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  alert_id text COLLATE "C" NOT NULL REFERENCES alert,
  verdict text NOT NULL CHECK (verdict IN ('confirmed', 'false-positive', 'approved')),
  reason text NOT NULL,
  given_by text NOT NULL,
  given_at timestamptz NOT NULL
);
CREATE INDEX alert_verdict_by_alert ON alert_verdict (alert_id, id DESC);

-- What is to be told, written in the transaction of the change itself. `seq` rises within an alert, whose changes take turns.
CREATE TABLE alert_outbox (
  seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  alert_id text COLLATE "C" NOT NULL REFERENCES alert,
  change text NOT NULL CHECK (change IN ('opened', 'occurrence-added', 'content-removed', 'verdict-given')),
  -- The verdict that a change `verdict-given` tells of.
  verdict_id bigint REFERENCES alert_verdict,
  -- The alert as it stood after the change.
  alert json NOT NULL,
  created_at timestamptz NOT NULL,
  -- When it was in the log; its deliveries begin then.
  published_at timestamptz
);
CREATE INDEX alert_outbox_unpublished ON alert_outbox (alert_id, seq) WHERE published_at IS NULL;

-- One row a change and channel, so that a channel that is down keeps only itself waiting.
CREATE TABLE alert_delivery (
  seq bigint NOT NULL REFERENCES alert_outbox,
  channel text NOT NULL,
  alert_id text COLLATE "C" NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  last_attempt_at timestamptz,
  -- Before that nobody tries: a back-off after a failure, or the lease of an attempt under way.
  next_attempt_at timestamptz NOT NULL,
  last_error text,
  delivered_at timestamptz,
  gave_up_at timestamptz,
  PRIMARY KEY (seq, channel)
);
CREATE INDEX alert_delivery_pending ON alert_delivery (channel, alert_id, seq)
  WHERE delivered_at IS NULL AND gave_up_at IS NULL;
