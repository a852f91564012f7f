"""The reports surface: `/v1/files` and what follows from recordings, as the clients of that contract know it.

Errors have the one shape `{"error": {"code", "message", "details"?}}` (`api/errors.py`), and requests keep the id that the
client gave them. `surface.py` lists the operations.
"""
