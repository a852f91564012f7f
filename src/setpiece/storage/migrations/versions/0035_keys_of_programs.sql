-- A program that is deleted for good takes along what refers to it: without these, each of them reads whole tables.
create index program_runs_by_program on program_runs (program_id);
create index program_lead_lists_by_program on program_lead_lists (program_id);
create index program_draws_by_program on program_draws (program_id);
create index program_executions_by_program on program_executions (program_id);
create index program_messages_by_program on program_messages (program_id);
create index program_dispatches_by_run on program_dispatches (run_id);
create index program_switches_by_program on program_switches (program_id) where program_id is not null;

grant select on program_forgotten to setpiece_app;
