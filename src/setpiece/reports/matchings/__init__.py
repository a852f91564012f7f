"""Matching: how several people take part in calls, compared. A request enters at `service`, a job at `tasks`.

schemas     what clients ask
model       what is kept
compare     from calls to the document: measures and quotations, nothing else; pure
portrait    what is measured of one person over several calls; pure
resolve     who is meant by each subject
repository  SQL
service     ask for one, read one
tasks       the job
"""
