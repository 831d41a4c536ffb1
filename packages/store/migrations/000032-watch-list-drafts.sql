-- The author of a version, null for a program's or an older one, and their note.
ALTER TABLE watch_list_version ADD COLUMN made_by text, ADD COLUMN note text NOT NULL DEFAULT '';

-- Changes to the watch list that a person of the console has not saved yet: one draft an account.
CREATE TABLE console_draft (
  account_id integer PRIMARY KEY REFERENCES console_account ON DELETE CASCADE,
  -- The version that the person saw; 0 before the first.
  base integer NOT NULL,
  -- json and not jsonb: a term may hold any character.
  edits json NOT NULL,
  updated_at timestamptz NOT NULL
);

-- Pictures for drafts. A saved version keeps its own in `blob`.
CREATE TABLE console_picture (
  sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  bytes bytea NOT NULL,
  engine text NOT NULL,
  fingerprint text NOT NULL,
  uploaded_by text NOT NULL,
  uploaded_at timestamptz NOT NULL
);
ALTER TABLE console_picture ALTER COLUMN bytes SET STORAGE EXTERNAL;
