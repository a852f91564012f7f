"""Reports: what was said on a recorded call becomes a document on how to sell to one of its speakers.

Imports media, library, events, jobs, workspaces, providers, storage and the kernel; room `matching` and the agents are unknown here.

    schemas         what a request for a report says
    service         reports are asked for and read
    tasks           the job that writes one
    offering      what the library says to the buyer of the offering that a call is about
    report          a report and what it was asked as; pure
    repository      the table of reports
    model           a call as everything here sees it; pure
    calls           a call from what is kept of its recording
    targets/        choosing the speaker
    moments/        what on a call is evidence of something
    writing/        from moments to the document, its Markdown and its evidence
    matchings/      how several people take part in calls, compared
    psychometrics/  a few numbers on how somebody speaks
"""
