"""Jobs: work that outlives the request that asked for it, durable and done once.

A job is a row of the table `jobs`, written in the transaction of the request; the row puts itself into procrastinate's
queue on the same database. A request enters at `queue.py`. A worker process enters at `worker.py`, where a job's kind
leads to the handler that bootstrap registered for it. Imports workspaces, storage and the kernel; only `worker.py`
imports procrastinate, so that the API does not pay for it.

    model       a job, its states, and what a handler promises
    queue       enqueue, look up, and how a handler says that it is done
    repository  the table of jobs
    credits     the balance, the journal
    feedback    what people say of a report or matching, and what they get back for it
    work        the rows of a job's workspace, for its handler
    attempt     one attempt: begin, call the handler, note how it ended
    under_way   the attempts of this process, stopped when somebody cancels their job
    events      what happened to a job, numbered
    chores      old events are cleared away
    rescue      jobs whose worker died are given back, a bounded number of times
    worker      the process: fetch, heartbeat, rescue, stop
"""
