-- Executed runs: what they were asked for, their leads and messages, what went out, and what stops it.
-- Decision 20: what is sent is claimed first.
create table program_executions (
    run_id uuid primary key references program_runs on delete cascade,
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    plan jsonb not null,
    author_id uuid not null,
    is_drawn boolean not null default false,
    drawn jsonb not null default '{}',
    spent integer not null default 0,
    paused_by text,
    paused_at timestamptz check ((paused_at is null) = (paused_by is null)),
    -- The attempt that the run belongs to: every change that an attempt makes looks here first.
    job_id uuid,
    attempt integer
);

create table program_messages (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    run_id uuid not null references program_runs on delete cascade,
    lead_id uuid not null references program_leads on delete cascade,
    account_key text not null,
    position integer not null,
    state text not null check (state in ('drawn', 'unqualified', 'not_written', 'awaiting_approval', 'rejected', 'approved', 'sent',
        'handed_over', 'exported', 'suppressed', 'refused', 'uncertain', 'cancelled')),
    person jsonb not null,
    emails jsonb not null default '[]',
    chosen jsonb not null default '{}',
    score double precision,
    reason text,
    request_id text not null,
    step integer not null default 0,
    due_at timestamptz,
    decided_by text,
    updated_at timestamptz not null,
    unique (run_id, lead_id)
);
create index program_messages_in_order on program_messages (run_id, position);
create index program_messages_by_state on program_messages (run_id, state, position);
create index program_messages_due on program_messages (run_id, due_at) where due_at is not null;
create index program_messages_of_lead on program_messages (lead_id);

create table program_exports (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    run_id uuid not null references program_runs on delete cascade,
    format text not null,
    messages integer not null,
    made_by text not null,
    made_at timestamptz not null
);
create index program_exports_of_run on program_exports (run_id, id);

-- One row for each message and step that went out, or may have: never two.
create table program_dispatches (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    run_id uuid not null references program_runs on delete cascade,
    message_id uuid not null references program_messages on delete cascade,
    step integer not null,
    state text not null check (state in ('claimed', 'sent', 'put_off', 'refused', 'uncertain')),
    job_id uuid,
    attempt integer,
    tries integer not null default 1,
    claimed_at timestamptz not null,
    ended_at timestamptz,
    detail text,
    event_id uuid,
    export_id uuid references program_exports on delete cascade,
    unique (message_id, step)
);
create index program_dispatches_by_day on program_dispatches (program_id, claimed_at);
create index program_dispatches_claimed on program_dispatches (run_id) where state = 'claimed';
create index program_dispatches_of_export on program_dispatches (export_id) where export_id is not null;

-- A row is a kill switch that is on: of a program, or, without one, of the workspace.
create table program_switches (
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid references programs on delete cascade,
    reason text not null,
    thrown_by text not null,
    thrown_at timestamptz not null,
    unique nulls not distinct (workspace_id, program_id)
);

-- When somebody has to look at a run again. Ids only: the owner reads it across workspaces.
create table program_due (
    run_id uuid primary key references program_runs on delete cascade,
    workspace_id uuid not null references workspaces on delete cascade,
    due_at timestamptz not null
);
create index program_due_in_order on program_due (due_at);

-- A person who is erased leaves nothing: what agents kept of them, and what was told of them, goes with their message.
create function forget_message() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from runs where workspace_id = old.workspace_id and request_id in (old.request_id, old.request_id || '-fit');
    delete from webhook_events e using program_dispatches d
    where d.message_id = old.id and e.workspace_id = old.workspace_id and e.id = d.event_id;
    return old;
end $$;
revoke execute on function forget_message() from public;
create trigger forget before delete on program_messages for each row execute function forget_message();

grant select, insert, update, delete on program_executions, program_messages, program_exports, program_dispatches, program_switches,
    program_due to setpiece_app;

do $$ declare tenant text;
begin
    foreach tenant in array array['program_executions', 'program_messages', 'program_exports', 'program_dispatches',
        'program_switches', 'program_due']
    loop
        execute format('alter table %I enable row level security', tenant);
        if tenant <> 'program_due' then
            execute format('alter table %I force row level security', tenant);
        end if;
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;

-- Who has answered is asked before every follow-up.
create index program_outcomes_of_unit on program_outcomes (run_id, key);
