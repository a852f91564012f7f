-- Jobs. The queue holds only the ids of a job; what it is about stands here, behind row-level security.

-- A later revision reads this to know which of procrastinate's own migrations a database still lacks.
comment on schema procrastinate is 'procrastinate 3.10';

create table jobs (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    kind text not null,
    key text,
    status text not null default 'queued' check (status in ('queued', 'running', 'succeeded', 'failed')),
    payload jsonb not null,
    result jsonb,
    error text,
    request_id text,
    attempts integer not null default 0,
    retries integer not null default 0,
    rescues integer not null default 0,
    created_by uuid not null references members on delete cascade,
    created_at timestamptz not null,
    started_at timestamptz,
    finished_at timestamptz
);
-- A job that was begun and waits again does not stand in the way of a new one.
create unique index jobs_waiting on jobs (workspace_id, kind, key)
    where key is not null and status = 'queued' and attempts = 0;
create index jobs_of_workspace on jobs (workspace_id, id desc);

-- A job is queued by being written: the two cannot come apart, and the API's role needs no right to the queue.
create function queue_job() returns trigger language plpgsql
security definer set search_path = procrastinate, pg_temp
as $$
begin
    perform procrastinate_defer_jobs_v1(array[row(
        'jobs', 'run_job', 0, null, null,
        jsonb_build_object('workspace_id', new.workspace_id, 'job_id', new.id), null
    )]::procrastinate_job_to_defer_v1[]);
    return null;
end $$;
revoke execute on function queue_job() from public;
create trigger queue after insert on jobs for each row execute function queue_job();

grant select, insert, update on jobs to setpiece_app;
alter table jobs enable row level security;
alter table jobs force row level security;
create policy own_workspace on jobs
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
