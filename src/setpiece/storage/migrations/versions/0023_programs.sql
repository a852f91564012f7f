-- Executable playbooks, called programs here. The spec is the document that clients see; what a list is filtered by is taken from it.
create table programs (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    spec jsonb not null,
    status text not null generated always as (spec ->> 'status') stored,
    mode text not null generated always as (spec ->> 'mode') stored,
    buddy_id text not null generated always as (spec ->> 'buddyId') stored,
    version integer not null,
    epoch integer not null default 1,
    created_at timestamptz not null,
    created_by text not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index programs_of_workspace on programs (workspace_id, updated_at desc, id desc) where deleted_at is null;

-- What a program was from one change to the next; added and never changed.
create table program_versions (
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    version integer not null,
    spec jsonb not null,
    epoch integer not null,
    at timestamptz not null,
    by text not null,
    why text not null,
    primary key (program_id, version)
);

-- A run keeps the spec that it was made with: a result without the exact hypothesis is worth nothing.
create table program_runs (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    status text not null check (status in ('running', 'completed', 'failed', 'cancelled')),
    started_at timestamptz not null,
    ended_at timestamptz check ((ended_at is null) = (status = 'running')),
    started_by text not null,
    spec jsonb not null,
    spec_version integer not null,
    epoch integer not null,
    executed boolean not null,
    samples integer not null default 0,
    successes integer not null default 0,
    metric_value double precision not null default 0,
    chat_id text,
    error text
);
create index program_runs_of_program on program_runs (workspace_id, program_id, started_at desc, id desc);

grant select, insert, update, delete on programs, program_runs to setpiece_app;
grant select, insert, delete on program_versions to setpiece_app;

do $$ declare tenant text;
begin
    foreach tenant in array array['programs', 'program_versions', 'program_runs']
    loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
