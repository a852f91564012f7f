-- Webhooks. An event is written by a trigger, in the transaction of what it tells, together with a delivery for each receiver that
-- wants it; a workspace without receivers pays one look at an empty table. What is due is sent by the workers (docs/webhooks.md).

-- A UUIDv7, and the outside form of an id, as `kernel.ids` makes them: events are written where no Python is near.
create function new_id() returns uuid language sql volatile set search_path = pg_catalog as $$
    select encode(set_bit(set_bit(overlay(
        uuid_send(gen_random_uuid())
        placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6
    ), 52, 1), 53, 1), 'hex')::uuid
$$;
create function shown_id(prefix text, id uuid) returns text language plpgsql immutable strict set search_path = pg_catalog as $$
declare
    alphabet constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    rest numeric := 0;
    shown text := '';
begin
    for place in 0..15 loop
        rest := rest * 256 + get_byte(uuid_send(id), place);
    end loop;
    for place in 1..22 loop
        shown := substr(alphabet, (rest % 62)::integer + 1, 1) || shown;
        rest := div(rest, 62);
    end loop;
    return prefix || '_' || shown;
end $$;

create table webhook_endpoints (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    url text not null,
    description text not null,
    wanted text[] not null,
    secret text not null,
    former_secret text,
    former_until timestamptz,
    disabled_because text,
    created_by uuid not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
);
create index webhook_endpoints_of_workspace on webhook_endpoints (workspace_id, id);

create table webhook_events (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    type text not null,
    data jsonb not null,
    job_id uuid references jobs on delete cascade,
    recording_id uuid,
    created_at timestamptz not null
);
create index webhook_events_by_age on webhook_events (workspace_id, created_at);
create index webhook_events_of_job on webhook_events (job_id) where job_id is not null;
create index webhook_events_of_recording on webhook_events (recording_id) where recording_id is not null;

-- Without an endpoint it goes to the address that was named when the event's job was asked for.
create table webhook_deliveries (
    id uuid primary key,
    workspace_id uuid not null references workspaces on delete cascade,
    event_id uuid not null references webhook_events on delete cascade,
    endpoint_id uuid references webhook_endpoints on delete cascade,
    status text not null default 'pending' check (status in ('pending', 'delivered', 'dead')),
    attempts integer not null default 0,
    retries integer not null default 0,
    outcomes jsonb not null default '[]',
    due_at timestamptz check ((due_at is null) = (status <> 'pending')),
    ended_at timestamptz
);
create index webhook_deliveries_of_workspace on webhook_deliveries (workspace_id, id desc);
create index webhook_deliveries_dead on webhook_deliveries (workspace_id, id desc) where status = 'dead';
create index webhook_deliveries_of_event on webhook_deliveries (event_id);
create index webhook_deliveries_of_endpoint on webhook_deliveries (endpoint_id, id desc) where endpoint_id is not null;

-- Ids of what waits to be sent, read by the owner across workspaces. `target` is the receiver's host: one that hangs must not keep
-- the others waiting.
create table webhooks_due (
    delivery_id uuid primary key references webhook_deliveries on delete cascade,
    workspace_id uuid not null references workspaces on delete cascade,
    target text not null,
    due_at timestamptz not null
);
create index webhooks_due_in_order on webhooks_due (due_at);

create function webhook_target(url text) returns text language sql immutable strict set search_path = pg_catalog as $$
    select lower(left(coalesce(substring(url from '://([^/?#]+)'), ''), 255))
$$;

create function wants_event(wanted text[], type text) returns boolean language sql immutable set search_path = pg_catalog as $$
    select exists (select from unnest(wanted) as one
        where one in ('*', type) or one like '%.*' and starts_with(type, left(one, -1)))
$$;

-- Write an event down for whoever wants it: the endpoints, and the address that was named with the job.
create function tell(of_workspace uuid, of_type text, of_data jsonb, of_job uuid, of_recording uuid, called_back text)
returns void language plpgsql set search_path = public, pg_catalog as $$
declare
    event uuid;
