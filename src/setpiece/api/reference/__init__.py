"""The page that shows the OpenAPI document to a reader: what stands on it, its template, style and script.

`outline.py` turns the document into what the template shows, with `schemas.py` for the tables of fields,
`examples.py` for what an answer looks like and `curl.py` for what to type. Knows the document only, never the
operations behind it, so that whatever a surface documents is on the page.
"""
