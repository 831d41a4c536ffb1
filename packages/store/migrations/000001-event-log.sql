-- The event log in Postgres: what packages/event-log/postgres reads and writes.
--
-- Every step that takes a lock is one function, hence one statement: a process that is stopped or cut off in its midst
-- can't hold the lock, since the server finishes the statement without it.

create table log_topic (
  topic text primary key,
  -- Fixed when the topic is created, or keys would change their partition and lose their order.
  partitions integer not null check (partitions between 1 and 1000),
  created_at timestamptz not null default now()
);

create table log_head (
  topic text not null references log_topic,
  partition integer not null,
  -- The first offset that is kept; what lies before it has been trimmed.
  start_offset bigint not null default 0,
  next_offset bigint not null default 0,
  last_appended_at timestamptz not null default '-infinity',
  primary key (topic, partition)
) with (fillfactor = 50);

create table log_record (
  topic text not null,
  partition integer not null,
  "offset" bigint not null,
  -- Bytes, as in Kafka: text could not hold U+0000.
  key bytea not null,
  value bytea not null,
  headers jsonb not null,
  appended_at timestamptz not null,
  primary key (topic, partition, "offset")
);

create table consumer_group (
  "group" text primary key
);

create table consumer_member (
  "group" text not null references consumer_group,
  member uuid not null,
  topics text[] not null,
  joined_at timestamptz not null,
  lease_until timestamptz not null,
  primary key ("group", member)
);

create table consumer_offset (
  "group" text not null references consumer_group,
  topic text not null,
  partition integer not null,
  "offset" bigint not null,
  -- Null until the group's first commit: "offset" then is where the group begins.
  committed_at timestamptz,
  -- The member that holds the partition. The epoch grows with every claim, so that a former holder's commit is refused.
  owner uuid,
  epoch bigint not null default 0,
  primary key ("group", topic, partition)
) with (fillfactor = 50);

-- Appends records in the order of the arrays; returns how many. The row locks on log_head make offsets gap-free and
-- visible in order; they are taken in one fixed order, so that two appends never wait for each other.
create function log_append(
  p_topics text[], p_partitions integer[], p_keys bytea[], p_values bytea[], p_headers text[]
) returns bigint
language plpgsql as $$
declare
  stamp timestamptz;
  appended bigint;
begin
  perform 1 from log_head
    where (topic, partition) in (select * from unnest(p_topics, p_partitions))
    order by topic, partition
    for update;
  -- Milliseconds, as in Kafka. Read behind the locks, and never before the partition's last record even where the clock was
  -- set back: instants rise with offsets, which is what a search by time stands on.
  stamp := date_trunc('milliseconds', clock_timestamp());
  insert into log_record (topic, partition, "offset", key, value, headers, appended_at)
    select i.topic, i.partition,
      h.next_offset + row_number() over (partition by i.topic, i.partition order by i.position) - 1,
      i.key, i.value, i.headers::jsonb, greatest(h.last_appended_at, stamp)
    from unnest(p_topics, p_partitions, p_keys, p_values, p_headers) with ordinality
      as i (topic, partition, key, value, headers, position)
    join log_head h using (topic, partition);
  get diagnostics appended = row_count;
  if appended <> cardinality(p_topics) then
    raise exception 'a topic or partition of the batch does not exist' using errcode = 'no_data_found';
  end if;
  update log_head h
    set next_offset = h.next_offset + i.records, last_appended_at = greatest(h.last_appended_at, stamp)
    from (
      select topic, partition, count(*) as records from unnest(p_topics, p_partitions) as u (topic, partition)
      group by topic, partition
    ) i
    where h.topic = i.topic and h.partition = i.partition;
  perform pg_notify('leakwatch_log', topic) from unnest(p_topics) as u (topic) group by topic;
  return appended;
end $$;

-- The first kept offset of a partition whose record was appended at or after an instant; the end where there is none.
-- A binary search: offsets have no gaps and instants rise with them, so no index by time is paid for.
create function log_offset_at(p_topic text, p_partition integer, p_instant timestamptz) returns bigint
language plpgsql stable as $$
declare
  low bigint;
  high bigint;
  middle bigint;
