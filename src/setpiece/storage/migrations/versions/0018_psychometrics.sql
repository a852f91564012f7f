-- Numbers on how somebody speaks, kept for seven days. Nothing refers to the recording: it is deleted before the answer is given.
create table analyses (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    scores jsonb not null,
    inputs jsonb not null,
    failure_code text,
    failure text,
    created_at timestamptz not null,
    expires_at timestamptz not null
);
create index analyses_by_expiry on analyses (workspace_id, expires_at);

grant select, insert, delete on analyses to setpiece_app;
alter table analyses enable row level security;
alter table analyses force row level security;
create policy own_workspace on analyses
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
