"""What comes back: mails are told apart, and what other tools report becomes outcomes of the run that the person belongs to.

model, classify    a mail, and what it is taken for; pure. `machines` judges what no person wrote, `own_words` finds what one did
raw_mail           a mail as it travels becomes one that can be judged
languages/         the words of five languages
evaluation         precision and recall on labelled mails
reports            what another tool reports; pure
receiving          a report becomes outcomes and suppressions; `run_finding_repository` finds the run
unsubscribe_links  the address in a mail that takes its reader off the list; `unsubscribing` does it
"""
