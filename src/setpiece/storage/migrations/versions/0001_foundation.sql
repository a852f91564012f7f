-- The foundation. Every tenant table carries workspace_id and ends under the policy at the foot of this file.

create extension if not exists vector;

-- The role belongs to the whole server: another database may have it already, or make it at this moment.
do $$
declare acting text := case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end;
begin
    if not exists (select from pg_roles where rolname = 'setpiece_app') then
        begin
            create role setpiece_app nologin;
        exception when duplicate_object or unique_violation then null;
        end;
    end if;
    if not pg_has_role(current_user, 'setpiece_app', acting) then
        execute format('grant setpiece_app to %I', current_user);
    end if;
end $$;

-- Directory ------------------------------------------------------------------------------------------------

create table workspaces (
    id uuid primary key,
    name text not null unique,
    domain text,
    organization_id uuid not null,
    organization_name text not null,
    organization_slug text not null,
    read_only boolean not null default false,
    created_at timestamptz not null default now()
);

create table members (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    first_name text not null,
    last_name text not null default '',
    created_at timestamptz not null default now(),
    unique (workspace_id, first_name, last_name)
);

create table api_keys (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    member_id uuid not null references members on delete cascade,
    name text not null,
    role text not null check (role in ('owner', 'admin', 'member', 'viewer')),
    key_hash bytea not null unique,
    hint text not null,
    created_at timestamptz not null default now(),
    last_used_at timestamptz,
    revoked_at timestamptz
);
create index api_keys_of_workspace on api_keys (workspace_id, id);

-- A key is looked up before its workspace is known, so this one question is asked with the owner's rights.
create function authenticate_key(presented bytea)
returns table (
    key_id uuid, role text, member_id uuid, first_name text, last_name text,
    workspace_id uuid, workspace_name text, read_only boolean
)
language sql stable security definer set search_path = pg_catalog, public
as $$
    select k.id, k.role, m.id, m.first_name, m.last_name, w.id, w.name, w.read_only
    from public.api_keys k
    join public.members m on m.id = k.member_id
    join public.workspaces w on w.id = k.workspace_id
    where k.key_hash = presented and k.revoked_at is null
$$;

create function touch_keys(used uuid[], at timestamptz) returns void
language sql security definer set search_path = pg_catalog, public
as $$ update public.api_keys set last_used_at = at where id = any(used) $$;

-- Processes keep valid keys in memory; a change to keys or workspaces tells them to forget.
create function announce_directory_change() returns trigger language plpgsql
as $$ begin perform pg_notify('setpiece_directory', ''); return null; end $$;
create trigger announce after update of revoked_at, role, member_id, key_hash or delete on api_keys
    for each statement execute function announce_directory_change();
create trigger announce after update or delete on workspaces
    for each statement execute function announce_directory_change();

-- Counters: many writers, one sum. A name is spread over shards so that writers do not queue on one row. -----

create table counters (
    workspace_id uuid not null references workspaces on delete cascade,
    name text not null,
    shard smallint not null,
    value bigint not null,
    primary key (workspace_id, name, shard)
);

-- Library --------------------------------------------------------------------------------------------------

create table entities (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    kind text not null,
    key text,
    name text not null,
    internal_name text,
    description text,
    primary_url text,
    active boolean not null default true,
    data jsonb not null default '{}',
    qualifying_questions jsonb not null default '[]',
    primary_offering_id uuid,
    links_all boolean not null default false,
    offering_ids uuid[] not null default '{}',
    search text not null generated always as
        (lower(name || ' ' || coalesce(internal_name, '') || ' ' || coalesce(description, ''))) stored,
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz,
    archived_at timestamptz,
    deleted_at timestamptz
);
create index entities_of_kind on entities (workspace_id, kind, id) where deleted_at is null;
create unique index entities_key on entities (workspace_id, kind, key) where key is not null and deleted_at is null;
create index entities_for_all on entities (workspace_id, kind, id)
    where (links_all or primary_offering_id is null and offering_ids = '{}') and deleted_at is null;
create index entities_of_offering on entities (workspace_id, kind, primary_offering_id, id)
    where primary_offering_id is not null and deleted_at is null;
-- No index for `search`: under row-level security `like` may not use one, because it is not leakproof. A filter reads its kind.

-- How many live entities of a kind a workspace has: read by every list, so never counted from the rows.
create function count_entities() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        insert into counters as c (workspace_id, name, shard, value)
        select workspace_id, 'entities:' || kind, pg_backend_pid() % 16, count(*)
        from changed_after where deleted_at is null group by 1, 2
        on conflict (workspace_id, name, shard) do update set value = c.value + excluded.value;
    else
        insert into counters as c (workspace_id, name, shard, value)
        select workspace_id, 'entities:' || kind, pg_backend_pid() % 16, sum(step)
        from (
            select workspace_id, kind, 1 as step from changed_after where deleted_at is null
            union all
            select workspace_id, kind, -1 from changed_before where deleted_at is null
        ) steps
        group by 1, 2 having sum(step) <> 0
        on conflict (workspace_id, name, shard) do update set value = c.value + excluded.value;
    end if;
    return null;
end $$;
create trigger count_inserted after insert on entities
    referencing new table as changed_after for each statement execute function count_entities();
create trigger count_changed after update on entities
    referencing old table as changed_before new table as changed_after
    for each statement execute function count_entities();

