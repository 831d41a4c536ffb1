-- Bytes under the hash of their content: pictures of assets, media that a post came with.
CREATE TABLE blob (
  sha256 text PRIMARY KEY CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  mime text NOT NULL,
  bytes bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
-- Pictures are compressed already.
ALTER TABLE blob ALTER COLUMN bytes SET STORAGE EXTERNAL;

-- Every version of the watch list that ever was: a detection names the one it was made with.
CREATE TABLE watch_list_version (
  version integer PRIMARY KEY CHECK (version > 0),
  -- Of the content in canonical form: an import that changes nothing makes no version.
  sha256 text NOT NULL,
  -- json and not jsonb: a term may hold any character, and jsonb refuses some.
  content json NOT NULL,
  created_at timestamptz NOT NULL
);
