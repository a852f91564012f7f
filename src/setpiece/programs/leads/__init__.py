"""The people a program turns to: where they came from, who of them is drawn, and how they are forgotten.

What lives here: `people` and `columns` (from a row of any table to a person), `tables` (CSV and JSON files, read as they stand),
`importing` (a file becomes leads), `drawing` (a seeded sample of them), `accounts` (which company somebody belongs to), `service`.
Imports the specs of programs, agents, workspaces, storage, providers and the kernel.
"""
