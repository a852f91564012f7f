"""Workspaces: tenants, their members, keys and roles.

A request enters through `authentication.py`, which turns a presented key into a `Principal`. Keys and
workspaces are managed by `directory.py`, with the database owner's rights; `audit.py` is the log of readings and deletions. Imports storage and the kernel.
"""
