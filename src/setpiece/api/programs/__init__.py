"""The programs surface: executable playbooks over `/v1/playbooks` and `/api/v1/playbooks`, as the clients of that API know them.

What a client sends is forgiven much (`programs/spec`); with the header `Prefer: handling=strict` it is answered with errors instead.
Errors have the one shape `{"error": {"code", "message", "details"?}}` (`api/errors.py`). `surface.py` lists the operations.
"""
