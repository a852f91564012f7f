"""The library: what a team sells and to whom, one file per kind, and the playbooks made from it.

`catalog.py` lists the kinds; routes, schemas, import and export derive from it. A request enters through
`service.py` (any kind) or `playbooks/` (the angle for selling one offering). Imports workspaces, storage
and the kernel.
"""
