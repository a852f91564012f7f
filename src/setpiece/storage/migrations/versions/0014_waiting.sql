-- A recording ends its processing in several places (heard, failed, given up, deleted); whoever waits for it is queued in each.
create function release_waiting() returns trigger language plpgsql as $$
begin
    update public.jobs set waits_on = null where workspace_id = new.workspace_id and waits_on = new.id;
    return null;
end $$;
create trigger release_waiting after update of processing_status, deleted_at on recordings for each row
    when (new.deleted_at is not null or new.processing_status in ('COMPLETED', 'FAILED'))
    execute function release_waiting();
