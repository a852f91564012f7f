-- What the unsubscribe links of a workspace are signed with. It is never replaced: a link has to work for as long as the mail is kept.
create table program_link_keys (
    workspace_id uuid primary key references workspaces on delete cascade,
    key bytea not null check (length(key) >= 32)
);

grant select, insert on program_link_keys to setpiece_app;
alter table program_link_keys enable row level security;
alter table program_link_keys force row level security;
create policy own_workspace on program_link_keys
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
