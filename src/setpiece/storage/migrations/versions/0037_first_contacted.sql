-- An account is judged by who was contacted there first. A person is called after the first name that they were known by; null where only
-- the company is known, and in what was kept before: there everybody counts, as then.
alter table program_unit_names add column person uuid;
alter table program_outcomes add column person uuid;
alter table program_units add column person uuid;
create index program_outcomes_touches on program_outcomes (program_id, epoch, key)
    where first_touch_at is not null and person is not null;
