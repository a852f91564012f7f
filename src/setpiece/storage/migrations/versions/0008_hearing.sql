-- What people said of a recording before it is heard, what language was heard, and why it could not be heard.
alter table recordings
    add column speakers_given smallint check (speakers_given between 1 and 20),
    add column language_given text,
    add column language text,
    add column failure_code text,
    add column failure text,
    add constraint recordings_tombstone check (
        deleted_at is null or num_nonnulls(speakers_given, language_given, language, failure_code, failure) = 0);

-- What each stage made of a recording, as compressed JSON, under a hash of everything it depends on. `is_current` marks those that
-- the last complete run used or made: what was heard.
create table stage_results (
    workspace_id uuid not null references workspaces on delete cascade,
    recording_id uuid not null references recordings on delete cascade,
    stage text not null,
    print bytea not null,
    model_id text not null,
    result bytea not null,
    is_current boolean not null default false,
    made_at timestamptz not null,
    primary key (workspace_id, recording_id, stage, print)
);
create unique index stage_results_current on stage_results (workspace_id, recording_id, stage) where is_current;

grant select, insert, update, delete on stage_results to setpiece_app;
alter table stage_results enable row level security;
alter table stage_results force row level security;
create policy own_workspace on stage_results
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));

-- However the job that hears a recording ends without success (it failed, was given up because its worker kept dying, or was
-- canceled), the recording says so; unless another job for it is on its way.
create function fail_recording() returns trigger language plpgsql as $$
begin
    update public.recordings set processing_status = 'FAILED', failure_code = coalesce(to_jsonb(new) ->> 'error_code', new.status),
        failure = coalesce(new.error, 'Its processing was canceled; ask for it again.')
    where workspace_id = new.workspace_id and id = new.key::uuid and deleted_at is null
      and processing_status in ('PENDING', 'PROCESSING')
      and not exists (
        select from public.jobs other
        where other.workspace_id = new.workspace_id and other.kind = new.kind and other.key = new.key
          and other.id <> new.id and other.status in ('queued', 'running'));
    return null;
end $$;
create trigger fail_recording after update of status on jobs for each row
    when (new.kind = 'process_recording' and new.status in ('failed', 'canceled') and old.status not in ('failed', 'canceled'))
    execute function fail_recording();
