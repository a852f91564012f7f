"""Keeps large contents, such as recordings, outside the database: the port, its fake, and object stores.

What lives here: `store` (the port), `memory` (the fake), `object_store` (a local folder, S3, GCS or Azure through obstore)
and `address` (from a URL to a store). Imports only the kernel.
"""
