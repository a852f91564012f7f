-- SHA-256 of the prompt for the run's agent as it was when the run began. Runs from before have none, and so have those that Setpiece executes.
alter table program_runs add column prompt_hash text;
