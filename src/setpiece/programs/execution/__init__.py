"""Execution: Setpiece does the work of a run, from the draw to what goes out.

A request enters at `service` (begin, pause, read), `approval`, `exporting` or `switches`; a job at `tasks`. What is claimed before what,
and what a killed worker leaves, is decision 20.

    model                an executed run, its messages, what may hold them; pure
    schemas              what a request says about them
    plans                a plan from a spec's `xDelivery` and a run's own words
    repository           runs, kill switches, when somebody looks again
    message_repository   a row for each lead of a run
    dispatch_repository  a row for each message and step that went out, or may have
    shift                one attempt at a run: its transactions hold the run's row
    preparing            draw, qualify, match, write
    sending              claim, look once more (`last_look`), send a mail (`mails`), note the touch (`touching`)
    handing              one message as a webhook event
    exporting            approved messages as a file
    approval             what a person says of messages
    service              begin, pause, resume, stop, read
    switches             kill switches
    ending               a run ends: when nothing is left, or before that
    strays               what an agent kept of somebody who was erased meanwhile
    tasks                the job, and the chores; `waking` queues the job
"""
