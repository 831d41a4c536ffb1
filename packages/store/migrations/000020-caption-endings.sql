-- The ends of captions that may be the beginning of a name, for the creator's next post to complete. Rows go after two days.
CREATE TABLE caption_ending (
  -- The post, across its revisions.
  thread_id text COLLATE "C" PRIMARY KEY,
  post_id text NOT NULL,
  creator_id text NOT NULL,
  native_id text NOT NULL,
  canonical_url text,
  published_at timestamptz NOT NULL,
  ending text NOT NULL,
  -- Where the ending starts in the caption, in UTF-16 units.
  ending_from integer NOT NULL CHECK (ending_from >= 0),
  noted_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX caption_ending_by_creator ON caption_ending (creator_id, published_at);
CREATE INDEX caption_ending_by_time ON caption_ending (noted_at);
