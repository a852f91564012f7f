-- The people that programs turn to. A list is an import or a gathering; a lead stands in one or several of them.
create table program_lead_lists (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    source text not null,
    name text not null,
    query text not null,
    cursor text,
    is_complete boolean not null,
    counts jsonb not null,
    about jsonb not null,
    created_by uuid not null,
    created_at timestamptz not null
);
create index program_lead_lists_of_program on program_lead_lists (workspace_id, program_id, id desc);

-- A row that was left out: where it stands and why, not what stood in it.
create table program_lead_problems (
    workspace_id uuid not null references workspaces on delete cascade,
    list_id uuid not null references program_lead_lists on delete cascade,
    line integer not null,
    why text not null,
    primary key (list_id, line)
);

-- guards: everything whose suppression covers the lead, as kind:value.
create table program_leads (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    program_id uuid not null references programs on delete cascade,
    key text not null,
    account_key text not null,
    email text,
    phone text,
    first_name text,
    last_name text,
    title text,
    company text,
    domain text,
    external_id text,
    fields jsonb not null,
    guards text[] not null,
    created_at timestamptz not null,
    unique (program_id, key)
);
create index program_leads_of_program on program_leads (workspace_id, program_id, id);
create index program_leads_by_key on program_leads (workspace_id, key);
create index program_leads_by_email on program_leads (workspace_id, email, program_id) where email is not null;
create index program_leads_by_phone on program_leads (program_id, phone) where phone is not null;
create index program_leads_by_external_id on program_leads (program_id, external_id) where external_id is not null;

create table program_lead_members (
    workspace_id uuid not null references workspaces on delete cascade,
    list_id uuid not null references program_lead_lists on delete cascade,
    lead_id uuid not null references program_leads on delete cascade,
    reference text not null,
    primary key (lead_id, list_id)
);
create index program_lead_members_of_list on program_lead_members (list_id);

-- Who was drawn, once for all: nobody is drawn by a program twice.
create table program_draws (
    workspace_id uuid not null references workspaces on delete cascade,
    lead_id uuid primary key references program_leads on delete cascade,
    program_id uuid not null references programs on delete cascade,
    run_id uuid not null references program_runs on delete cascade,
    epoch integer not null,
    account_key text not null,
    place integer not null,
    drawn_at timestamptz not null
);
create index program_draws_of_run on program_draws (run_id, place);
create index program_draws_of_program on program_draws (workspace_id, program_id, account_key);

-- Which program works an account. A claim counts while its program is active; the primary key keeps two from having one.
create table program_account_claims (
    workspace_id uuid not null references workspaces on delete cascade,
    account_key text not null,
    program_id uuid not null references programs on delete cascade,
    claimed_at timestamptz not null,
    primary key (workspace_id, account_key)
);
create index program_account_claims_of_program on program_account_claims (program_id);

grant select, insert, update, delete on program_lead_lists, program_leads, program_account_claims to setpiece_app;
grant select, insert, delete on program_lead_problems, program_lead_members, program_draws to setpiece_app;

do $$ declare tenant text;
begin
    foreach tenant in array array['program_lead_lists', 'program_lead_problems', 'program_leads', 'program_lead_members',
        'program_draws', 'program_account_claims']
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
