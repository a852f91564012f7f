-- Who follows a program that is deleted is told, as of any other change.
create function announce_program_deletion() returns trigger language plpgsql as $$
begin
    perform pg_notify('program_changes', format('%s %s', new.workspace_id, new.id));
    return null;
end $$;
create trigger announce after update of deleted_at on programs for each row execute function announce_program_deletion();
