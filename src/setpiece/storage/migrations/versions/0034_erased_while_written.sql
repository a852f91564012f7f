-- A person may be erased in the moment in which an agent writes to them. What the agent keeps after that is taken away within minutes:
-- here stand the requests to look for, each for a day. No key to the workspace: rows come while one is being deleted, too.
create table program_forgotten (
    workspace_id uuid not null,
    request_id text not null,
    at timestamptz not null default now(),
    primary key (workspace_id, request_id)
);
alter table program_forgotten enable row level security; -- not forced: the owner reads it across workspaces
create policy own_workspace on program_forgotten
    using (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid))
    with check (workspace_id = (select nullif(current_setting('app.workspace', true), '')::uuid));

create or replace function forget_message() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
    delete from runs where workspace_id = old.workspace_id and request_id in (old.request_id, old.request_id || '-fit');
    delete from webhook_events e using program_dispatches d
    where d.message_id = old.id and e.workspace_id = old.workspace_id and e.id = d.event_id;
    if old.state = 'drawn' then -- an agent may be writing to them
        insert into program_forgotten (workspace_id, request_id) values (old.workspace_id, old.request_id) on conflict do nothing;
    end if;
    return old;
end $$;

create function forget_strays() returns void language sql security definer set search_path = public, pg_temp as $$
    delete from runs r using program_forgotten f
    where f.workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and r.workspace_id = f.workspace_id
      and r.request_id = any (array[f.request_id, f.request_id || '-fit']);
    delete from program_forgotten
    where workspace_id = nullif(current_setting('app.workspace', true), '')::uuid and at < now() - interval '1 day';
$$;
revoke execute on function forget_strays() from public;
grant execute on function forget_strays() to setpiece_app;
