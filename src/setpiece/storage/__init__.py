"""Storage: PostgreSQL, its schema, and the binding of every query to one workspace.

`embedded/` supervises the server that runs inside the data folder, `migrations/` holds the schema,
`database.py` gives out connections that are bound to a workspace. Imports only the kernel.
"""
