-- Routes are changed as rules are: one person proposes a text, another decides about it. A proposal says which of the two it would change.
ALTER TABLE rules_proposal RENAME TO proposal;
ALTER TABLE proposal RENAME CONSTRAINT rules_proposal_pkey TO proposal_pkey;
ALTER SEQUENCE rules_proposal_id_seq RENAME TO proposal_id_seq;

-- Every proposal so far was one of rules.
ALTER TABLE proposal ADD COLUMN kind text NOT NULL DEFAULT 'rules' CHECK (kind IN ('rules', 'routes'));
ALTER TABLE proposal ALTER COLUMN kind DROP DEFAULT;

-- One of each kind at a time.
DROP INDEX rules_proposal_open;
CREATE UNIQUE INDEX proposal_open ON proposal (kind) WHERE decision IS NULL;
DROP INDEX rules_proposal_approved;
CREATE INDEX proposal_approved ON proposal (kind, id DESC) WHERE decision = 'approved';
