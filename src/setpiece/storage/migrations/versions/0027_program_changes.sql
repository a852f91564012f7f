-- The evidence is kept beside the tally that it follows from, so that a list of a thousand decisions computes none.
alter table program_epochs add column log_evidence double precision, add column log_evidence_above double precision;

-- Whoever follows a program is told that it changed, and looks for himself.
create function announce_program_change() returns trigger language plpgsql as $$
begin
    perform pg_notify('program_changes', format('%s %s', new.workspace_id, new.program_id));
    return null;
end $$;
create trigger announce after insert on program_versions for each row execute function announce_program_change();
create trigger announce after insert on program_pivots for each row execute function announce_program_change();
create trigger announce after insert or update on program_runs for each row execute function announce_program_change();
create trigger announce after insert or update on program_epochs for each row execute function announce_program_change();
