-- Comparisons of how several people take part in calls.
create table matchings (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    job_id uuid not null unique,
    label text,
    target jsonb not null,
    members jsonb not null,
    document jsonb not null,
    markdown text not null,
    created_at timestamptz not null
);
create index matchings_of_workspace on matchings (workspace_id, id desc);

-- Who a matching rests on. It quotes them, so it goes when one of the recordings or voices goes.
create table matching_subjects (
    workspace_id uuid not null references workspaces on delete cascade,
    matching_id uuid not null references matchings on delete cascade,
    recording_id uuid not null references recordings on delete cascade,
    speaker integer not null,
    identity_id uuid,
    primary key (workspace_id, matching_id, recording_id, speaker)
);
create index matching_subjects_of_recording on matching_subjects (recording_id);
create index matching_subjects_of_identity on matching_subjects (identity_id);

create function forget_matching() returns trigger language plpgsql as $$
begin
    delete from public.matchings where id = old.matching_id;
    return null;
end $$;
create trigger forget_matching after delete on matching_subjects for each row execute function forget_matching();

-- A voice that somebody deletes leaves voiceprints without it; one that becomes part of another does not.
create function forget_matchings_of_voice() returns trigger language plpgsql as $$
begin
    delete from public.matching_subjects where workspace_id = old.workspace_id and identity_id = old.identity_id;
    return null;
end $$;
create trigger forget_matchings after update of identity_id on voiceprints for each row
    when (old.identity_id is not null and new.identity_id is null) execute function forget_matchings_of_voice();

do $$ declare tenant text;
begin
    foreach tenant in array array['matchings', 'matching_subjects']
    loop
        execute format('grant select, insert, delete on %I to setpiece_app', tenant);
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
