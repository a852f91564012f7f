-- Counted units and their successes by the variant of the message that they got.
alter table program_epochs add column variants jsonb not null default '{}';
