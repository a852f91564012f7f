-- Privacy: what goes with a recording, who read and deleted what, and what was said about consent.

-- What somebody noted about the consent of those who are recorded. A row of its own, because the contract's file has no room for it.
create table consent_notes (
    workspace_id uuid not null references workspaces on delete cascade,
    recording_id uuid primary key references recordings on delete cascade,
    note text not null check (char_length(note) between 1 and 2000),
    noted_by uuid not null,
    noted_at timestamptz not null
);

-- Append-only: nobody may change or delete a row. It has ids and never a text, so that nothing in it has to go with what it is about.
create table audit_log (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    at timestamptz not null,
    member_id uuid not null,
    key_id uuid,
    action text not null,
    subject_id uuid not null,
    request_id text
);
create index audit_log_of_workspace on audit_log (workspace_id, id desc);
create index audit_log_of_subject on audit_log (workspace_id, subject_id, id desc);

-- Which recordings a job is about, from `recordingId` or `recordingIds` in what it was asked for.
create table job_recordings (
    workspace_id uuid not null references workspaces on delete cascade,
    job_id uuid not null references jobs on delete cascade,
    recording_id uuid not null references recordings on delete cascade,
    primary key (job_id, recording_id)
);
create index job_recordings_of_recording on job_recordings (workspace_id, recording_id);

create function recordings_in(payload jsonb) returns setof uuid language sql immutable as $$
    select (payload ->> 'recordingId')::uuid where payload ? 'recordingId'
    union
    select jsonb_array_elements_text(payload -> 'recordingIds')::uuid where payload ? 'recordingIds'
$$;
create function note_job_recordings() returns trigger language plpgsql as $$
begin
    insert into public.job_recordings (workspace_id, job_id, recording_id)
    select new.workspace_id, new.id, r.id
    from public.recordings_in(new.payload) asked(id)
    join public.recordings r on r.workspace_id = new.workspace_id and r.id = asked.id and r.deleted_at is null;
    return null;
end $$;
create trigger note_recordings after insert on jobs for each row
    when (new.payload ? 'recordingId' or new.payload ? 'recordingIds') execute function note_job_recordings();

-- Of what a job was asked and answered, the ids are left once a recording that it is about is gone: a hint or a name may stand in the
-- rest, and in an error.
create function without_words(job jobs) returns jobs language plpgsql immutable as $$
begin
    job.payload := (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(job.payload)
        where key in ('recordingId', 'recordingIds'));
    job.result := (select jsonb_object_agg(key, value) from jsonb_each(job.result) where key in ('reportId', 'matchingId'));
    job.error := case when job.error is not null then 'The file was deleted.' end;
    return job;
end $$;
create function forget_job_words() returns trigger language plpgsql as $$
declare
    job public.jobs;
begin
    select * into job from public.jobs where id = old.job_id and status in ('succeeded', 'failed', 'canceled');
    if found then
        job := public.without_words(job);
        update public.jobs set payload = job.payload, result = job.result, error = job.error where id = job.id;
    end if;
    update public.webhook_events set data = jsonb_set(data, '{error,message}', '"The file was deleted."')
    where workspace_id = old.workspace_id and job_id = old.job_id and data ? 'error';
    return null;
end $$;
create trigger forget_words after delete on job_recordings for each row execute function forget_job_words();

-- A job that was under way meanwhile ends some time after; what it was asked goes then.
create function forget_words_at_end() returns trigger language plpgsql as $$
begin
    if exists (
        select from public.recordings_in(new.payload) asked(id)
        where not exists (
            select from public.recordings r
            where r.workspace_id = new.workspace_id and r.id = asked.id and r.deleted_at is null))
    then
        new := public.without_words(new);
    end if;
    return new;
end $$;
create trigger forget_words_at_end before update of status on jobs for each row
    when (new.status in ('succeeded', 'failed', 'canceled') and (new.payload ? 'recordingId' or new.payload ? 'recordingIds'))
    execute function forget_words_at_end();

-- A deleted recording leaves a tombstone, so foreign keys alone would take nothing along. Every table that would lose its row with the
-- recording's (`references recordings on delete cascade`) loses it with the burial. So no table can be forgotten here, or by the rooms
-- above: whoever refers to a recording in that way is heeded.
create function bury_recording() returns trigger language plpgsql as $$
declare dependent record;
begin
    for dependent in
        select k.conrelid::regclass as table_name, a.attname as column_name
        from pg_catalog.pg_constraint k
        join pg_catalog.pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
        where k.contype = 'f' and k.confdeltype = 'c' and k.confrelid = 'public.recordings'::regclass
          and cardinality(k.conkey) = 1
        order by k.conrelid
    loop
        execute format('delete from %s where workspace_id = $1 and %I = $2', dependent.table_name, dependent.column_name)
        using new.workspace_id, new.id;
    end loop;
    return null;
end $$;
create trigger bury after update of deleted_at on recordings for each row
    when (old.deleted_at is null and new.deleted_at is not null) execute function bury_recording();

do $$ declare tenant text;
begin
    foreach tenant in array array['consent_notes', 'audit_log', 'job_recordings']
    loop
        execute format('grant select, insert on %I to setpiece_app', tenant);
        if tenant <> 'audit_log' then
            execute format('grant update, delete on %I to setpiece_app', tenant);
        end if;
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