begin
    if called_back is null and not exists (
        select from webhook_endpoints
        where workspace_id = of_workspace and disabled_because is null and wants_event(wanted, of_type)
    ) then
        return;
    end if;
    event := new_id();
    insert into webhook_events (id, workspace_id, type, data, job_id, recording_id, created_at)
    values (event, of_workspace, of_type, of_data, of_job, of_recording, now());
    with receivers as (
        select new_id() as id, null::uuid as endpoint_id, called_back as url where called_back is not null
        union all
        select new_id(), e.id, e.url from webhook_endpoints e
        where e.workspace_id = of_workspace and e.disabled_because is null and wants_event(e.wanted, of_type)
    ), made as (
        insert into webhook_deliveries (id, workspace_id, event_id, endpoint_id, due_at)
        select r.id, of_workspace, event, r.endpoint_id, now() from receivers r
    ), queued as (
        select r.id, webhook_target(r.url) as target from receivers r
    )
    insert into webhooks_due (delivery_id, workspace_id, target, due_at)
    select q.id, of_workspace, q.target, now() from queued q;
    perform pg_notify('webhooks_due', '');
end $$;

-- What is told. Jobs end in places that know nothing of each other, so their ends are told here, as decision 9 has it.
create function tell_end_of_job() returns trigger language plpgsql as $$
declare
    what text := split_part(new.kind, '.', 1);
    told jsonb := jsonb_build_object('jobId', public.shown_id('job', new.id), 'status', new.status);
begin
    if new.status = 'succeeded' then
        told := told || jsonb_build_object(what || 'Id', new.result ->> (what || 'Id'));
    else
        told := told || jsonb_build_object('error', jsonb_build_object(
            'code', coalesce(to_jsonb(new) ->> 'error_code', 'internal'),
            'message', coalesce(new.error, 'It failed.')));
    end if;
    perform public.tell(
        new.workspace_id, what || case new.status when 'succeeded' then '.completed' else '.failed' end, told,
        new.id, null, case new.callback_form when 'event' then new.callback_url end);
    return null;
end $$;
create trigger tell_end after update of status on jobs for each row
    when (new.kind in ('report.generate', 'matching.generate')
          and new.status in ('succeeded', 'failed') and old.status not in ('succeeded', 'failed'))
    execute function tell_end_of_job();

create function tell_end_of_processing() returns trigger language plpgsql as $$
begin
    perform public.tell(
        new.workspace_id, case new.processing_status when 'COMPLETED' then 'file.processed' else 'file.failed' end,
        jsonb_build_object(
            'mediaId', public.shown_id('med', new.id),
            'processingStatus', new.processing_status,
            'durationSeconds', new.duration_s),
        null, new.id, null);
    return null;
end $$;
create trigger tell_end after update of processing_status on recordings for each row
    when (new.processing_status in ('COMPLETED', 'FAILED') and old.processing_status <> new.processing_status
          and new.deleted_at is null)
    execute function tell_end_of_processing();

create function tell_run() returns trigger language plpgsql as $$
declare
    agent_type text;
begin
    if not exists (select from public.webhook_endpoints where workspace_id = new.workspace_id) then
        return null;
    end if;
    select type into agent_type from public.agents where id = new.agent_id;
    perform public.tell(
        new.workspace_id, case coalesce(agent_type, 'EMAIL') when 'EMAIL' then 'sequence.run' else 'agent.run' end,
        jsonb_build_object(
            'requestId', new.request_id,
            'agentOId', public.shown_id('ca', new.agent_id),
            'agentType', coalesce(agent_type, 'EMAIL'),
            'found', new.found,
            'emailCount', new.email_count),
        null, null, null);
    return null;
end $$;
create trigger tell after insert on runs for each row execute function tell_run();

-- What was told of a recording goes with it.
create function forget_told() returns trigger language plpgsql as $$
begin
    delete from public.webhook_events where workspace_id = old.workspace_id and recording_id = old.id;
    return null;
end $$;
create trigger forget_told after update of deleted_at on recordings for each row
    when (old.deleted_at is null and new.deleted_at is not null) execute function forget_told();

grant select, insert, update, delete on webhook_endpoints, webhook_events, webhook_deliveries, webhooks_due to setpiece_app;

do $$ declare tenant text;
begin
    foreach tenant in array array['webhook_endpoints', 'webhook_events', 'webhook_deliveries', 'webhooks_due']
    loop
        execute format('alter table %I enable row level security', tenant);
        -- The list of what is due holds ids only, and its owner reads it across workspaces.
        if tenant <> 'webhooks_due' then
            execute format('alter table %I force row level security', tenant);
        end if;
        execute format(
            'create policy own_workspace on %I
             using (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))
             with check (workspace_id = (select nullif(current_setting(''app.workspace'', true), '''')::uuid))',
            tenant);
    end loop;
end $$;