begin
  select start_offset, next_offset into low, high from log_head where topic = p_topic and partition = p_partition;
  while low < high loop
    middle := (low + high) / 2;
    if exists (
      select 1 from log_record
      where topic = p_topic and partition = p_partition and "offset" = middle and appended_at >= p_instant
    ) then
      high := middle;
    else
      low := middle + 1;
    end if;
  end loop;
  return low;
end $$;

-- One member's heartbeat: joins or renews its lease, expires the dead, gives back what is more than its share and claims
-- what is free. Returns the partitions that it holds afterwards; `leaving` ones are over its share but busy, and are given
-- back by the heartbeat after their batch. Shares are sticky: only as many partitions move as must.
create function consumer_sync(
  p_group text, p_member uuid, p_topics text[], p_start_at text, p_lease interval,
  p_busy_topics text[], p_busy_partitions integer[]
) returns table (topic text, partition integer, "offset" bigint, epoch bigint, leaving boolean)
language plpgsql as $$
#variable_conflict use_column
declare
  changed boolean;
  wanted text;
  members integer;
  place integer;
  share integer;
  surplus integer;
begin
  insert into consumer_group ("group") values (p_group) on conflict do nothing;
  perform 1 from consumer_group where "group" = p_group for update;

  delete from consumer_member
    where "group" = p_group and member <> p_member and lease_until < clock_timestamp();
  changed := found;
  update consumer_member set lease_until = clock_timestamp() + p_lease
    where "group" = p_group and member = p_member;
  if not found then
    changed := true;
    insert into consumer_member ("group", member, topics, joined_at, lease_until)
      values (p_group, p_member, p_topics, clock_timestamp(), clock_timestamp() + p_lease);
    insert into consumer_offset ("group", topic, partition, "offset")
      select p_group, h.topic, h.partition, case p_start_at when 'latest' then h.next_offset else h.start_offset end
      from log_head h where h.topic = any (p_topics)
      on conflict do nothing;
  end if;
  update consumer_offset set owner = null
    where "group" = p_group and owner is not null
      and owner not in (select m.member from consumer_member m where m."group" = p_group);

  foreach wanted in array p_topics loop
    select count(*), count(*) filter (where (m.joined_at, m.member) < (me.joined_at, me.member))
      into members, place
      from consumer_member m, consumer_member me
      where m."group" = p_group and wanted = any (m.topics) and me."group" = p_group and me.member = p_member;
    -- Another member takes the odd partition of every topic, or the oldest would own all topics of one partition.
    place := (place + abs(hashtext(wanted)::bigint)) % members;
    select count(*) / members + (place < count(*) % members)::integer,
        count(*) filter (where owner = p_member) - (count(*) / members + (place < count(*) % members)::integer)
      into share, surplus
      from consumer_offset where "group" = p_group and topic = wanted;
    if surplus > 0 then
      update consumer_offset o set owner = null
        where "group" = p_group and topic = wanted and partition in (
          select c.partition from consumer_offset c
          where c."group" = p_group and c.topic = wanted and c.owner = p_member
            and (c.topic, c.partition) not in (select * from unnest(p_busy_topics, p_busy_partitions))
          order by c.partition desc limit surplus
        );
      changed := changed or found;
    elsif surplus < 0 then
      update consumer_offset o set owner = p_member, epoch = o.epoch + 1
        where "group" = p_group and topic = wanted and partition in (
          select c.partition from consumer_offset c
          where c."group" = p_group and c.topic = wanted and c.owner is null
          order by c.partition limit -surplus
        );
    end if;
    return query
      select o.topic, o.partition, o."offset", o.epoch,
        row_number() over (
          order by (o.topic, o.partition) in (select * from unnest(p_busy_topics, p_busy_partitions)) desc, o.partition
        ) > share
      from consumer_offset o where o."group" = p_group and o.topic = wanted and o.owner = p_member;
  end loop;

  if changed then
    perform pg_notify('leakwatch_group', p_group);
  end if;
end $$;

-- A member goes: its partitions are free at once, without waiting for its lease to end.
create function consumer_leave(p_group text, p_member uuid) returns void
language plpgsql as $$
begin
  perform 1 from consumer_group where "group" = p_group for update;
  delete from consumer_member where "group" = p_group and member = p_member;
  update consumer_offset set owner = null where "group" = p_group and owner = p_member;
  perform pg_notify('leakwatch_group', p_group);
end $$;
