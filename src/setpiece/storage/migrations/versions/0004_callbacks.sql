-- A job that was asked for over HTTP may name a URL that is told how it ended, and an id of the client's own under which the
-- same request can be sent again without being done again. `fingerprint` tells whether it is the same.
alter table jobs
    add column external_id text,
    add column fingerprint text,
    add column callback_url text,
    add column reports_on uuid references jobs on delete cascade;
create unique index jobs_submitted on jobs (workspace_id, external_id) where external_id is not null;
create index jobs_reporting on jobs (workspace_id, reports_on) where reports_on is not null;

-- The delivery is a job of its own, made in the transaction that ends the first one: by success, by failure, or given up by
-- whoever rescues. So nothing ends unreported, whatever is killed when.
create function report_job() returns trigger language plpgsql as $$
begin
    insert into public.jobs (id, workspace_id, kind, payload, request_id, created_by, created_at, reports_on)
    values (gen_random_uuid(), new.workspace_id, 'call_back', '{}', new.request_id, new.created_by, now(), new.id);
    return null;
end $$;
create trigger report after update of status on jobs for each row
    when (new.callback_url is not null and new.status in ('succeeded', 'failed') and old.status not in ('succeeded', 'failed'))
    execute function report_job();

-- One secret for each workspace, made when it is first needed. A signature needs the secret itself, so it is not hashed.
create table webhook_secrets (
    workspace_id uuid primary key references workspaces on delete cascade,
    secret text not null,
    created_at timestamptz not null default now()
);
grant select, insert on webhook_secrets to setpiece_app;
alter table webhook_secrets enable row level security;
alter table webhook_secrets force row level security;
create policy own_workspace on webhook_secrets
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));

-- A headless run has no saved agent.
alter table runs alter column agent_id drop not null;
