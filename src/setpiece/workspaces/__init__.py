"""Workspaces: tenants, their members, keys and roles.

A request enters through `authentication.py`, which turns a presented key into a `Principal`. Keys and
workspaces are managed by `directory.py`, with the database owner's rights. Imports storage and the kernel.
"""
