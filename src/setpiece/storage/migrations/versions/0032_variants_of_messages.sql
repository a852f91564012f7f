-- After a pivot several variants share the leads: which one a lead got, and what its messages are told to be like.
alter table program_messages add column variant text, add column told text;
