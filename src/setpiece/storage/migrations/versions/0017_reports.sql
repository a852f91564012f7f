-- Reports. The row is written with the job that makes the report; its document comes with the job's success. Everything that a
-- request says of people stands here and nothing of it in the job, so that it goes with the recording.
create table reports (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    job_id uuid not null references jobs on delete cascade,
    recording_id uuid not null references recordings on delete cascade,
    asked jsonb not null,
    label text not null,
    entity_id uuid,
    entity_label text,
    target json, -- json keeps the order in which sections are read
    document json,
    markdown text,
    evidence json,
    created_at timestamptz not null,
    written_at timestamptz,
    check ((written_at is null) = (document is null))
);
create unique index reports_of_job on reports (workspace_id, job_id);
create index reports_of_recording on reports (workspace_id, recording_id);

-- A report goes with its recording (revision 0013), and takes along what an idempotency key has led to.
create function forget_report_receipt() returns trigger language plpgsql as $$
begin
    delete from public.receipts where workspace_id = old.workspace_id and subject_id = old.id;
    return null;
end $$;
create trigger forget_receipt after delete on reports for each row execute function forget_report_receipt();

grant select, insert, update, delete on reports to setpiece_app;
alter table reports enable row level security;
alter table reports force row level security;
create policy own_workspace on reports
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));