-- Retrieval keys, most of them from job titles: how candidates are pulled from a library of any size.
-- No foreign keys and no second index: a persona has some thirty of these, and each took a part of its create. A change
-- names the terms that it drops; a trigger forgets those of rows that are deleted for good.
create table match_terms (
    workspace_id uuid not null,
    kind text not null,
    term text not null,
    entity_id uuid not null,
    primary key (workspace_id, kind, term, entity_id)
);
-- A workspace that is deleted takes its entities along without being bound to; row-level security would keep the terms.
create function forget_terms() returns trigger language plpgsql as $$
declare bound_to text := coalesce(current_setting('app.workspace', true), ''); left_by uuid;
begin
    for left_by in select distinct workspace_id from gone loop
        perform set_config('app.workspace', left_by::text, true);
        delete from match_terms t using gone where t.workspace_id = left_by and t.entity_id = gone.id;
    end loop;
    perform set_config('app.workspace', bound_to, true);
    return null;
end $$;
create trigger forget_terms after delete on entities
    referencing old table as gone for each statement execute function forget_terms();

create table revisions (
    id uuid not null,
    workspace_id uuid not null references workspaces on delete cascade,
    entity_id uuid not null,
    entity_kind text not null,
    entity_name text not null,
    summary text not null,
    diff jsonb not null,
    author_id uuid not null,
    created_at timestamptz not null,
    primary key (workspace_id, id)
);
create index revisions_of_entity on revisions (workspace_id, entity_id, id desc);

-- Playbooks: an entity of kind 'playbook' plus what only a playbook has --------------------------------------

create table playbooks (
    id uuid primary key references entities on delete cascade,
    workspace_id uuid not null references workspaces on delete cascade,
    type text not null,
    status text not null,
    reference_mode text not null,
    proof_point_mode text not null,
    offering_id uuid not null,
    competitor_id uuid,
    segment_id uuid,
    attached jsonb not null default '[]'
);
create index playbooks_of_offering on playbooks (workspace_id, offering_id);

create table playbook_links (
    workspace_id uuid not null references workspaces on delete cascade,
    playbook_id uuid not null references playbooks on delete cascade,
    role text not null check (role in ('persona', 'use-case', 'proof-point', 'reference')),
    entity_id uuid not null references entities on delete cascade,
    position integer not null,
    primary key (playbook_id, role, entity_id)
);
create index playbook_links_of_entity on playbook_links (workspace_id, entity_id);

create table value_props (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    playbook_id uuid not null references playbooks on delete cascade,
    persona_id uuid not null references entities on delete cascade,
    position integer not null,
    title text not null,
    details text not null,
    evidence jsonb not null,
    sources jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz
);
create index value_props_of_playbook on value_props (playbook_id, persona_id, position);

create table templates (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    playbook_id uuid not null references playbooks on delete cascade,
    persona_id uuid not null references entities on delete cascade,
    position integer not null,
    name text not null,
    status text not null default 'active',
    content jsonb not null,
    created_at timestamptz not null
);
create index templates_of_playbook on templates (playbook_id, persona_id, position);

-- Agents ---------------------------------------------------------------------------------------------------

create table agents (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    name text not null,
    description text not null,
    type text not null,
    is_default boolean not null default false,
    settings jsonb not null default '{}',
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index agents_of_workspace on agents (workspace_id, type, id) where deleted_at is null;
create unique index agents_default on agents (workspace_id, type) where is_default and deleted_at is null;

create table experiments (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    name text not null,
    description text,
    agent_type text not null,
    run_strategy text not null check (run_strategy in ('RANDOM', 'ROUND_ROBIN', 'WEIGHTED')),
    arms jsonb not null,
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    deleted_at timestamptz
);
create index experiments_of_workspace on experiments (workspace_id, id) where deleted_at is null;

create table runs (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    request_id text not null,
    agent_id uuid not null,
    experiment_id uuid,
    assignment jsonb,
    found boolean not null,
    persona_id uuid,
    input jsonb not null,
    choice jsonb not null,
    output jsonb not null,
    timing jsonb not null,
    email_count integer not null,
    credits integer not null,
    created_by uuid not null,
    created_at timestamptz not null,
    exported_at timestamptz
);
create index runs_by_request on runs (workspace_id, request_id, id desc);

-- A statement planned while a table was empty keeps its plan, which costs seconds once the table is large. Whoever writes
-- thousands of rows at once says so; only an owner may analyze.
create function refresh_statistics() returns void
language sql security definer set search_path = pg_catalog, public
as $$ analyze public.entities, public.match_terms, public.playbook_links, public.counters $$;

-- Rights and row-level security ----------------------------------------------------------------------------

grant usage on schema public to setpiece_app;
grant select, insert, update, delete on all tables in schema public to setpiece_app;
revoke insert, update, delete on workspaces, api_keys, alembic_version from setpiece_app;
revoke execute on function authenticate_key(bytea), touch_keys(uuid[], timestamptz), refresh_statistics() from public;
grant execute on function authenticate_key(bytea), touch_keys(uuid[], timestamptz), refresh_statistics() to setpiece_app;

-- nullif: a pooled connection that was bound before shows '' and not NULL, and '' cannot be cast.
alter table workspaces enable row level security;
create policy own_workspace on workspaces
    using (id = (select nullif(current_setting('app.workspace', true), '')::uuid));

do $$ declare tenant text;
begin
    foreach tenant in array array['members', 'api_keys', 'counters', 'entities', 'match_terms', 'revisions', 'playbooks',
        'playbook_links', 'value_props', 'templates', 'agents', 'experiments', 'runs']
    loop
        execute format('alter table %I enable row level security', tenant);
        -- The directory is written by the owner, without a workspace; everything else binds even its owner.
        if tenant not in ('members', 'api_keys') then
            execute format('alter table %I force row level security', tenant);
        end if;
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
