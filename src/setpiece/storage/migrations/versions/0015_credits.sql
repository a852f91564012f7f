-- Credits are counted and never in the way. What is counted stands in a journal, whose sum is the counter `credits`; what a job reserves
-- stands on the job, because that is where it ends, wherever it ends. Prices: reports-v1, "Prices".

alter table jobs
    add column credits_reserved integer check (credits_reserved > 0),
    add column credits_state text check (credits_state in ('active', 'applied', 'released')),
    add column credits_discounted integer not null default 0,
    add constraint jobs_credits check (
        (credits_state is null) = (credits_reserved is null)
        and credits_discounted between 0 and case credits_state when 'applied' then credits_reserved else 0 end);
create index jobs_reserving on jobs (workspace_id) where credits_state = 'active';
create index jobs_by_report on jobs (workspace_id, (result ->> 'reportId')) where kind = 'report.generate';
create index jobs_by_matching on jobs (workspace_id, (result ->> 'matchingId')) where kind = 'matching.generate';

-- An amount below zero was used, one above it given back. What was bought or granted is the quota, a setting.
create table credit_journal (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    type text not null check (type in ('USAGE', 'FEEDBACK_DISCOUNT')),
    amount integer not null check (amount <> 0),
    job_id uuid,
    recording_id uuid,
    created_at timestamptz not null
);
create index credit_journal_of_workspace on credit_journal (workspace_id, id desc);
-- Nothing is counted or given back twice, whoever asks at the same moment.
create unique index credit_journal_of_job on credit_journal (job_id, type) where job_id is not null;
create unique index credit_journal_of_recording on credit_journal (recording_id) where recording_id is not null;

create table feedback (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    job_id uuid not null references jobs on delete cascade,
    target jsonb not null,
    rating text not null check (rating in ('thumbs_up', 'thumbs_down')),
    comment text,
    corrections jsonb not null default '[]',
    discount integer not null default 0,
    created_by uuid not null,
    created_at timestamptz not null
);
create index feedback_of_job on feedback (workspace_id, job_id);

create function count_credits(
    of_workspace uuid, of_type text, of_amount integer, of_job uuid, of_recording uuid
) returns boolean language plpgsql set search_path = public, pg_catalog as $$
begin
    insert into credit_journal (id, workspace_id, type, amount, job_id, recording_id, created_at)
    values (new_id(), of_workspace, of_type, of_amount, of_job, of_recording, now())
    on conflict do nothing;
    if not found then
        return false;
    end if;
    insert into counters as c (workspace_id, name, shard, value)
    values (of_workspace, 'credits', pg_backend_pid() % 16, -of_amount)
    on conflict (workspace_id, name, shard) do update set value = c.value + excluded.value;
    return true;
end $$;

create function reserve_credits() returns trigger language plpgsql as $$
begin
    new.credits_reserved := 10;
    new.credits_state := 'active';
    return new;
end $$;
create trigger reserve_credits before insert on jobs for each row
    when (new.kind = 'report.generate') execute function reserve_credits();

create function settle_credits() returns trigger language plpgsql as $$
begin
    if new.status = 'succeeded' then
        new.credits_state := 'applied';
        perform public.count_credits(new.workspace_id, 'USAGE', -new.credits_reserved, new.id, null);
    else
        new.credits_state := 'released';
    end if;
    return new;
end $$;
create trigger settle_credits before update of status on jobs for each row
    when (old.credits_state = 'active' and new.status in ('succeeded', 'failed', 'canceled'))
    execute function settle_credits();

-- A begun minute counts as one, and a recording that is heard again after a correction was paid for.
create function count_hearing() returns trigger language plpgsql as $$
begin
    perform public.count_credits(new.workspace_id, 'USAGE', -ceil(new.duration_s / 60)::integer, null, new.id);
    return null;
end $$;
create trigger count_hearing after update of processing_status on recordings for each row
    when (new.processing_status = 'COMPLETED' and old.processing_status <> 'COMPLETED' and new.duration_s > 0)
    execute function count_hearing();

-- What was counted for a recording stays counted; which one it was is forgotten with it.
create function forget_counted() returns trigger language plpgsql as $$
begin
    update public.credit_journal set recording_id = null where workspace_id = old.workspace_id and recording_id = old.id;
    return null;
end $$;
create trigger forget_counted after update of deleted_at on recordings for each row
    when (old.deleted_at is null and new.deleted_at is not null) execute function forget_counted();

-- Feedback may quote what was said on a call, so it goes with the recording that its job is about.
create function forget_feedback() returns trigger language plpgsql as $$
begin
    delete from public.feedback where workspace_id = old.workspace_id and job_id = old.job_id;
    return null;
end $$;
create trigger forget_feedback after delete on job_recordings for each row execute function forget_feedback();

-- A run is counted by the statement that keeps it; here it is only written down.
create function note_credits_of_run() returns trigger language plpgsql as $$
begin
    insert into public.credit_journal (id, workspace_id, type, amount, created_at)
    values (new.id, new.workspace_id, 'USAGE', -new.credits, new.created_at);
    return null;
end $$;
create trigger note_credits after insert on runs for each row
    when (new.found and new.credits > 0) execute function note_credits_of_run();

grant select, insert, update, delete on credit_journal, feedback to setpiece_app;

do $$ declare tenant text; one uuid; bound_to text := coalesce(current_setting('app.workspace', true), '');
begin
    foreach tenant in array array['credit_journal', 'feedback']
    loop
        execute format('alter table %I enable row level security', tenant);
        execute format('alter table %I force row level security', tenant);
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
    -- Runs that were kept before there was a journal. An owner that is no superuser sees one workspace at a time.
    for one in select id from workspaces
    loop
        perform set_config('app.workspace', one::text, true);
        insert into credit_journal (id, workspace_id, type, amount, created_at)
        select id, workspace_id, 'USAGE', -credits, created_at from runs
        where workspace_id = one and runs.found and credits > 0;
    end loop;
    perform set_config('app.workspace', bound_to, true);
end $$;
