-- Changes of the rules that one person proposes and another decides about. Those in force without an operator's file are the newest
-- that were approved; they are never edited or deleted.
CREATE TABLE rules_proposal (
  id bigserial PRIMARY KEY,
  text text NOT NULL CHECK (text <> ''),
  -- As the alerts carry it.
  hash text NOT NULL,
  reason text NOT NULL CHECK (reason <> ''),
  proposed_by text NOT NULL CHECK (proposed_by <> ''),
  proposed_at timestamptz NOT NULL,
  decision text CHECK (decision IN ('approved', 'refused', 'withdrawn')),
  decided_by text,
  decided_at timestamptz,
  note text NOT NULL DEFAULT '',
  CHECK ((decision IS NULL) = (decided_by IS NULL)),
  CHECK ((decision IS NULL) = (decided_at IS NULL)),
  -- Two people stand behind rules in force.
  CHECK (decision IS DISTINCT FROM 'approved' OR decided_by <> proposed_by),
  CHECK (decision IS DISTINCT FROM 'withdrawn' OR decided_by = proposed_by)
);
-- One at a time: whoever decides knows what the change is against.
CREATE UNIQUE INDEX rules_proposal_open ON rules_proposal ((decision IS NULL)) WHERE decision IS NULL;
CREATE INDEX rules_proposal_approved ON rules_proposal (id DESC) WHERE decision = 'approved';
