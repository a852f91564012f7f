-- What people say about who speaks on a recording; beside what was heard, which stays as it is.
create table speaker_corrections (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    recording_id uuid not null references recordings on delete cascade,
    kind text not null check (kind in ('merge', 'split', 'rename', 'swap')),
    change jsonb not null,
    heard bytea not null,
    created_by uuid not null,
    created_at timestamptz not null
);
create index speaker_corrections_of_recording on speaker_corrections (workspace_id, recording_id, id);

grant select, insert, delete on speaker_corrections to setpiece_app;
alter table speaker_corrections enable row level security;
alter table speaker_corrections force row level security;
create policy own_workspace on speaker_corrections
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
