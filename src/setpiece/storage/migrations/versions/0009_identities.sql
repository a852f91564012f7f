-- Voice identities: who is heard in which recording, across the recordings of a workspace.

alter table workspaces add column voice_identities boolean not null default true;
grant update (voice_identities) on workspaces to setpiece_app;

create table voice_identities (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    label text check (char_length(label) between 1 and 64),
    created_at timestamptz not null,
    -- What follows is kept by the trigger below, from the voiceprints.
    media_count integer not null default 0,
    last_seen_at timestamptz,
    model text,
    voice halfvec(192)
);
create index voice_identities_of_workspace on voice_identities (workspace_id, id desc);

-- One speaker of one recording. Without an identity: somebody deleted it, and it is not to be made again.
-- Without a voice: identities were switched off, or deleted.
create table voiceprints (
    workspace_id uuid not null references workspaces on delete cascade,
    recording_id uuid not null references recordings on delete cascade,
    speaker integer not null,
    identity_id uuid references voice_identities on delete cascade,
    speech_s double precision not null,
    seen_at timestamptz not null,
    model text,
    voice halfvec(192),
    primary key (workspace_id, recording_id, speaker),
    -- Two speakers of one recording are never one identity; checked at the end, because a correction may exchange two.
    constraint one_speaker_for_an_identity unique (workspace_id, recording_id, identity_id) deferrable initially deferred
);
create index voiceprints_of_identity on voiceprints (identity_id, recording_id desc);

-- An identity is what its voiceprints say: how many, when the last, the mean of the newest 50; and nothing without any.
-- Locked first, so that of two changes at once the later one sees what the earlier one left.
create function refresh_voice_identities(touched uuid[]) returns void language sql as $$
    select from voice_identities where id = any(touched) order by id for update;
    delete from voice_identities i
    where i.id = any(touched) and not exists (select from voiceprints v where v.identity_id = i.id);
    update voice_identities i
    set media_count = seen.recordings, last_seen_at = seen.last_at, model = heard.model, voice = heard.voice
    from unnest(touched) t(id)
    cross join lateral (
        select count(*) as recordings, max(seen_at) as last_at from voiceprints where identity_id = t.id
    ) seen
    left join lateral (
        select newest.model, l2_normalize(avg(newest.voice)) as voice
        from (
            select v.model, v.voice, v.model = first_value(v.model) over (order by v.recording_id desc) as is_current
            from voiceprints v where v.identity_id = t.id and v.voice is not null
            order by v.recording_id desc limit 50
        ) newest
        where newest.is_current group by newest.model
    ) heard on true
    where i.id = t.id
$$;
create function refresh_after_voiceprints() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform refresh_voice_identities(array(select distinct identity_id from changed_after where identity_id is not null));
    elsif tg_op = 'DELETE' then
        perform refresh_voice_identities(array(select distinct identity_id from changed_before where identity_id is not null));
    else
        perform refresh_voice_identities(array(
            select identity_id from changed_after where identity_id is not null
            union select identity_id from changed_before where identity_id is not null));
    end if;
    return null;
end $$;
create trigger refresh_inserted after insert on voiceprints
    referencing new table as changed_after for each statement execute function refresh_after_voiceprints();
create trigger refresh_changed after update on voiceprints
    referencing old table as changed_before new table as changed_after
    for each statement execute function refresh_after_voiceprints();
create trigger refresh_deleted after delete on voiceprints
    referencing old table as changed_before for each statement execute function refresh_after_voiceprints();

do $$ declare tenant text;
begin
    foreach tenant in array array['voice_identities', 'voiceprints']
    loop
        execute format('grant select, insert, update, delete on %I to setpiece_app', tenant);
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
