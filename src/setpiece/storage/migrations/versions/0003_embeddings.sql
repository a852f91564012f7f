-- What an entity says of itself, as a vector. Derived: it can be made again from the library at any time.

create table embeddings (
    entity_id uuid primary key references entities on delete cascade,
    workspace_id uuid not null references workspaces on delete cascade,
    kind text not null,
    model text not null,
    text_hash bytea not null,
    vector halfvec(384) not null
);
create index embeddings_of_kind on embeddings (workspace_id, kind);
-- One for each kind that is searched in a large library: an index over all would find neighbours of the wrong kind.
create index embeddings_near_persona on embeddings using hnsw (vector halfvec_cosine_ops) where kind = 'persona';
create index embeddings_near_playbook on embeddings using hnsw (vector halfvec_cosine_ops) where kind = 'playbook';

-- What was written and not embedded since. Making a vector takes milliseconds of computing, too long for a create: a worker
-- does it soon after, or the first run that needs it. `mark` tells a change that came while the vector was made.
create sequence embedding_marks;
create table lacking_embeddings (
    entity_id uuid primary key references entities on delete cascade,
    workspace_id uuid not null references workspaces on delete cascade,
    mark bigint not null default nextval('embedding_marks')
);
create index lacking_embeddings_of_workspace on lacking_embeddings (workspace_id, mark);

create function note_lacking_embeddings() returns trigger language plpgsql as $$
begin
    insert into lacking_embeddings as l (entity_id, workspace_id)
    select id, workspace_id from changed_after
    where kind in ('product', 'service', 'persona', 'segment', 'playbook') and deleted_at is null
    on conflict (entity_id) do update set mark = excluded.mark;
    if tg_op = 'UPDATE' then
        delete from embeddings v using changed_after e where v.entity_id = e.id and e.deleted_at is not null;
        delete from lacking_embeddings l using changed_after e where l.entity_id = e.id and e.deleted_at is not null;
    end if;
    return null;
end $$;
create trigger note_lacking_inserted after insert on entities
    referencing new table as changed_after for each statement execute function note_lacking_embeddings();
create trigger note_lacking_changed after update on entities
    referencing new table as changed_after for each statement execute function note_lacking_embeddings();

-- Nearest entities of a kind. For few, all are compared: the sum keeps the index out of it, which would look among the rows of
-- all workspaces. For many, the index goes on until it has found enough of this workspace.
create function nearest_of_few(of_workspace uuid, of_kind text, of_model text, near halfvec, most int) returns setof uuid
language sql stable as $$
    select v.entity_id from embeddings v
    where v.workspace_id = of_workspace and v.kind = of_kind and v.model = of_model
    order by (v.vector <=> near) + 0, v.entity_id limit most
$$;
create function nearest_of_many(of_workspace uuid, of_kind text, of_model text, near halfvec, most int) returns setof uuid
language plpgsql stable set hnsw.iterative_scan = 'strict_order' set hnsw.ef_search = 100 as $$
begin
    return query execute format(
        'select v.entity_id from embeddings v where v.workspace_id = $1 and v.kind = %L and v.model = $2
         order by v.vector <=> $3 limit $4', of_kind) using of_workspace, of_model, near, most;
end $$;

insert into lacking_embeddings (entity_id, workspace_id)
select id, workspace_id from entities
where kind in ('product', 'service', 'persona', 'segment', 'playbook') and deleted_at is null;

grant select, insert, update, delete on embeddings, lacking_embeddings to setpiece_app;
grant usage on sequence embedding_marks to setpiece_app;

do $$ declare tenant text;
begin
    foreach tenant in array array['embeddings', 'lacking_embeddings']
    loop
        execute format('alter table %I enable row level security', tenant);
        -- The list holds ids only, and its owner reads it across workspaces, to know where there is something to do.
        if tenant <> 'lacking_embeddings' then
            execute format('alter table %I force row level security', tenant);
        end if;
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
