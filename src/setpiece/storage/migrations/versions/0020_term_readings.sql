-- Which release's reading made the retrieval terms of a workspace. One without a row was filled by a release that did not
-- say, and is read again by a worker.
create table term_readings (
    workspace_id uuid primary key references workspaces on delete cascade,
    reading text not null
);

grant select, insert, update on term_readings to setpiece_app;
alter table term_readings enable row level security;
alter table term_readings force row level security;
create policy own_workspace on term_readings
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
