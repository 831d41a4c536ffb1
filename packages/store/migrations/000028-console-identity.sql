-- Accounts of people who sign in with a provider of the company, by OpenID Connect.
CREATE TABLE console_identity (
  -- The provider, and its own id of the person: a name or an address may pass to somebody else, these do not.
  issuer text NOT NULL CHECK (issuer <> ''),
  subject text NOT NULL CHECK (subject <> ''),
  account_id integer NOT NULL REFERENCES console_account ON DELETE CASCADE,
  PRIMARY KEY (issuer, subject)
);
CREATE INDEX console_identity_by_account ON console_identity (account_id);
