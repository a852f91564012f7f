-- Jobs say how far they are, can be canceled, wait for a recording, and take fair turns.

alter table jobs drop constraint jobs_status_check;
alter table jobs
    add constraint jobs_status_check check (status in ('queued', 'running', 'succeeded', 'failed', 'canceled')),
    add column lane text not null default 'jobs' check (lane in ('jobs', 'recordings')),
    add column priority integer not null default 0,
    add column waits_on uuid,
    add column stage text,
    add column progress double precision check (progress between 0 and 1),
    add column error_code text,
    add column is_retryable boolean,
    add column updated_at timestamptz not null default now(),
    add column last_seq integer not null default 1;
create index jobs_queued on jobs (workspace_id, lane) where status = 'queued' and waits_on is null;
create index jobs_waiting_on on jobs (workspace_id, waits_on) where waits_on is not null;

-- What happened to a job, numbered from 1. Written by triggers, because jobs end in places that know nothing of each other.
create table job_events (
    workspace_id uuid not null references workspaces on delete cascade,
    job_id uuid not null references jobs on delete cascade,
    seq integer not null,
    type text not null check (type in ('status', 'stage', 'terminal')),
    data jsonb not null,
    at timestamptz not null,
    primary key (job_id, seq)
);
create index job_events_by_age on job_events (workspace_id, at);

create function number_job_event() returns trigger language plpgsql as $$
begin
    new.last_seq := old.last_seq + 1;
    new.updated_at := now();
    return new;
end $$;
create trigger number before update on jobs for each row
    when ((old.status, old.stage, old.progress) is distinct from (new.status, new.stage, new.progress))
    execute function number_job_event();

create function note_job_event() returns trigger language plpgsql as $$
begin
    insert into public.job_events (workspace_id, job_id, seq, type, data, at)
    values (
        new.workspace_id, new.id, new.last_seq,
        case
            when new.status in ('succeeded', 'failed', 'canceled') then 'terminal'
            when tg_op = 'INSERT' or new.status <> old.status then 'status'
            else 'stage'
        end,
        jsonb_strip_nulls(jsonb_build_object('status', new.status, 'stage', new.stage, 'progress', new.progress)),
        new.updated_at
    );
    perform pg_notify('job_events', format('%s %s %s', new.workspace_id, new.id, new.last_seq));
    if new.status = 'canceled' then
        perform pg_notify('jobs_canceled', new.id::text);
    end if;
    return null;
end $$;
create trigger note_first_event after insert on jobs for each row execute function note_job_event();
create trigger note_event after update on jobs for each row
    when (new.last_seq <> old.last_seq) execute function note_job_event();

-- Whose turn it is. A job comes as many turns after the one begun last as its workspace has jobs waiting already, so one that
-- has a thousand waiting is not ahead of one that has none; `priority` takes it past some of its own or, below zero, lets
-- others go first. The turn only grows as jobs are begun, so nothing is overtaken for ever. A thousand waiting are
-- counted at most: behind them order is that of asking.
create sequence turn_of_jobs;
create sequence turn_of_recordings;
alter table jobs add column turn bigint;

create function take_turn() returns trigger language plpgsql
security definer set search_path = public, pg_temp
as $$
declare
    waiting integer;
begin
    select count(*) into waiting from (
        select from jobs
        where workspace_id = new.workspace_id and lane = new.lane and status = 'queued' and waits_on is null limit 1000
    ) counted;
    new.turn := coalesce(pg_sequence_last_value(('turn_of_' || new.lane)::regclass), 0)
        + greatest(1, 1 + waiting - greatest(0, new.priority));
    return new;
end $$;
revoke execute on function take_turn() from public;

create function begin_turn() returns trigger language plpgsql
security definer set search_path = public, pg_temp
as $$
declare
    sequence regclass := 'turn_of_' || new.lane;
begin
    -- Two at once may leave the smaller one: then somebody is a turn early.
    if new.turn > coalesce(pg_sequence_last_value(sequence), 0) then
        perform setval(sequence, new.turn);
    end if;
    return null;
end $$;
revoke execute on function begin_turn() from public;

create or replace function queue_job() returns trigger language plpgsql
security definer set search_path = procrastinate, pg_temp
as $$
begin
    perform procrastinate_defer_jobs_v1(array[row(
        new.lane, 'run_job', -(new.turn + greatest(0, -new.priority)), null, null,
        jsonb_build_object('workspace_id', new.workspace_id, 'job_id', new.id), null
    )::procrastinate_job_to_defer_v1]);
    return null;
end $$;

create trigger take_turn before insert on jobs for each row when (new.waits_on is null) execute function take_turn();
create trigger take_turn_released before update of waits_on on jobs for each row
    when (old.waits_on is not null and new.waits_on is null and new.status = 'queued') execute function take_turn();
create trigger begin_turn after update of status on jobs for each row
    when (old.status = 'queued' and new.status = 'running') execute function begin_turn();
drop trigger queue on jobs;
create trigger queue after insert on jobs for each row when (new.waits_on is null) execute function queue_job();
create trigger queue_released after update of waits_on on jobs for each row
    when (old.waits_on is not null and new.waits_on is null and new.status = 'queued') execute function queue_job();

grant select, insert, update, delete on job_events to setpiece_app;
alter table job_events enable row level security;
alter table job_events force row level security;
create policy own_workspace on job_events
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
