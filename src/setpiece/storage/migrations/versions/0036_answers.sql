-- Who has answered is asked for an account, whichever run of the epoch the answer is laid to; and most outcomes are touches.
drop index program_outcomes_of_unit;
create index program_outcomes_answers on program_outcomes (program_id, epoch, key) where kind <> 'touched';
