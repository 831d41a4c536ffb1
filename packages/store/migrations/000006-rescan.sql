-- Re-scans: fingerprints of history against the terms and assets that somebody asks for, or that have just been registered.
--
-- A job says what is wanted; a pass is one reading of the log that serves one job or several. How far a pass has come is kept
-- here, in the transaction of what it found; the log's own group (rescan-<pass>) only spreads partitions over workers.

create table rescan_pass (
  -- That of its longest job.
  id text primary key,
  watch_list_version integer not null references watch_list_version (version),
  started_at timestamptz not null,
  finished_at timestamptz
);

-- One row a partition of `fingerprints`: [from, to) is to be read, and everything before `at` is done.
create table rescan_partition (
  pass_id text not null references rescan_pass,
  partition integer not null,
  from_offset bigint not null,
  to_offset bigint not null,
  at_offset bigint not null,
  primary key (pass_id, partition)
) with (fillfactor = 50);

create table rescan_job (
  id text primary key,
  cause text not null check (cause in ('request', 'watch-list', 'schedule')),
  -- json and not jsonb: a creator's or an item's id may hold any character, and jsonb refuses some.
  request json not null,
  -- Who asked, for people.
  requested_by text not null,
  state text not null check (state in ('waiting', 'running', 'paused', 'finished', 'cancelled', 'failed')),
  -- Null until it is started.
  pass_id text references rescan_pass,
  -- Why it failed, in a sentence.
  error text,
  created_at timestamptz not null,
  finished_at timestamptz,
  check ((state = 'failed') = (error is not null))
);
create index rescan_job_by_age on rescan_job (created_at desc, id);
create index rescan_job_by_pass on rescan_job (pass_id);

-- What a job has looked at in a partition so far.
create table rescan_count (
  job_id text not null references rescan_job,
  partition integer not null,
  -- Fingerprints that the request's filters let through.
  examined bigint not null,
  -- Of these, those that can't be matched: not of this engine, or not what the topic promises.
  unreadable bigint not null,
  primary key (job_id, partition)
) with (fillfactor = 50);

-- What a job found, and what that is against what is stored.
create table rescan_finding (
  job_id text not null references rescan_job,
  detection_id text not null,
  -- new: never seen; suppressed: seen, and no alert then; known: in an alert; removed: in an alert, and not found any more.
  standing text not null check (standing in ('new', 'suppressed', 'known', 'removed')),
  detection json not null,
  found_at timestamptz not null,
  primary key (job_id, detection_id)
);

-- The version of the watch list up to which changes have become jobs; a single row.
create table rescan_watched_version (
  single boolean primary key default true check (single),
  version integer not null
);
insert into rescan_watched_version (version) values (0);

-- What is told to nobody but those who look: an alert that only a re-scan has touched pages no one.
alter table alert_outbox add column quiet boolean not null default false;
