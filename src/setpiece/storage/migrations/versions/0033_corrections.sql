-- What was reported can be corrected. Nothing is overwritten: a correction is an outcome of its own that names the one it puts right.
alter table program_outcomes add column corrects text, add column corrected_by text;
alter table program_epochs add column retracted integer not null default 0; -- successes that were taken back after their unit was counted
