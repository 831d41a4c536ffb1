-- Which dead letters have been replayed. The letters themselves are records of the topic `dead-letters`.
--
-- A row is claimed before the replay and gets `replayed_at` after it, so that of two replays at the same time one is
-- refused, and a replay that died in between can be taken up again (packages/event-log/dead-letters/replay-dead-letter.ts).

create table dead_letter_replay (
  id text not null,
  -- Which of the id's letters: a replay that fails again writes a newer one, at a higher offset.
  letter_offset bigint not null,
  claimed_at timestamptz not null default clock_timestamp(),
  replayed_at timestamptz,
  primary key (id, letter_offset)
);
