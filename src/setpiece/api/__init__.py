"""The HTTP front doors: parse, authorise, one call, answer.

`app.py` builds the application from `Services`; `operation.py` is the road every request takes; `gtm/` is
the surface `/api/v2`. Imports every lower room; the console and the command line never import it.
"""
