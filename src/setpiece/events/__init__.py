"""Events: what happened here, told to others.

A request enters at `secrets.py` (what a workspace's webhooks are signed with); a job enters at `callbacks.py` (telling a URL how
another job ended). Imports jobs, workspaces, providers, storage and the kernel.

    secrets    the signing secret of a workspace
    retry      when a delivery is tried again; pure
    callbacks  the job that reports another one's end
"""
