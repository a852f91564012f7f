"""Events: what happened here, told to others.

A request enters at `service.py` (endpoints, the log of deliveries) or `secrets.py` (what a workspace's webhooks are signed with). Events
are written by triggers of the database, with what they tell; a worker sends them in `pump.py`. A job enters at
`callbacks.py`, which tells a URL how an agent's run ended. Imports jobs, workspaces, providers, storage and the kernel.

    model                an event, an endpoint, a delivery; pure
    headers              what a caller may have sent along; pure
    retry                when a delivery is tried again; pure
    schemas              what requests say about webhooks
    secrets              the signing secret of a workspace
    service              endpoints, the log, sending again
    endpoint_repository  the table of endpoints
    delivery_repository  the tables of events and deliveries
    delivering           one attempt to deliver an event
    pump                 what is due, a bounded number at a time
    tasks                the clock of the log
    callbacks            the job that reports the end of an agent's run
    watching             one listening connection for all who watch jobs in this process
    following            a job as it happens: a snapshot, changes, signs of life, the end
"""
