-- What a generated entity was made from, and where each of its values stood. Read with one entity, never with a list of them.
create table generations (
    workspace_id uuid not null references workspaces on delete cascade,
    entity_id uuid not null references entities on delete cascade,
    metadata jsonb not null,
    primary key (workspace_id, entity_id)
);
grant select, insert, delete on generations to setpiece_app;
alter table generations enable row level security;
alter table generations force row level security;
create policy own_workspace on generations
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
