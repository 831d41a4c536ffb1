-- A reviewer who is unsure leaves the post to others, and does not get it again.
ALTER TABLE review_sample ADD COLUMN unsure_by text[] NOT NULL DEFAULT '{}';
