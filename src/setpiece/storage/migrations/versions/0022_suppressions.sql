-- Whom a workspace never contacts. An entry that was taken off the list stays, so that it can be told who did it and when.
create table program_suppressions (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    kind text not null check (kind in ('email', 'domain', 'account')),
    value text not null check (length(value) between 1 and 254),
    reason text not null,
    source text not null,
    note text not null,
    program_id uuid,
    created_by uuid,
    created_at timestamptz not null,
    removed_by uuid,
    removed_at timestamptz
);
create unique index program_suppressions_that_hold on program_suppressions (workspace_id, kind, value) where removed_at is null;
create index program_suppressions_of_workspace on program_suppressions (workspace_id, id desc);

grant select, insert on program_suppressions to setpiece_app;
grant update (removed_by, removed_at) on program_suppressions to setpiece_app;
alter table program_suppressions enable row level security;
alter table program_suppressions force row level security;
create policy own_workspace on program_suppressions
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
